import { type Phase, rankOf } from '../../change/states.ts'
import { finding } from '../../findings/finding.ts'
import type { TrackedChange } from '../../ledger/ledger.ts'
import { isParked } from '../../ledger/rounds.ts'
import { timestampOf } from '../../ledger/timestamp.ts'
import { isBound, issueKeyOf, sharedTargets } from '../bound-issue.ts'
import { isCommitted, isMerged, ownershipOf } from '../ownership.ts'
import { isRecorded, recordedPhaseOf } from '../recorded.ts'
import { type PlanOptions, recordOnly, type Snapshot } from './change-facts.ts'
import { expectedRequeue } from './expected-transition.ts'
import { type ChangePlan, type SyncPlan, transitionOf } from './sync-plan.ts'

/**
 * When Linear cannot be read, every transition that is due by the ledger is recorded as failed, once, so that the log shows what Linear is missing.
 */
export function planOutage(snapshot: Snapshot, options: PlanOptions): SyncPlan {
  const due = snapshot.changes.filter(
    change => snapshot.selected.has(change.name) && mayRecord(change, snapshot),
  )
  return {
    gate: null,
    changes: due.flatMap(change => planFailed(change, snapshot, options)),
    findings: [finding('board/not-checked', 'warning', { reason: snapshot.outage })],
    needs: { issues: [], comments: [] },
  }
}

/** Without Linear, only a person's decision is recorded: as dropped, because nothing was tried. */
export function planUnchecked(snapshot: Snapshot, options: PlanOptions, reason: string): SyncPlan {
  const decided = snapshot.changes.filter(change => change.name === options.intent?.change && change.proposal)
  const refused = decided.flatMap(change => {
    const { may, reason: why } = ownershipOf(change, snapshot.git)
    return may === 'nothing'
      ? [finding('sync/read-only', 'info', { reason: why }, { change: change.name })]
      : []
  })
  return {
    gate: null,
    changes: (refused.length > 0 ? [] : decided).flatMap(change => {
      const note = `${options.intent?.note ?? ''}; not on the linear: ${reason}`
      return planRecord(change, options, { outcome: 'dropped', note })
    }),
    findings: [...refused, finding('board/not-checked', 'info', { reason })],
    needs: { issues: [], comments: [] },
  }
}

function mayRecord(change: TrackedChange, { git, changes }: Snapshot): boolean {
  if (!isBound(change) || change.findings.some(({ code }) => code === 'binding/disagreement')) return false
  if (sharedTargets(changes, null).get(issueKeyOf(change, null)) !== change.phase) return false
  if (ownershipOf(change, git).may === 'nothing') return false
  if (isParked(change.ledger) && !change.archived) return false
  return change.phase !== 'Done' || isMerged(change, git)
}

/** A re-queue is not a transition of the phase. A report that is not committed does not count yet. */
function planFailed(change: TrackedChange, snapshot: Snapshot, options: PlanOptions): ChangePlan[] {
  const intended = options.intent?.change === change.name
  const why = intended ? `${options.intent?.note}; ` : ''
  const attempt: Attempt = { outcome: 'failed', note: `${why}Linear: ${snapshot.outage}` }
  const recorded = planRecord(change, options, attempt)
  const transition = expectedRequeue(change, snapshot.registry.maxReviewRounds)
  const file = `${change.directory}/${change.verifyReport.file}`
  if (intended || recorded.length > 0 || !transition || !isCommitted(file, snapshot.git)) return recorded
  return planEntry(change, options, { transition, ...attempt })
}

interface Attempt {
  outcome: 'failed' | 'dropped'
  note: string
}

function planRecord(change: TrackedChange, options: PlanOptions, attempt: Attempt): ChangePlan[] {
  const recorded = recordedPhaseOf(change)
  const intent = options.intent?.change === change.name ? options.intent : undefined
  const to: Phase = intent?.to ?? change.phase
  if (recorded === 'unknown' || !change.proposal || to === 'Backlog') return []
  if (!intent && recorded && rankOf(recorded) >= rankOf(to)) return []
  const from = intent?.from ?? recorded ?? (intent ? change.phase : 'Backlog')
  return planEntry(change, options, { transition: transitionOf(from, to), ...attempt })
}

function planEntry(
  { ledger, name, proposal, binding }: TrackedChange,
  options: PlanOptions,
  attempt: Attempt & { transition: string },
): ChangePlan[] {
  const { transition, outcome, note } = attempt
  if (!proposal || isRecorded(ledger, transition, outcome)) return []
  const [from = null, to = null] = transition.split('->')
  const entry = { at: timestampOf(options.now), ...attempt }
  const step = { ...recordOnly('note', from, to), reason: note, record: { entries: [entry], keys: {} } }
  return [{ change: name, file: proposal.path, issue: binding.identifier, steps: [step] }]
}
