import { changeDirectories } from '../change/change-directories.ts'
import { filesOf } from '../change/files-of.ts'

import { segmentsOf, viewsOf } from '../markdown/conflict-segments.ts'
import type { Git } from '../ports/git.ts'
import type { Workspace } from '../ports/workspace.ts'
import { mergeBaseLock } from '../specs/merge-base-lock.ts'
import { BASE_LOCK } from '../specs/read-specs.ts'

import { readMergeVersions } from './read-merge-versions.ts'
import { type IndexVersions, repairProposal } from './repair-proposal.ts'

/** A file with conflict markers, and what it has to be. */
export interface Repair {
  file: string
  /** Null for a file that cannot be fixed. */
  text: string | null
  /** Keys that are left to a person, between markers. */
  conflicts: string[]
  /** True when markers are left in the text behind the frontmatter. */
  body: boolean
  /** Figures that were taken from one side and have to be measured again. */
  stale: string[]
}

export interface RepairPorts {
  workspace: Workspace
  git: Git
}

/** How the lock file of the figures is repaired; figures are a layer above the ledger. */
export interface LockRepair {
  file: string
  isBroken(text: string): boolean
  repair(text: string, versions: IndexVersions | null): Pick<Repair, 'text' | 'stale'>
}

const MARKED = /^<{7}(?: |\r?$)/m

/**
 * Writes frontmatter and lock files so that they have the entries of both sides of a merge. Files without markers are
 * left out; `written` is false for a file that did not change.
 */
export function repairConflicts(ports: RepairPorts, figures: LockRepair): (Repair & { written: boolean })[] {
  const { workspace } = ports
  return planRepairs(ports, figures).map(repair => {
    const before = workspace.read(repair.file)
    const written = repair.text !== null && repair.text !== before
    if (written) workspace.write(repair.file, repair.text ?? '', before)
    return { ...repair, written }
  })
}

function planRepairs({ workspace, git }: RepairPorts, figures: LockRepair): Repair[] {
  const proposalsAndLocks = candidates(workspace).flatMap(file => {
    const text = workspace.read(file)
    return text !== undefined && MARKED.test(text) ? (repairOf(git, file, text) ?? []) : []
  })
  const text = workspace.read(figures.file)
  if (text === undefined || !figures.isBroken(text)) return proposalsAndLocks
  const repaired = figures.repair(text, readMergeVersions(git, figures.file))
  return [...proposalsAndLocks, { file: figures.file, conflicts: [], body: false, ...repaired }]
}

function candidates(workspace: Workspace): string[] {
  const directories = changeDirectories(workspace, { archived: 'all' })
  const own = directories.flatMap(({ path }) => [
    `${path}/proposal.md`,
    ...filesOf(workspace, `${path}/specs`)
      .filter(file => file === BASE_LOCK || file.endsWith(`/${BASE_LOCK}`))
      .map(file => `${path}/specs/${file}`),
  ])
  return [...new Set(own)]
}

function repairOf(git: Git, file: string, text: string): Repair | null {
  if (file.endsWith(BASE_LOCK)) return repairBaseLock(git, file, text)
  const repaired = repairProposal(text, readMergeVersions(git, file), (versions, labels) =>
    git.mergeTexts({ ...versions, labels }),
  )
  if (repaired === null) return null
  const conflicts = repaired?.conflicts ?? []
  const left = segmentsOf(repaired?.text ?? '').filter(({ kind }) => kind === 'conflict')
  return { file, text: repaired?.text ?? null, conflicts, body: left.length > conflicts.length, stale: [] }
}

function repairBaseLock(git: Git, file: string, text: string): Repair {
  const views = viewsOf(segmentsOf(text))
  const known = readMergeVersions(git, file)
  const merged = mergeBaseLock(
    known ? { ...known, base: known.base ?? '' } : { ...views, base: views.base ?? '' },
  )
  return { file, text: merged, conflicts: [], body: false, stale: [] }
}
