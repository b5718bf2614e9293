import { OpsxError } from '../../errors.ts'
import type { Workspace } from '../../ports/workspace.ts'
import { type FigureLock, LOCK_FILE } from './lock.ts'
import { type ParsedLock, parseLock } from './parse-lock.ts'

/** Reads the lock of a repository. It is empty when there is no file. */
export function readLock(workspace: Pick<Workspace, 'read'>): ParsedLock {
  const text = workspace.read(LOCK_FILE)
  return text === undefined ? { lock: new Map(), problems: [] } : parseLock(text)
}

/**
 * Reads the lock for a caller that writes it back. Throws FIGURES_LOCK_UNREADABLE for any problem, because writing would
 * lose what cannot be read.
 */
export function readWholeLock(workspace: Pick<Workspace, 'read'>): FigureLock {
  const { lock, problems } = readLock(workspace)
  const [problem] = problems
  if (problem === undefined) return lock
  throw new OpsxError(
    'FIGURES_LOCK_UNREADABLE',
    `${LOCK_FILE}:${problem.line} cannot be read: ${problem.reason}.`,
    {
      hint: problem.conflict
        ? 'Run opsx figures resolve, then opsx figures measure.'
        : 'Restore the file from git, or delete it and run opsx figures measure.',
    },
  )
}
