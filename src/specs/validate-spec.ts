import { type Finding, findingsIn } from '../findings/finding.ts'
import { normalName } from './near-miss.ts'
import type { Misreading } from './openspec-view.ts'
import type { Spec } from './parse-spec.ts'

const MINIMUM_PURPOSE = 50
const PLACEHOLDER = /^(?:TBD|TODO)(?![\p{L}\p{N}\p{M}_])/u
const QUIET_PLACEHOLDER =
  /^(?:TBD|TODO)(?![\p{L}\p{N}\p{M}_])(?=[ \t]*(?:$|\n|[:\-\u2013\u2014.,;()[\]{}]))/iu

/** Findings about one main spec. `file` relative to the root. */
export function validateSpec(spec: Spec, file: string): Finding[] {
  const { section, requirements } = spec
  const at = findingsIn(file)
  const found = [
    ...misreadingFindings(spec, file),
    ...purposeFindings(spec.purpose, file),
    ...spec.deltaHeaders.map(({ name, line }) => at(line, 'spec/delta-header', 'critical', { header: name })),
    ...spec.strays.map(({ name, line }) => at(line, 'spec/stray-heading', 'critical', { heading: name })),
    ...spec.oddHeaders.map(({ name, line }) =>
      at(line, 'spec/odd-header', 'critical', { requirement: name }),
    ),
    ...duplicatesIn(requirements).map(({ requirement: { name, line }, first }) =>
      at(line, 'spec/duplicate', 'critical', { requirement: name, first }),
    ),
  ]
  if (!section) return byLine([...found, at(1, 'spec/no-requirements', 'critical', {})])
  if (requirements.length === 0) found.push(at(section.line, 'spec/empty-requirements', 'critical', {}))
  for (const { name: requirement, line } of spec.outside) {
    found.push(at(line, 'spec/outside-requirements', 'critical', { requirement }))
  }
  for (const { name: requirement, line, text, scenarios } of requirements) {
    if (text === '') found.push(at(line, 'spec/no-text', 'critical', { requirement }))
    else if (!hasKeyword(text)) found.push(at(line, 'spec/no-keyword', 'warning', { requirement }))
    if (scenarios.every(each => each.empty || each.foreign)) {
      found.push(at(line, 'spec/no-scenario', 'critical', { requirement }))
    }
  }
  return byLine(found)
}

export function byLine(found: readonly Finding[]): Finding[] {
  return [...found].sort((one, other) => (one.line ?? 0) - (other.line ?? 0))
}

function purposeFindings(purpose: Spec['purpose'], file: string): Finding[] {
  const at = findingsIn(file)
  if (!purpose?.text) return [at(purpose?.line ?? 1, 'spec/no-purpose', 'critical', {})]
  const { text, bodyLine } = purpose
  if (PLACEHOLDER.test(text) || QUIET_PLACEHOLDER.test(text) || isGenerated(text)) {
    return [at(bodyLine, 'spec/placeholder-purpose', 'warning', {})]
  }
  if (text.length >= MINIMUM_PURPOSE) return []
  return [at(bodyLine, 'spec/brief-purpose', 'warning', { length: text.length })]
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

/** Entries with the same name as an earlier one, and the line of the first. Ignores Unicode forms. */
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
  const at = findingsIn(file)
  return [
    ...misreadings.map(({ kind, line }) =>
      at(line, kind === 'fence' ? 'spec/misread-fence' : 'spec/misread-comment', 'warning', {}),
    ),
    ...(unclosedFence === null ? [] : [at(unclosedFence, 'spec/unclosed-fence', 'warning', {})]),
  ]
}
