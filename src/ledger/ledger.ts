import type { Change } from '../change/change.ts'
import type { Phase } from '../change/states.ts'

/** One line of the attempt log, as read. Unknown keys stay in the file; they are not needed here. */
export interface LedgerEntry {
  /** As written; null when missing. */
  at: string | null
  /** As written, e.g. `Todo->In Progress` or `archive->mirror`. */
  transition: string
  /** Both set when `transition` is `A->B` (or `A→B`) between known states. */
  from: Phase | null
  to: Phase | null
  /** `posted`, `dropped`, `failed`, or any other word met. */
  outcome: string
  note: string | null
  evidence: string | null
}

/** The D10 ledger of one change. Keys are null when absent. */
export interface Ledger {
  /** Oldest first, whatever the file's order is. */
  entries: LedgerEntry[]
  /** Order of the list in the file. */
  newestFirst: boolean
  lastSyncedState: string | null
  lastSyncedAt: string | null
  /** `linear_story_state`: a snapshot of bind time unless lastSyncedState agrees. */
  storyState: string | null
  reviewRound: number | null
  maxReviewRounds: number | null
  descriptionDigest: string | null
}

/** A change with its ledger and the phase that follows from both. */
export interface TrackedChange extends Change {
  ledger: Ledger
  phase: Phase
}
