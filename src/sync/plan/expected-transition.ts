import { type Phase, rankOf } from '../../change/states.ts'
import type { TrackedChange } from '../../ledger/ledger.ts'
import { isCounted } from '../../ledger/rounds.ts'
import { recordedPhaseOf } from '../recorded.ts'
import { rejectedBy } from './plan-requeue.ts'
import { transitionOf } from './sync-plan.ts'

/** The one catch-up from the state of record to a phase, as the ledger writes it; null when nothing is due. */
export function expectedTransition(change: TrackedChange, target: Phase): string | null {
  if (change.twin || (change.archived && change.ledger.entries.length === 0)) return null
  const recorded = recordedPhaseOf(change)
  if (target === 'Backlog') return null
  if (recorded === 'unknown') return transitionOf(change.ledger.lastSyncedState ?? '', target)
  if (recorded && rankOf(recorded) >= rankOf(target)) return null
  return transitionOf(recorded ?? 'Backlog', target)
}

/**
 * Back from review, or review not reached, for evidence that no entry names yet; `escalate` when the rounds are used up;
 * null when nothing is due.
 */
export function expectedRequeue(change: TrackedChange, maximum: number): string | null {
  const { archived, verifyReport, ledger } = change
  if (archived || !verifyReport.digest || !rejectedBy({ change }) || isCounted(ledger, verifyReport.digest))
    return null
  if ((ledger.reviewRound ?? 0) >= (ledger.maxReviewRounds ?? maximum)) return 'escalate'
  const left = recordedPhaseOf(change) === 'In Review'
  return left ? transitionOf('In Review', 'In Progress') : transitionOf('In Progress', 'In Review')
}
