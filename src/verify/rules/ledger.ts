import { type Finding, finding } from '../../findings/finding.ts'
import type { TrackedChange } from '../../ledger/ledger.ts'
import { lintLedger } from '../../ledger/lint.ts'
import { recordedSyncState } from '../../ledger/sync-state.ts'
import type { VerifyFacts } from '../facts.ts'

/** Checks the ledger, and whether Linear, archive and documents are behind the files. Not part of the decision. */
export function ledgerRule(facts: VerifyFacts): Finding[] {
  return [
    ...lintLedger(facts.change, facts.maximum),
    ...behind(facts),
    ...archiveDebt(facts),
    ...mirrorDebt(facts),
  ]
}

function behind({ change }: VerifyFacts): Finding[] {
  const { state, relation } = recordedSyncState(change)
  if (relation !== 'behind' || !state) return []
  const args = { recorded: state, phase: change.phase }
  return [
    finding(change.archived ? 'ledger/archived-not-done' : 'ledger/behind', 'info', args, placeOf(change)),
  ]
}

/** A change with a PASS that is not archived; a warning once the report is on the default branch. */
function archiveDebt({ change, landed }: VerifyFacts): Finding[] {
  if (change.archived || change.phase !== 'In Review') return []
  return [finding('ledger/archive-debt', landed ? 'warning' : 'info', {}, placeOf(change))]
}

/** An archived change whose project documents were not published. The issue is Done all the same. */
function mirrorDebt({ change }: VerifyFacts): Finding[] {
  if (!change.archived) return []
  const last = change.ledger.entries.findLast(({ transition }) => transition === 'archive->mirror')
  if (last?.outcome !== 'failed') return []
  return [finding('mirror/behind', 'info', { outcome: last.outcome }, placeOf(change))]
}

/** The proposal, where the ledger is. */
function placeOf({ name, proposal }: TrackedChange): { change: string; file?: string } {
  return proposal ? { change: name, file: proposal.path } : { change: name }
}
