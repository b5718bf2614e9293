import { type Phase, rankOf } from '../../change/states.ts'
import { finding } from '../../findings/finding.ts'
import { timestampOf } from '../../ledger/timestamp.ts'
import type { WorkflowState } from '../../ports/tracker.ts'
import { moverOf } from '../bound-issue.ts'
import { transitionComment } from '../comment.ts'
import { commentId, countedCause, shortEvidence } from '../identity.ts'
import { isFirstSync, isRecorded } from '../recorded.ts'
import { stateFinding } from '../state-finding.ts'
import { compareToPhase, phaseOfState } from '../workflow.ts'
import { type BoundFacts, dropped, only, type PlannedChange, placeOf, recordOnly } from './change-facts.ts'
import { type LedgerLines, type Step, transitionOf } from './sync-plan.ts'

/**
 * One catch-up from the last synced state straight to the target, when it is due and Linear is strictly behind. An issue that is already there was moved by opsx when our derived comment proves it.
 */
export function planTransition(facts: BoundFacts): PlannedChange {
  const { recorded, target, workflow, issue } = facts
  if (target === 'Backlog' || (recorded && rankOf(recorded) >= rankOf(target))) return only()
  const lookup = workflow.lookup[target]
  if (!lookup.state) return planUnmapped(facts)
  const state = stateNow(facts)
  const comparison = compareToPhase(workflow, state, target)
  if (comparison < 0) {
    const step = transitionStep(facts, lookup.state)
    facts.moved.set(issue.id, target)
    return { ...only(), steps: [step] }
  }
  if (facts.moved.get(issue.id) === target) return { ...only(), steps: [transitionStep(facts, null)] }
  return planProven(facts)
}

/** The state the issue will be in when the earlier steps of the plan are done. */
function stateNow({ issue, moved, workflow }: BoundFacts): WorkflowState {
  const phase = moved.get(issue.id)
  return (phase && workflow.lookup[phase].state) || issue.state
}

function planProven(facts: BoundFacts): PlannedChange {
  const id = transitionCommentId(facts)
  const { snapshot, issue, change } = facts
  if (!snapshot.details.has(issue.id)) return { ...only(), needs: { issues: [issue.id], comments: [id] } }
  const proven = snapshot.comments.get(id)?.issueId === issue.id
  const silent = isQuiet(facts) && !isFirstSync(change) && isExact(facts)
  if (!proven && !silent) return planFound(facts)
  return { ...only(), steps: [{ ...transitionStep(facts, null), comment: null }] }
}

function isExact({ workflow, issue, target }: BoundFacts): boolean {
  return compareToPhase(workflow, issue.state, target) === 0
}

/** Another user moved the issue here or further: report who, move nothing. */
function planFound(facts: BoundFacts): PlannedChange {
  const { snapshot, issue, target, change } = facts
  const detail = snapshot.details.get(issue.id)
  if (!detail) return { ...only(), needs: { issues: [issue.id], comments: [] } }
  const who = moverOf(detail, issue)
  const from = fromOf(facts)
  const note = `already ${issue.state.name}, moved by ${who}`
  const steps = dropped(facts, { from, to: target, note })
  if (isExact(facts)) return { ...only(), steps: withRecord(facts, steps) }
  const ahead = { identifier: issue.identifier, state: issue.state.name, phase: change.phase, who }
  return { ...only(finding('board/ahead', 'info', ahead, placeOf(change))), steps }
}

/** Linear and the files agree, so the last synced state follows although opsx did not move the issue. */
function withRecord(facts: BoundFacts, steps: Step[]): Step[] {
  const [first] = steps
  const reason = `the issue is ${facts.issue.state.name} already`
  const step = first ?? { ...recordOnly('note', fromOf(facts), facts.target), reason }
  return [{ ...step, record: { entries: step.record?.entries ?? [], keys: recordKeys(facts, facts.target) } }]
}

