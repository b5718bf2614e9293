import { OpsxError } from '../../errors.ts'
import { readMergeVersions } from '../../ledger/read-merge-versions.ts'
import type { Git } from '../../ports/git.ts'
import type { Workspace } from '../../ports/workspace.ts'
import { formatLock } from './format-lock.ts'
import { LOCK_FILE } from './lock.ts'
import { parseLock } from './parse-lock.ts'
import { type LockSides, type ResolvedLock, resolveLock, type Side, sidesOf } from './resolve-lock.ts'

/** Writes the lock without conflict markers. Does not add it to git. Throws FIGURE_REFUSED and FIGURES_LOCK_UNREADABLE. */
export function runResolve(
  { workspace, git }: { workspace: Workspace; git: Git },
  prefer: Side | undefined,
): { settled: ResolvedLock['settled']; writes: string[] } {
  const text = workspace.read(LOCK_FILE) ?? ''
  const { lock: resolved, settled } = resolveLock(readSides(git, text), prefer)
  workspace.write(LOCK_FILE, formatLock(resolved))
  return { settled, writes: [LOCK_FILE] }
}

/** Reads both sides from git, or from the conflict markers when git has no merge in progress. */
function readSides(git: Git, text: string): LockSides {
  if (text === '' || parseLock(text).problems.length === 0) {
    throw new OpsxError('FIGURE_REFUSED', `${LOCK_FILE} has no merge conflict.`, {
      hint: 'To update the values, run opsx figures measure.',
    })
  }
  const known = readMergeVersions(git, LOCK_FILE)
  const sides = known ? { ...known, base: known.base ?? undefined } : sidesOf(text)
  if (sides) return sides
  throw new OpsxError(
    'FIGURES_LOCK_UNREADABLE',
    `${LOCK_FILE} cannot be read, and it has no merge conflict.`,
    {
      hint: 'Restore the file from git, or delete it and run opsx figures measure.',
    },
  )
}
