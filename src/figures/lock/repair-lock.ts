import { OpsxError } from '../../errors.ts'
import type { LockRepair } from '../../ledger/repair-conflicts.ts'
import { formatLock } from './format-lock.ts'
import { LOCK_FILE } from './lock.ts'
import { resolveLock, sidesOf } from './resolve-lock.ts'

/** Merges both sides of a conflict in the lock file and marks figures that differ as stale. Keeps an unreadable lock. */
export const lockRepair: LockRepair = {
  file: LOCK_FILE,
  isBroken: text => sidesOf(text) !== null,
  repair(text, versions) {
    const sides = versions ? { ...versions, base: versions.base ?? undefined } : sidesOf(text)
    try {
      const resolved = sides && resolveLock(sides)
      const stale = resolved?.settled.filter(each => each.stale).map(({ figure }) => figure) ?? []
      return { text: resolved && formatLock(resolved.lock), stale }
    } catch (error) {
      if (!(error instanceof OpsxError)) throw error
      return { text: null, stale: [] }
    }
  },
}
