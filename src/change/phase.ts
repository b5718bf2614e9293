import type { Tasks, VerifyReport } from './change.ts'
import type { Phase } from './states.ts'

/** Everything the phase of a change depends on. */
export interface PhaseFacts {
  archived: boolean
  /** `Canceled` or `Duplicate` when the ledger says so and nothing reopened it since. */
  terminal: Phase | null
  /** True when a `review->reject` entry names the digest of the present verify file. */
  rejected: boolean
  verifyReport: VerifyReport
  tasks: Tasks | null
  proposalHasContent: boolean
}

/** The local phase: the first rule that applies. A report without a decision does not change the phase. */
export function phaseOf(facts: PhaseFacts): Phase {
  const { decision } = facts.verifyReport
  if (facts.archived) return 'Done'
  if (facts.terminal) return facts.terminal
  if (decision === 'fail' || facts.rejected) return 'In Progress'
  if (decision === 'pass' || decision === 'warn') return 'In Review'
  if (facts.tasks && facts.tasks.all.done > 0) return 'In Progress'
  return facts.proposalHasContent ? 'Todo' : 'Backlog'
}
