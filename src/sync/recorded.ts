import { type Phase, phaseNamed } from '../change/states.ts'
import type { TrackedChange } from '../ledger/ledger.ts'

/**
 * The state of record as a phase: `last_synced_state`, else the target of the last posted crossing, else null.
 * `unknown` for a name opsx cannot place: it never causes an automatic write (DIALECTS).
 */
export function recordedPhaseOf(change: TrackedChange): Phase | 'unknown' | null {
  const { ledger } = change
  if (ledger.lastSyncedState) return phaseNamed(ledger.lastSyncedState) ?? 'unknown'
  return ledger.entries.findLast(entry => entry.outcome === 'posted' && entry.to)?.to ?? null
}

/** True before the first sync of a change: nothing was ever logged or recorded (LIFECYCLE §2 rule 3). */
export function isFirstSync(change: TrackedChange): boolean {
  return change.ledger.entries.length === 0 && change.ledger.lastSyncedState === null
}
