import { OpsxError } from '../../errors.ts'
import type { Workspace } from '../../ports/workspace.ts'
import { type FigureLock, LOCK_FILE } from './lock.ts'
import { type ParsedLock, parseLock } from './parse-lock.ts'

/** The lock of a repository; empty when there is no file. Throws what the workspace throws. */
export function readLock(workspace: Pick<Workspace, 'read'>): ParsedLock {
  const text = workspace.read(LOCK_FILE)
  return text === undefined ? { lock: new Map(), problems: [] } : parseLock(text)
}

/** The same for a caller that writes it back, so that nothing unreadable is lost: FIGURES_LOCK_UNREADABLE names the first problem. */
export function readWholeLock(workspace: Pick<Workspace, 'read'>): FigureLock {
  const { lock, problems } = readLock(workspace)
  const [problem] = problems
  if (problem === undefined) return lock
  const place = problem.line === null ? LOCK_FILE : `${LOCK_FILE}:${problem.line}`
  throw new OpsxError('FIGURES_LOCK_UNREADABLE', `${place} cannot be read: ${problem.reason}.`, {
    hint: problem.conflict
      ? 'Settle it with opsx figures resolve, then measure again.'
      : 'Restore the file from git, or remove it and measure again.',
  })
}
