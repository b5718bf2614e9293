import { type Finding, findingsIn } from '../findings/finding.ts'
import { foldName, normalName } from './near-miss.ts'
import type { Delta } from './parse-delta.ts'
import type { Operation } from './parse-operations.ts'
import type { Requirement } from './parse-requirements.ts'
import { byLine, duplicatesIn, hasKeyword, misreadingFindings } from './validate-spec.ts'

interface Entry {
  name: string
  line: number
}

/** Findings in the text of one delta, without its main spec. `file` relative to the root. */
export function validateDelta(delta: Delta, file: string): Finding[] {
  return byLine([
    ...misreadingFindings(delta, file),
    ...shapeFindings(delta, file),
    ...blockFindings(delta.added, { section: 'ADDED', file }),
    ...blockFindings(delta.modified, { section: 'MODIFIED', file }),
    ...duplicateFindings(delta, file),
    ...conflictFindings(delta, file),
  ])
}

/** The number of ADDED, MODIFIED, REMOVED and RENAMED entries. */
export function operationCount({ added, modified, removed, renamed }: Delta): number {
  return added.length + modified.length + removed.length + renamed.length
}

function shapeFindings(delta: Delta, file: string): Finding[] {
  const at = findingsIn(file)
  return [
    ...(operationCount(delta) === 0 ? [emptyFinding(delta, file)] : []),
    ...delta.misspelt.map(({ name: header, operation: section, line }) =>
      at(line, 'delta/misspelt-section', 'critical', { header, section }),
    ),
    ...delta.orphans.map(({ name: requirement, section, line }) =>
      at(line, 'delta/outside-section', 'warning', { requirement, section: section ?? '' }),
    ),
    ...delta.strays.map(({ name: heading, section, absorbed, line }) =>
      at(line, 'delta/stray-heading', absorbed ? 'critical' : 'warning', { heading, section }),
    ),
    ...delta.oddHeaders.map(({ name: requirement, line }) =>
      at(line, 'delta/odd-header', 'critical', { requirement }),
    ),
    ...delta.loose.map(({ section, line }) => at(line, 'delta/loose-text', 'warning', { section })),
    ...delta.unpaired.map(({ name: requirement, side, line }) => {
      const missing = side === 'FROM' ? 'TO' : 'FROM'
      return at(line, 'delta/unpaired-rename', 'critical', { requirement, side, missing })
    }),
  ]
}

function emptyFinding({ sections }: Delta, file: string): Finding {
  const at = findingsIn(file)
  const [first] = sections
  if (!first) return at(1, 'delta/no-sections', 'critical', {})
  const titles = [...new Set(sections.map(each => each.title))].join(', ')
  return at(first.line, 'delta/no-entries', 'critical', { sections: titles })
}

function blockFindings(
  blocks: readonly Requirement[],
  { section, file }: { section: Operation; file: string },
): Finding[] {
  const at = findingsIn(file)
  return blocks.flatMap(({ name: requirement, line, text, scenarios }) => {
    const found: Finding[] = []
    if (text === '') found.push(at(line, 'delta/no-text', 'critical', { requirement, section }))
    else if (!hasKeyword(text)) {
      found.push(at(line, 'delta/no-keyword', 'warning', { requirement, section }))
    }
    if (scenarios.every(each => each.empty)) {
      const args = { requirement, section, empty: scenarios[0]?.name ?? '' }
      found.push(at(scenarios[0]?.line ?? line, 'delta/no-scenario', 'critical', args))
    }
    return found
  })
}

/** The names of a delta, by the place where they are written. */
function entriesOf({ added, modified, removed, renamed }: Delta) {
  return {
    ADDED: added,
    MODIFIED: modified,
    REMOVED: removed,
    'RENAMED FROM': renamed.map(({ from, line }) => ({ name: from, line })),
    'RENAMED TO': renamed.map(({ to, toLine }) => ({ name: to, line: toLine })),
  }
}

function duplicateFindings(delta: Delta, file: string): Finding[] {
  const at = findingsIn(file)
  return Object.entries<readonly Entry[]>(entriesOf(delta)).flatMap(([section, entries]) =>
    duplicatesIn(entries).map(({ requirement: { name, line }, first }) =>
      at(line, 'delta/duplicate', 'critical', { requirement: name, section, first }),
    ),
  )
}

/** Places where one name may not be written twice. The finding is at the first. */
const CONFLICTS = [
  ['MODIFIED', 'REMOVED'],
  ['MODIFIED', 'ADDED'],
  ['MODIFIED', 'RENAMED FROM'],
  ['ADDED', 'REMOVED'],
  ['ADDED', 'RENAMED TO'],
  ['REMOVED', 'RENAMED FROM'],
] as const

/** One name in two sections. REMOVED and the old name of RENAMED are compared without case and spacing. */
function conflictFindings(delta: Delta, file: string): Finding[] {
  const at = findingsIn(file)
  const entries = entriesOf(delta)
  return CONFLICTS.flatMap(([one, other]) => {
    const key = one === 'REMOVED' ? foldName : normalName
    const keys = new Set(entries[other].map(({ name }) => key(name)))
    return firstOfEach(entries[one])
      .filter(({ name }) => keys.has(key(name)))
      .map(({ name, line }) => at(line, 'delta/conflict', 'critical', { requirement: name, one, other }))
  })
}

function firstOfEach(entries: readonly Entry[]): Entry[] {
  const again = new Set(duplicatesIn(entries).map(each => each.requirement))
  return entries.filter(each => !again.has(each))
}
