import type { ChangeDirectory } from '../../change/change-directories.ts'
import { filesOf } from '../../change/files-of.ts'
import { type RememberedFiles, rememberFiles } from '../../change/remember-files.ts'
import { OpsxError } from '../../errors.ts'
import type { Workspace } from '../../ports/workspace.ts'
import type { OpenChange } from '../../specs/overlap.ts'
import {
  type ChangeDeltas,
  type DeltaFile,
  type MainSpecs,
  readDeltaNames,
  readDeltas,
  readDeltasOf,
  readMainSpecs,
} from '../../specs/read-specs.ts'

type Files = Pick<Workspace, 'list' | 'read'>

/** `open` are all active changes, which overlap is looked for in. */
export interface Selection {
  open: ChangeDirectory[]
  selected: ChangeDirectory[]
}

export interface VerifyScope {
  workspace: Workspace
  main: MainSpecs
  selection: Selection
  /** Files of selected changes that were looked at already, by path of the change; whoever reads them takes them out. */
  known: Map<string, RememberedFiles>
  /** What the open changes that are not selected do to the same capabilities. */
  others: OpenChange[]
}

/** Looks into the directories of a selection, and at its rivals, which is as much as can be done while git works. */
export function openScope(workspace: Workspace, selection: Selection): VerifyScope {
  const known = new Map(selection.selected.map(({ path }) => [path, rememberFiles(workspace)]))
  // What cannot be listed is told when the change is read.
  for (const [path, files] of known) problemOf(() => filesOf(files, path))
  const rivals = selection.open.filter(({ path }) => !known.has(path))
  const capabilities = rivals.length === 0 ? [] : [...known].flatMap(([path, files]) => namesOf(files, path))
  const others = rivals.map(({ name, path }) => ({ name, deltas: deltasOf(workspace, path, capabilities) }))
  return { workspace, main: readMainSpecs(workspace), selection, known, others }
}

function namesOf(files: Files, path: string): string[] {
  const names = problemOf(() => readDeltaNames(files, path))
  return typeof names === 'string' ? [] : names
}

function deltasOf(workspace: Workspace, path: string, capabilities: readonly string[]): DeltaFile[] {
  const read = problemOf(() => readDeltasOf(workspace, path, capabilities))
  return typeof read === 'string' ? [] : read
}

/** A change that cannot be read does not stop the others. */
export function openDeltas(files: Files, path: string): { deltas: ChangeDeltas; problem: string | null } {
  const problem = problemOf(() => {
    // What a listing says of the directories in it need not be asked of each.
    files.list(path)
    return { deltas: readDeltas(files, path) }
  })
  if (typeof problem !== 'string') return { ...problem, problem: null }
  const metadata = { path, skipsSpecs: false, retires: false, problem: null }
  return { deltas: { deltas: [], misplaced: [], metadata }, problem }
}

/** The result, or the sentence that says which file cannot be read. */
export function problemOf<T extends object>(read: () => T): T | string {
  try {
    return read()
  } catch (error) {
    const code = error instanceof OpsxError ? error.code : ''
    if (error instanceof OpsxError && (code === 'FILE_UNREADABLE' || code === 'PATH_ESCAPES'))
      return error.message
    throw error
  }
}
