import type { TrackedChange } from '../ledger/ledger.ts'

/** Where a finding about a change as a whole stands: its proposal, or the change alone. */
export function placeOf(change: TrackedChange): { change: string; file?: string } {
  return change.proposal ? { change: change.name, file: change.proposal.path } : { change: change.name }
}
