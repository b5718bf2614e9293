import { changeDirectories } from '../change/change-directories.ts'
import { changeReader } from '../change/read-changes.ts'
import { trackChange } from '../ledger/track-change.ts'
import type { Workspace } from '../ports/workspace.ts'
import { fingerprintOf } from '../specs/base-fingerprints.ts'
import { normalName } from '../specs/near-miss.ts'
import type { Delta } from '../specs/parse-delta.ts'
import type { Requirement } from '../specs/parse-requirements.ts'
import { type DeltaFile, type MainSpecs, readDeltas, readMainSpecs } from '../specs/read-specs.ts'

/** An archived change with its deltas. */
export interface ArchivedDeltas {
  /** Name of its directory in the archive. */
  archive: string
  deltas: readonly DeltaFile[]
}

/** A main spec compared with the fold of all archived changes. */
export interface CapabilityAudit {
  capability: string
  /** `unknown`: the spec is older than the archive, and has everything that the archive added. */
  state: 'equal' | 'differs' | 'unknown'
  /** The first archived change after which the spec is not the fold; null unless it differs. */
  since: string | null
  /** Names of the requirements that differ, in order of the changes. */
  requirements: string[]
}

/** One requirement by the archive: its fingerprint, null when it exists with unknown text, or that it was removed. */
interface Expected {
  name: string
  print: string | null
  gone: boolean
  /** Index of the last change that touched it. */
  by: number
}

interface Fold {
  expected: Map<string, Expected>
  /** Index of the change that begins the capability by adding alone; null when its base is older than the archive. */
  begins: number | null
}

/**
 * Folds the archive requirement by requirement, oldest change first, and compares each capability with its main spec.
 * Line ends, spacing, order and the Purpose make no difference: people may edit those outside of changes.
 */
export function auditArchive(changes: readonly ArchivedDeltas[], main: MainSpecs): CapabilityAudit[] {
  const folds = new Map<string, Fold>()
  changes.forEach(({ deltas }, by) => {
    for (const { capability, delta } of deltas) {
      const { modified, removed, renamed } = delta
      const adds = modified.length + removed.length + renamed.length === 0
      const fold = folds.get(capability) ?? { expected: new Map(), begins: adds ? by : null }
      folds.set(capability, fold)
      foldRequirements(fold.expected, delta, by)
    }
  })
  return [...folds]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([capability, fold]) => auditOf(capability, fold, { main, changes }))
}

function foldRequirements(expected: Map<string, Expected>, delta: Delta, by: number): void {
  const say = (name: string, print: string | null, gone = false) =>
    expected.set(normalName(name), { name, print, gone, by })
  for (const { from, to } of delta.renamed) {
    const print = expected.get(normalName(from))?.print ?? null
    say(from, null, true)
    say(to, print)
  }
  for (const { name } of delta.removed) say(name, null, true)
  for (const block of [...delta.modified, ...delta.added]) say(block.name, printOf(delta.text, block))
}

function printOf(text: string, block: Requirement): string {
  const { statement, scenarios } = fingerprintOf(text, block)
  return JSON.stringify([statement, [...scenarios].sort()])
}

function auditOf(
  capability: string,
  { expected, begins }: Fold,
  { main, changes }: { main: MainSpecs; changes: readonly ArchivedDeltas[] },
): CapabilityAudit {
  const spec = main.get(capability)?.spec
  const there = new Map(
    (spec?.requirements ?? []).map(block => [normalName(block.name), printOf(spec?.text ?? '', block)]),
  )
  const found: { name: string; by: number }[] = []
  for (const [key, { name, print, gone, by }] of expected) {
    const now = there.get(key)
    if (gone ? now !== undefined : now === undefined || (print !== null && now !== print)) {
      found.push({ name, by })
    }
  }
  const foreign = (spec?.requirements ?? []).filter(({ name }) => !expected.has(normalName(name)))
  if (begins !== null) found.push(...foreign.map(({ name }) => ({ name, by: begins })))
  found.sort((one, other) => one.by - other.by)
  const [first] = found
  const requirements = found.map(({ name }) => name)
  if (first) {
    const since = changes[first.by]?.archive ?? null
    return { capability, state: 'differs', since, requirements }
  }
  const state = begins === null ? 'unknown' : 'equal'
  return { capability, state, since: null, requirements }
}

/** Every archived change, oldest first: by date of the directory, then by the time of Done in the ledger, then by name. */
export function readArchivedDeltas(workspace: Workspace): ArchivedDeltas[] {
  const read = changeReader(workspace)
  return changeDirectories(workspace, { archived: 'all' })
    .filter(({ archived }) => archived)
    .map(directory => {
      const { entries } = trackChange(read(directory)).ledger
      const archive = directory.path.split('/').at(-1) ?? directory.path
      const done = entries.findLast(({ to, outcome }) => to === 'Done' && outcome === 'posted')?.at ?? ''
      const date = /^\d{4}-\d{2}-\d{2}/.exec(archive)?.[0] ?? ''
      return { archive, key: `${date} ${done} ${archive}`, path: directory.path }
    })
    .sort((one, other) => (one.key < other.key ? -1 : 1))
    .map(({ archive, path }) => ({ archive, deltas: readDeltas(workspace, path).deltas }))
}

/** Compares the main specs with what all archived changes add up to. */
export function runAudit(workspace: Workspace): CapabilityAudit[] {
  return auditArchive(readArchivedDeltas(workspace), readMainSpecs(workspace))
}
