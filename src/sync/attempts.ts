import type { Ledger } from '../ledger/ledger.ts'

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
