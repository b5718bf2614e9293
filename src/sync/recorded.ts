import { type Phase, phaseNamed } from '../change/states.ts'
import type { Ledger, LedgerEntry, TrackedChange } from '../ledger/ledger.ts'

/**
 * The last synced state as a phase: `last_synced_state`, else the target of the last posted transition, else null.
 * `unknown` for a name opsx cannot place: it never causes an automatic write.
 */
export function recordedPhaseOf(change: TrackedChange): Phase | 'unknown' | null {
  const { ledger } = change
  if (ledger.lastSyncedState) return phaseNamed(ledger.lastSyncedState) ?? 'unknown'
  return ledger.entries.findLast(entry => entry.outcome === 'posted' && entry.to)?.to ?? null
}

/** True before the first sync of a change: nothing was ever logged or recorded. */
export function isFirstSync(change: TrackedChange): boolean {
  return change.ledger.entries.length === 0 && change.ledger.lastSyncedState === null
}

export const MIRROR = 'archive->mirror'

/**
 * True when the log already has this transition as `dropped` or `failed`, since it was last posted: retries add
 * nothing until the outcome changes. Re-queue entries carry evidence and are another matter.
 */
export function isRecorded(ledger: Ledger, transition: string, outcome: 'dropped' | 'failed'): boolean {
  const attempts = ledger.entries.filter(
    entry => entry.transition.replace('→', '->') === transition && !entry.evidence,
  )
  return attempts.at(-1)?.outcome === outcome
}

/** True when the documents of an archive were refused or not reached, and not written since. */
export function isMirrorMissing(entries: readonly LedgerEntry[]): boolean {
  return entries.findLast(({ transition }) => transition === MIRROR)?.outcome === 'failed'
}
