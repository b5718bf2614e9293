import { posix } from 'node:path'
import { OpsxError } from '../errors.ts'
import type { RunLock, StateFile } from '../ports/lock.ts'
import type { Workspace } from '../ports/workspace.ts'
import { digestAt, performJournal, takeBack } from './apply-archive.ts'
import { type Journal, parseJournal, STAGE, stagedPath } from './journal.ts'

/** What became of an archive that an earlier run did not finish. */
export interface Resumed {
  change: string
  outcome: 'resumed' | 'rolled back'
}

/**
 * Finishes an archive whose process has ended, or rolls it back when its files were edited since; null when there
 * is none. The caller has the run lock. Throws LOCKED while the other process still runs, and FILE_UNREADABLE.
 */
export function resumeArchive(workspace: Workspace, lock: RunLock): Resumed | null {
  const planted = workspace.list(STAGE).some(({ name }) => name === 'journal.json')
  if (planted) {
    throw new OpsxError('FILE_UNREADABLE', `${STAGE}/journal.json is not a journal of opsx.`, {
      hint: `opsx keeps its journals in git's directory. Remove ${STAGE}, also from git when it is tracked.`,
    })
  }
  const text = lock.journal.read()
  if (text === undefined) {
    if (workspace.list(STAGE).length > 0) workspace.remove(STAGE)
    return null
  }
  const journal = parseJournal(text)
  if (!journal) {
    throw new OpsxError('FILE_UNREADABLE', `${lock.journal.path} is not the journal of an archive.`, {
      hint: 'Check openspec/ with git status and restore it, then remove that file.',
    })
  }
  const { holder, change } = journal
  if (!lock.isStale(holder)) {
    throw new OpsxError('LOCKED', `${change} is being archived by pid ${holder.pid} on ${holder.host}.`, {
      hint: 'Run again when it has ended. After one day, opsx takes over an archive of another machine.',
    })
  }
  return finish(journal, workspace, lock.journal)
}

function finish(journal: Journal, workspace: Workspace, file: StateFile): Resumed {
  const { change, writes } = journal
  const place = placeOf(journal, workspace)
  if (place === 'moved') {
    file.remove()
    workspace.remove(STAGE)
    return { change, outcome: 'resumed' }
  }
  const states = writes.map((_, index) => stateOf(journal, index, workspace))
  if (place === 'waiting' && states.every(state => state !== 'foreign')) {
    performJournal(journal, workspace, file)
    return { change, outcome: 'resumed' }
  }
  takeBack(journal, [...writes.keys()], workspace)
  file.remove()
  workspace.remove(STAGE)
  return { change, outcome: 'rolled back' }
}

/** The move is the last step: once the directory is in the archive, every write before it was done. */
function placeOf({ from, to }: Journal, workspace: Workspace): 'waiting' | 'moved' | 'unknown' {
  const exists = (path: string) =>
    workspace.list(posix.dirname(path)).some(({ name }) => name === posix.basename(path))
  if (exists(to)) return exists(from) ? 'unknown' : 'moved'
  return exists(from) ? 'waiting' : 'unknown'
}

function stateOf(journal: Journal, index: number, workspace: Workspace): 'ready' | 'done' | 'foreign' {
  const write = journal.writes[index]
  if (!write) return 'foreign'
  const now = digestAt(write.path, workspace)
  if (now === write.after) return 'done'
  if (now !== write.before) return 'foreign'
  const staged = write.after === null || digestAt(stagedPath(index, 'new'), workspace) === write.after
  return staged ? 'ready' : 'foreign'
}
