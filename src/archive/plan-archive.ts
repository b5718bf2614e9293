import { ARCHIVE } from '../change/change-directories.ts'
import type { Registry } from '../change/registry/registry.ts'
import { projectOf } from '../change/registry/resolve-team.ts'
import type { Finding } from '../findings/finding.ts'
import type { NewEntry } from '../ledger/append-ledger.ts'
import { timestampOf } from '../ledger/timestamp.ts'
import type { ChangeDeltas, MainSpecs } from '../specs/read-specs.ts'
import { mirrorTitle } from '../sync/mirror.ts'

import type { Judgment } from '../verify/verification.ts'
import { foldDeltas, type SpecFold } from './fold-deltas.ts'
import type { LiftedFigures } from './lift-cited.ts'
import { type Forcing, type Refusal, refusalsOf } from './refusals.ts'

/** Everything an archive does to the files; applying it adds nothing. */
export interface ArchivePlan {
  change: string
  /** Directories, relative to the root. */
  from: string
  to: string
  specs: SpecFold[]
  /** The repository's figures.yaml with what the deltas cite; null when nothing moves up. */
  figures: LiftedFigures | null
  /** Ledger entries of this archive alone, written into the proposal before it moves: refusals that were forced. */
  entries: NewEntry[]
  /** Titles of the project documents that will follow, once the archive is on the default branch. */
  documents: string[]
  refusals: Refusal[]
}

export interface ArchiveFacts {
  judgment: Judgment
  deltas: ChangeDeltas
  main: MainSpecs
  registry: Registry
  /** Definitions that move up, and why they cannot. */
  figures: { lifted: LiftedFigures | null; findings: Finding[] }
  /** Names of the directories that are in the archive. */
  archived: readonly string[]
}

/** Decides an archive: pure, and the same for the same facts and time. */
export function planArchive(facts: ArchiveFacts, { now, force }: { now: Date; force: Forcing }): ArchivePlan {
  const { judgment, deltas, main, figures, archived } = facts
  const { change } = judgment
  const to = archiveDirectoryOf(change.directory, now)
  const { folds, findings: lost } = foldDeltas(deltas.deltas, { change: change.name, main })
  const taken = archived.includes(to.split('/').at(-1) ?? '') ? to : null
  const refusals = refusalsOf(judgment, { lost: [...lost, ...figures.findings], taken, force })
  return {
    change: change.name,
    from: change.directory,
    to,
    specs: folds,
    figures: figures.lifted,
    entries: forcedEntries(refusals, now),
    documents: documentsOf(facts, folds),
    refusals,
  }
}

export function isRefused({ refusals }: ArchivePlan): boolean {
  return refusals.some(({ forced }) => !forced)
}

/** One entry per code, with the places, so that the ledger lists what was forced. */
function forcedEntries(refusals: readonly Refusal[], now: Date): NewEntry[] {
  const places = new Map<string, string[]>()
  for (const { finding, forced } of refusals) {
    if (!forced) continue
    const { code, file, line, change } = finding
    const inside = file?.replace(`openspec/changes/${change}/`, '') ?? ''
    const place = line === undefined ? inside : `${inside}:${line}`
    places.set(code, [...(places.get(code) ?? []), place])
  }
  const at = timestampOf(now)
  return [...places].map(([code, all]) => {
    const named = [...new Set(all.filter(place => place !== ''))]
    const more = named.length > 3 ? ` and ${named.length - 3} more` : ''
    const where = named.length === 0 ? '' : ` at ${named.slice(0, 3).join(', ')}${more}`
    return { at, transition: 'archive->force', outcome: 'posted', note: `forced ${code}${where}` }
  })
}

function documentsOf({ judgment, registry }: ArchiveFacts, folds: readonly SpecFold[]): string[] {
  const { project } = projectOf(judgment.change.binding, registry)
  if (!registry.archiveDocuments.enabled || !project) return []
  return folds.flatMap(({ capability, after }) => (after === null ? [] : [mirrorTitle(registry, capability)]))
}

/** Where a change is archived: under the UTC date, or under the date that its name begins with. */
function archiveDirectoryOf(directory: string, now: Date): string {
  const name = directory.split('/').at(-1) ?? directory
  return /^\d{4}-\d{2}-\d{2}-./.test(name)
    ? `${ARCHIVE}/${name}`
    : `${ARCHIVE}/${now.toISOString().slice(0, 10)}-${name}`
}