function planUnmapped(facts: BoundFacts): PlannedChange {
  const { workflow, target, change } = facts
  const lookup = workflow.lookup[target]
  if (lookup.state) return only()
  const available = workflow.team.states.map(state => state.name).join(', ')
  const team = workflow.team.key
  const note =
    lookup.problem === 'missing'
      ? `team ${team} has no state "${lookup.name}"; it has ${available}`
      : `team ${team} has ${lookup.count} states named "${lookup.name}"`
  const problem = stateFinding(workflow, target, { severity: 'warning', place: placeOf(change) })
  const steps = dropped(facts, { from: fromOf(facts), to: target, note })
  return { ...only(...(problem ? [problem] : [])), steps }
}

/** The last synced state; before the first one, the issue's own phase while it is behind, else Backlog. */
function fromOf({ recorded, workflow, issue, target }: BoundFacts): Phase {
  if (recorded) return recorded
  const phase = phaseOfState(workflow, issue.state)
  return phase && rankOf(phase) < rankOf(target) ? phase : 'Backlog'
}

function transitionStep(facts: BoundFacts, state: WorkflowState | null): Step {
  const { change, issue, target } = facts
  const from = fromOf(facts)
  const transition = transitionOf(from, target)
  const quiet = isQuiet(facts)
  return {
    kind: 'transition',
    from,
    to: target,
    reason: reasonOf(facts),
    comment: quiet
      ? null
      : { id: transitionCommentId(facts), issueId: issue.id, body: transitionComment(change, target) },
    move: state ? { issueId: issue.id, from: stateNow(facts).name, to: state.name, stateId: state.id } : null,
    describe: null,
    mirror: null,
    record: recordOf(facts, { transition, note: noteOf(facts) }),
    failure: isRecorded(change.ledger, transition, 'failed') ? null : { transition, outcome: 'failed' },
  }
}

function recordOf(facts: BoundFacts, line: { transition: string; note: string }): LedgerLines {
  const entry = { at: timestampOf(facts.options.now), outcome: 'posted' as const, ...line }
  return { entries: [entry], keys: recordKeys(facts, facts.target) }
}

function recordKeys({ change, options }: BoundFacts, to: Phase): LedgerLines['keys'] {
  const round =
    to === 'Done' ? { review_round: 0 } : change.ledger.reviewRound === null ? { review_round: 0 } : {}
  return { linear_story_state: to, last_synced_state: to, last_synced_at: timestampOf(options.now), ...round }
}

/** Cause of a transition's comment: the evidence for review, else how often the milestone was reached before. */
function transitionCommentId({ change, changeId, target }: BoundFacts): string {
  const cause =
    target === 'In Review' && change.verifyReport.digest
      ? shortEvidence(change.verifyReport.digest)
      : countedCause(change.ledger.entries, target)
  return commentId(changeId, target, cause)
}

function isQuiet({ snapshot, target }: BoundFacts): boolean {
  const { comments } = snapshot.registry
  return comments === 'none' || (comments === 'review' && target !== 'In Review')
}

function reasonOf({ change, target }: BoundFacts): string {
  switch (target) {
    case 'Todo':
      return 'proposal.md has content'
    case 'In Progress':
      return change.verifyReport.decision === 'fail' ? 'verification failed' : 'a task is checked'
    case 'In Review':
      return `verification passed${change.verifyReport.decision === 'warn' ? ' with warnings' : ''}`
    case 'Done':
      return 'the change is archived'
    default:
      return `${target} is recorded in the ledger`
  }
}

function noteOf(facts: BoundFacts): string {
  const gate: Partial<Record<Phase, string>> = {
    Todo: 'T1',
    'In Progress': 'T2',
    'In Review': 'T3',
    Done: 'T4',
  }
  const label = gate[facts.target]
  return label ? `${label}: ${reasonOf(facts)}` : reasonOf(facts)
}
