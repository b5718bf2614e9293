import {
  type Finding,
  type FindingArgs,
  type FindingCode,
  finding,
  type Severity,
} from '../findings/finding.ts'
import { normalName } from './near-miss.ts'
import type { Misreading } from './openspec-view.ts'
import type { Requirement } from './parse-requirements.ts'
import type { Spec } from './parse-spec.ts'

const MINIMUM_PURPOSE = 50
const PLACEHOLDER = /^(?:TBD|TODO)(?![\p{L}\p{N}\p{M}_])/u
const QUIET_PLACEHOLDER =
  /^(?:TBD|TODO)(?![\p{L}\p{N}\p{M}_])(?=[ \t]*(?:$|\n|[:\-\u2013\u2014.,;()[\]{}]))/iu

/** Findings about one main spec (OPENSPEC: Validation). `file` relative to the root. */
export function validateSpec(spec: Spec, file: string): Finding[] {
  const found: Finding[] = [...misreadingFindings(spec, file)]
  const report = <C extends FindingCode>(
    code: C,
    severity: Severity,
    { args, line }: { args: FindingArgs[C]; line: number },
  ) => found.push(finding(code, severity, args, { file, line, column: 1 }))

  if (!spec.purpose?.text) report('spec/no-purpose', 'critical', { args: {}, line: spec.purpose?.line ?? 1 })
  else found.push(...purposeFindings(spec.purpose, file))
  if (!spec.section) report('spec/no-requirements', 'critical', { args: {}, line: 1 })
  else if (spec.requirements.length === 0) {
    report('spec/empty-requirements', 'critical', { args: {}, line: spec.section.line })
  }
  for (const { name, line } of spec.deltaHeaders) {
    report('spec/delta-header', 'critical', { args: { header: name }, line })
  }
  for (const { name, line } of spec.section ? spec.outside : []) {
    report('spec/outside-requirements', 'critical', { args: { requirement: name }, line })
  }
  for (const { name, line } of spec.strays) {
    report('spec/stray-heading', 'critical', { args: { heading: name }, line })
  }
  for (const { name, line } of spec.oddHeaders) {
    report('spec/odd-header', 'critical', { args: { requirement: name }, line })
  }
  for (const { requirement, first } of duplicatesIn(spec.requirements)) {
    const { name, line } = requirement
    report('spec/duplicate', 'critical', { args: { requirement: name, first }, line })
  }
  for (const { name: requirement, line, text, scenarios } of spec.requirements) {
    if (text === '') report('spec/no-text', 'critical', { args: { requirement }, line })
    else if (!hasKeyword(text)) report('spec/no-keyword', 'warning', { args: { requirement }, line })
    if (scenarios.every(each => each.empty || each.foreign)) {
      report('spec/no-scenario', 'critical', { args: { requirement }, line })
    }
  }
  return found.sort((one, other) => (one.line ?? 0) - (other.line ?? 0))
}

function purposeFindings({ text, bodyLine: line }: NonNullable<Spec['purpose']>, file: string): Finding[] {
  const at = { file, line, column: 1 }
  if (PLACEHOLDER.test(text) || QUIET_PLACEHOLDER.test(text) || isGenerated(text)) {
    return [finding('spec/placeholder-purpose', 'warning', {}, at)]
  }
  return text.length < MINIMUM_PURPOSE
    ? [finding('spec/brief-purpose', 'warning', { length: text.length }, at)]
    : []
}

/** The sentence that OpenSpec's archive writes for a capability without a Purpose. */
function isGenerated(text: string): boolean {
  const start = text.indexOf('TBD - created by archiving change ')
  return start >= 0 && text.indexOf('. Update Purpose after archive.', start) >= 0
}

/** True when the statement contains the word SHALL or MUST. */
export function hasKeyword(text: string): boolean {
  return /\b(?:SHALL|MUST)\b/.test(text)
}

/** Entries with the same name as an earlier one, and the line of the first. Ignores Unicode forms (OPENSPEC: defect 8). */
export function duplicatesIn<T extends { name: string; line: number }>(
  entries: readonly T[],
): { requirement: T; first: number }[] {
  const seen = new Map<string, number>()
  return entries.flatMap(requirement => {
    const key = normalName(requirement.name)
    const first = seen.get(key)
    if (first === undefined) seen.set(key, requirement.line)
    return first === undefined ? [] : [{ requirement, first }]
  })
}

/** Findings about lines that OpenSpec misreads, and about a fence or comment that is never closed. */
export function misreadingFindings(
  { misreadings, unclosedFence }: { misreadings: Misreading[]; unclosedFence: number | null },
  file: string,
): Finding[] {
  const found: Finding[] = misreadings.map(({ kind, line }) => {
    const code = kind === 'fence' ? 'spec/misread-fence' : 'spec/misread-comment'
    return finding(code, 'warning', {}, { file, line, column: 1 })
  })
  if (unclosedFence !== null) {
    found.push(finding('spec/unclosed-fence', 'warning', {}, { file, line: unclosedFence, column: 1 }))
  }
  return found
}

/** The first requirement with this name, in any Unicode form. */
export function requirementOf<T extends Requirement>(
  requirements: readonly T[],
  name: string,
): T | undefined {
  const key = normalName(name)
  return requirements.find(each => normalName(each.name) === key)
}
