import { type Finding, finding } from '../../findings/finding.ts'
import { lintLedger } from '../../ledger/lint.ts'
import { recordedSyncState } from '../../ledger/sync-state.ts'
import type { VerifyFacts } from '../facts.ts'
import { placeOf } from '../place.ts'

/** The ledger's own consistency, and how far board and archive are behind; never part of the decision. */
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

/** A PASS that is not archived: once it is on the default branch, specs and board wait for it. */
function archiveDebt({ change, landed }: VerifyFacts): Finding[] {
  if (change.archived || change.phase !== 'In Review') return []
  return [finding('ledger/archive-debt', landed ? 'warning' : 'info', {}, placeOf(change))]
}

/** Archived and Done, but not in the project documents: a failed mirror does not hold back Done. */
function mirrorDebt({ change }: VerifyFacts): Finding[] {
  if (!change.archived) return []
  const last = change.ledger.entries.findLast(({ transition }) => transition === 'archive->mirror')
  if (last?.outcome !== 'failed') return []
  return [finding('mirror/behind', 'info', { outcome: last.outcome }, placeOf(change))]
}
