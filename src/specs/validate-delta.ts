import {
  type Finding,
  type FindingArgs,
  type FindingCode,
  finding,
  type Severity,
} from '../findings/finding.ts'
import { foldName, normalName } from './near-miss.ts'
import type { Delta } from './parse-delta.ts'
import type { Operation } from './parse-operations.ts'
import type { Requirement } from './parse-requirements.ts'
import { duplicatesIn, hasKeyword, misreadingFindings } from './validate-spec.ts'

/** Findings in the text of one delta, without its main spec (OPENSPEC: Validation). `file` relative to the root. */
export function validateDelta(delta: Delta, file: string): Finding[] {
  const found = [
    ...misreadingFindings(delta, file),
    ...shapeFindings(delta, file),
    ...blockFindings(delta.added, { section: 'ADDED', file }),
    ...blockFindings(delta.modified, { section: 'MODIFIED', file }),
    ...duplicateFindings(delta, file),
    ...conflictFindings(delta, file),
  ]
  return found.sort((one, other) => (one.line ?? 0) - (other.line ?? 0))
}

function shapeFindings(delta: Delta, file: string): Finding[] {
  const found: Finding[] = []
  const report = <C extends FindingCode>(
    code: C,
    severity: Severity,
    { args, line }: { args: FindingArgs[C]; line: number },
  ) => found.push(finding(code, severity, args, { file, line, column: 1 }))

  const entries = delta.added.length + delta.modified.length + delta.removed.length + delta.renamed.length
  const [first] = delta.sections
  if (entries === 0 && !first) report('delta/no-sections', 'critical', { args: {}, line: 1 })
  if (entries === 0 && first) {
    const sections = [...new Set(delta.sections.map(each => each.title))].join(', ')
    report('delta/no-entries', 'critical', { args: { sections }, line: first.line })
  }
  for (const { name: header, operation: section, line } of delta.misspelt) {
    report('delta/misspelt-section', 'critical', { args: { header, section }, line })
  }
  for (const { name: requirement, section, line } of delta.orphans) {
    report('delta/outside-section', 'warning', { args: { requirement, section: section ?? '' }, line })
  }
  for (const { name: heading, section, absorbed, line } of delta.strays) {
    report('delta/stray-heading', absorbed ? 'critical' : 'warning', { args: { heading, section }, line })
  }
  for (const { name: requirement, line } of delta.oddHeaders) {
    report('delta/odd-header', 'critical', { args: { requirement }, line })
  }
  for (const { section, line } of delta.loose) {
    report('delta/loose-text', 'warning', { args: { section }, line })
  }
  for (const { name: requirement, side, line } of delta.unpaired) {
    const missing = side === 'FROM' ? 'TO' : 'FROM'
    report('delta/unpaired-rename', 'critical', { args: { requirement, side, missing }, line })
  }
  return found
}

function blockFindings(
  blocks: readonly Requirement[],
  { section, file }: { section: Operation; file: string },
): Finding[] {
  return blocks.flatMap(({ name: requirement, line, text, scenarios }) => {
    const at = { file, line, column: 1 }
    const found: Finding[] = []
    if (text === '') found.push(finding('delta/no-text', 'critical', { requirement, section }, at))
    else if (!hasKeyword(text))
      found.push(finding('delta/no-keyword', 'warning', { requirement, section }, at))
    if (scenarios.every(each => each.empty)) {
      const args = { requirement, section, empty: scenarios[0]?.name ?? '' }
      found.push(finding('delta/no-scenario', 'critical', args, { ...at, line: scenarios[0]?.line ?? line }))
    }
    return found
  })
}

function duplicateFindings({ added, modified, removed, renamed }: Delta, file: string): Finding[] {
  const lists: [string, { name: string; line: number }[]][] = [
    ['ADDED', added],
    ['MODIFIED', modified],
    ['REMOVED', removed],
    ['RENAMED FROM', renamed.map(({ from, line }) => ({ name: from, line }))],
    ['RENAMED TO', renamed.map(({ to, toLine }) => ({ name: to, line: toLine }))],
  ]
  return lists.flatMap(([section, entries]) =>
    duplicatesIn(entries).map(({ requirement: { name, line }, first }) => {
      const args = { requirement: name, section, first }
      return finding('delta/duplicate', 'critical', args, { file, line, column: 1 })
    }),
  )
}

/** One name in two sections. REMOVED and the old name of RENAMED are compared without case and spacing. */
function conflictFindings({ added, modified, removed, renamed }: Delta, file: string): Finding[] {
  const found: Finding[] = []
  const conflict = (entry: { name: string; line: number }, one: string, other: string) => {
    const args = { requirement: entry.name, one, other }
    found.push(finding('delta/conflict', 'critical', args, { file, line: entry.line, column: 1 }))
  }
  const keysOf = (entries: readonly { name: string }[]) => new Set(entries.map(each => normalName(each.name)))
  const [addedKeys, removedKeys] = [keysOf(added), keysOf(removed)]
  const oldNames = new Set(renamed.map(each => normalName(each.from)))
  const newNames = new Set(renamed.map(each => normalName(each.to)))
  const oldFolds = new Set(renamed.map(each => foldName(each.from)))

  for (const entry of firstOfEach(modified)) {
    const key = normalName(entry.name)
    if (removedKeys.has(key)) conflict(entry, 'MODIFIED', 'REMOVED')
    if (addedKeys.has(key)) conflict(entry, 'MODIFIED', 'ADDED')
    if (oldNames.has(key)) conflict(entry, 'MODIFIED', 'RENAMED FROM')
  }
  for (const entry of firstOfEach(added)) {
    const key = normalName(entry.name)
    if (removedKeys.has(key)) conflict(entry, 'ADDED', 'REMOVED')
    if (newNames.has(key)) conflict(entry, 'ADDED', 'RENAMED TO')
  }
  for (const entry of firstOfEach(removed)) {
    if (oldFolds.has(foldName(entry.name))) conflict(entry, 'REMOVED', 'RENAMED FROM')
  }
  return found
}

function firstOfEach<T extends { name: string; line: number }>(entries: readonly T[]): T[] {
  const again = new Set(duplicatesIn(entries).map(each => each.requirement))
  return entries.filter(each => !again.has(each))
}
