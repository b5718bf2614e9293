import type { Ledger, LedgerEntry } from '../ledger/ledger.ts'

export const MIRROR = 'archive->mirror'

/**
 * True when the log already says that this transition was `dropped` or `failed`, since it was last posted: retries add
 * nothing until the outcome changes (LIFECYCLE §2 rule 7). Re-queue entries carry evidence and are another matter.
 */
export function isRecorded(ledger: Ledger, transition: string, outcome: 'dropped' | 'failed'): boolean {
  const attempts = ledger.entries.filter(
    entry => entry.transition.replace('→', '->') === transition && !entry.evidence,
  )
  return attempts.at(-1)?.outcome === outcome
}

/** True when the documents of an archive were refused or out of reach, and nobody has caught up since. */
export function isMirrorMissing(entries: readonly LedgerEntry[]): boolean {
  return entries.findLast(({ transition }) => transition === MIRROR)?.outcome === 'failed'
}
