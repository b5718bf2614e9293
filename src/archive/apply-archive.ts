import { posix } from 'node:path'
import { OpsxError } from '../errors.ts'
import type { RunLock, StateFile } from '../ports/lock.ts'
import type { Workspace } from '../ports/workspace.ts'
import { SPECS } from '../specs/read-specs.ts'
import {
  digestOf,
  formatJournal,
  IGNORE,
  type Journal,
  type JournalWrite,
  STAGE,
  stagedPath,
} from './journal.ts'
import type { ArchivePlan } from './plan-archive.ts'

/** A write with its new text; null takes the file away. */
export interface Writing {
  path: string
  before: string | null
  after: string | null
}

/** A plan, with the proposal that records what was forced; null when nothing was. */
export interface Archiving {
  plan: ArchivePlan
  forced: Writing | null
}

/**
 * Performs the file side of an archive. All new texts are staged first, which is where a full disk shows; then the
 * journal is written, and from there on everything is renaming. What fails on the way is taken back, so that the tree
 * is what it was; what is killed on the way is finished by `resumeArchive`. Returns the paths written.
 * Throws FILE_NOT_WRITTEN.
 */
export function applyArchive(archiving: Archiving, workspace: Workspace, lock: RunLock): string[] {
  const { plan } = archiving
  const writings = writingsOf(archiving)
  const writes = writings.map(({ path, before, after }) => ({
    path,
    before: before === null ? null : digestOf(before),
    after: after === null ? null : digestOf(after),
  }))
  const journal: Journal = { holder: lock.self(), change: plan.change, from: plan.from, to: plan.to, writes }
  try {
    stage(writings, workspace)
    lock.journal.write(formatJournal(journal))
  } catch (error) {
    discard(workspace)
    throw error
  }
  performJournal(journal, workspace, lock.journal)
  return writings.map(({ path }) =>
    path.startsWith(`${plan.from}/`) ? path.replace(plan.from, plan.to) : path,
  )
}

function writingsOf({ plan, forced }: Archiving): Writing[] {
  const folded: Writing[] = plan.specs.filter(({ action }) => action !== 'none')
  return [...folded, ...(plan.figures ? [plan.figures] : []), ...(forced ? [forced] : [])]
}

function stage(writings: readonly Writing[], workspace: Workspace): void {
  if (workspace.read(IGNORE) === undefined) workspace.write(IGNORE, '*\n')
  writings.forEach(({ after }, index) => {
    if (after !== null) workspace.write(stagedPath(index, 'new'), after)
  })
}

/** Performs the writes of a journal, from the first open one; rolls back when something fails. */
export function performJournal(journal: Journal, workspace: Workspace, file: StateFile): void {
  const done: number[] = []
  try {
    journal.writes.forEach(({ path, after }, index) => {
      if (digestAt(path, workspace) !== after) {
        const from = after === null ? null : stagedPath(index, 'new')
        workspace.replace({ from, to: path, keep: stagedPath(index, 'old') })
      }
      done.push(index)
      if (after === null) pruneSpec(path, workspace)
    })
    workspace.move(journal.from, journal.to)
  } catch (error) {
    takeBack(journal, done, workspace)
    file.remove()
    discard(workspace)
    throw error
  }
  file.remove()
  workspace.remove(STAGE)
}

/** Undoes the writes of a journal; files with another text by now are left alone. */
export function takeBack({ writes }: Journal, indexes: readonly number[], workspace: Workspace): void {
  for (const index of [...indexes].reverse()) {
    const { path, before, after } = writes[index] as JournalWrite
    const from = before === null ? null : stagedPath(index, 'old')
    if (digestAt(path, workspace) !== after || (from && digestAt(from, workspace) !== before)) continue
    workspace.replace({ from, to: path, keep: stagedPath(index, 'new') })
  }
  for (const { path, before } of writes) {
    if (before === null && digestAt(path, workspace) === null) pruneSpec(path, workspace)
  }
}

/** Directories that a spec leaves empty go with it, up to the root of all specs. */
function pruneSpec(path: string, workspace: Workspace): void {
  for (let at = posix.dirname(path); at.startsWith(`${SPECS}/`); at = posix.dirname(at)) {
    if (workspace.list(at).length > 0) return
    workspace.removeEmpty(at)
  }
}

export function digestAt(path: string, workspace: Workspace): string | null {
  const text = workspace.read(path)
  return text === undefined ? null : digestOf(text)
}

/** The preparation is worth nothing any more; that it cannot be removed must not hide why. */
function discard(workspace: Workspace): void {
  try {
    workspace.remove(STAGE)
  } catch (error) {
    if (!(error instanceof OpsxError)) throw error
  }
}
