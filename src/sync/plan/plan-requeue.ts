import { finding } from '../../findings/finding.ts'
import type { NewEntry } from '../../ledger/append-ledger.ts'
import { isCounted } from '../../ledger/rounds.ts'
import { timestampOf } from '../../ledger/timestamp.ts'
import { escalationComment, requeueComment } from '../comment.ts'
import { commentId, shortEvidence } from '../identity.ts'
import { isCommitted } from '../ownership.ts'
import { isRecorded } from '../recorded.ts'
import { phaseOfState } from '../workflow.ts'
import {
  type BoundFacts,
  maximumOf,
  NOTHING_NEEDED,
  only,
  type PlannedChange,
  recordOnly,
} from './change-facts.ts'
import { isClosed } from './plan-closed.ts'
import { type Step, transitionOf } from './sync-plan.ts'
import { isInReviewElsewhere, unpublishedRounds } from './unpublished-rounds.ts'

interface Round {
  evidence: string
  /** The round this failure counts as. */
  round: number
  maximum: number
  by: 'verify' | 'reject'
}

/**
 * A failed or rejected report that is not counted yet: back from review (or review not reached), one round more, one
 * comment; at the maximum one escalation instead.
 */
export function planRequeue(facts: BoundFacts): PlannedChange {
  const { change, snapshot, issue } = facts
  const by = rejectedBy(facts)
  const evidence = change.verifyReport.digest
  if (change.archived || !by || !evidence || isCounted(change.ledger, evidence)) return only()
  const file = `${change.directory}/${change.verifyReport.file}`
  if (by === 'verify' && !isCommitted(file, snapshot.git)) {
    return only(finding('sync/uncommitted-verdict', 'info', { file }, { change: change.name, file }))
  }
  const detail = snapshot.details.get(issue.id)
  if (!detail) return { ...only(), needs: { issues: [issue.id], comments: [] } }
  const counted = (change.ledger.reviewRound ?? 0) + unpublishedRounds(facts, evidence)
  const maximum = maximumOf(facts)
  const round: Round = { evidence, maximum, by, round: Math.min(counted + 1, maximum) }
  const step = counted >= maximum ? escalate(facts, round) : requeue(facts, round)
  return { steps: [step], findings: [], needs: NOTHING_NEEDED }
}

/** Who rejected the report; null while it is valid. */
export function rejectedBy({ change }: Pick<BoundFacts, 'change'>): 'verify' | 'reject' | null {
  if (change.verifyReport.decision === 'fail') return 'verify'
  const rejected = change.ledger.entries.some(
    entry =>
      /^review\s*(?:->|→)\s*reject$/.test(entry.transition) && entry.evidence === change.verifyReport.digest,
  )
  return rejected ? 'reject' : null
}

function requeue(facts: BoundFacts, round: Round): Step {
  const { recorded, change, workflow, issue } = facts
  const inReview = !isClosed(facts) && phaseOfState(workflow, issue.state) === 'In Review'
  const leaving = recorded === 'In Review' || (inReview && isInReviewElsewhere(facts, round.evidence))
  const [from, to] = leaving
    ? (['In Review', 'In Progress'] as const)
    : (['In Progress', 'In Review'] as const)
  const state = workflow.lookup['In Progress'].state
  const move =
    leaving && inReview && state
      ? { issueId: issue.id, from: issue.state.name, to: state.name, stateId: state.id }
      : null
  const closed = leaving && (isClosed(facts) || !state)
  const cause = round.by === 'verify' ? `${change.verifyReport.file} FAIL` : 'rejected in review'
  const why = round.by === 'verify' ? 'verification failed' : cause
  const entry = entryOf(facts, round, {
    transition: transitionOf(from, to),
    outcome: leaving && !closed ? 'posted' : 'dropped',
    note: closed ? `${cause}; re-queued, but the issue is ${issue.state.name}` : `${cause}; re-queued`,
  })
  const at = entry.at
  const keys =
    leaving && !closed
      ? { linear_story_state: to, last_synced_state: to, last_synced_at: at }
      : { last_synced_at: at }
  return {
    ...recordOnly('requeue', from, to),
    reason: `${why} (review round ${round.round} of ${round.maximum})`,
    comment: commentOf(facts, round, { label: 're-queue', body: requeueComment(change, round, round.by) }),
    move,
    record: { entries: [entry], keys: { ...keys, review_round: round.round } },
    failure: failureOf(facts, entry.transition),
  }
}

function escalate(facts: BoundFacts, round: Round): Step {
  const note = `round ${round.maximum} of ${round.maximum} is used up; needs a person`
  const entry = entryOf(facts, round, { transition: 'escalate', outcome: 'posted', note })
  return {
    ...recordOnly('escalate', 'In Progress', null),
    reason: note,
    comment: commentOf(facts, round, { label: 'escalate', body: escalationComment(facts.change, round) }),
    record: { entries: [entry], keys: {} },
    failure: failureOf(facts, entry.transition),
  }
}

function failureOf({ change }: BoundFacts, transition: string): Step['failure'] {
  return isRecorded(change.ledger, transition, 'failed') ? null : { transition, outcome: 'failed' }
}

function entryOf(
  facts: BoundFacts,
  round: Round,
  line: Pick<NewEntry, 'transition' | 'outcome' | 'note'>,
): NewEntry {
  return { at: timestampOf(facts.options.now), ...line, evidence: round.evidence }
}

function commentOf(
  { snapshot, issue, changeId }: BoundFacts,
  round: Round,
  text: { label: string; body: string },
): Step['comment'] {
  if (snapshot.registry.comments === 'none' || issue.archived || issue.trashed) return null
  const id = commentId(changeId, text.label, shortEvidence(round.evidence))
  return { id, issueId: issue.id, body: text.body }
}
