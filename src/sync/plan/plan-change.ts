import type { Phase } from '../../change/states.ts'
import { type Finding, finding } from '../../findings/finding.ts'
import { isParked } from '../../ledger/rounds.ts'
import type { LinearIssue } from '../../ports/tracker.ts'
import { adoptedChangeId } from '../identity.ts'
import { isMerged } from '../ownership.ts'
import { recordedPhaseOf } from '../recorded.ts'
import {
  type BoundFacts,
  type ChangeFacts,
  dropped,
  maximumOf,
  only,
  type PlannedChange,
  placeOf,
  recordOnly,
} from './change-facts.ts'
import { isClosed, planClosed } from './plan-closed.ts'
import { planDescription } from './plan-description.ts'
import { pendingReopening, planIntent } from './plan-intent.ts'
import { planMirror } from './plan-mirror.ts'
import { planRequeue } from './plan-requeue.ts'
import { planTransition } from './plan-transition.ts'
import type { Step } from './sync-plan.ts'
import { isParkedElsewhere } from './unpublished-rounds.ts'

/** Decides what one bound change asks of its issue and its ledger. */
export function planChange(facts: ChangeFacts): PlannedChange {
  const { change, issue, workflow } = facts
  const recorded = recordedPhaseOf(change)
  if (recorded === 'unknown') {
    return only(
      finding(
        'ledger/unknown-state',
        'warning',
        { state: change.ledger.lastSyncedState ?? '' },
        placeOf(change),
      ),
    )
  }
  if (!issue) return planMissing(facts, recorded)
  if (!workflow) return planForeignTeam(facts, issue, recorded)
  const changeId = change.binding.changeId ?? adoptedChangeId(issue.id, change.name)
  const bound: BoundFacts = { ...facts, issue, workflow, recorded, changeId }
  const { intent } = facts.options
  if (intent?.change === change.name) return identified(bound, planIntent(bound, intent))
  const pending = isClosed(bound) ? pendingReopening(bound) : null
  if (pending) return identified(bound, planIntent(bound, pending))
  if (facts.target === 'Done' && !mayFinish(facts)) return only(waiting(facts))
  if (isParked(change.ledger) && !change.archived) return parked(facts, change.ledger.reviewRound ?? 0)
  const before = facts.moved.get(issue.id)
  const planned = planBound(bound)
  if (!isReviewMatter(planned)) return identified(bound, planned)
  if (!facts.snapshot.details.has(issue.id)) {
    return { ...only(), needs: { ...planned.needs, issues: [issue.id] } }
  }
  if (!isParkedElsewhere(bound)) return identified(bound, planned)
  if (before) facts.moved.set(issue.id, before)
  else facts.moved.delete(issue.id)
  return parked(facts, maximumOf(facts))
}

function parked(facts: ChangeFacts, round: number): PlannedChange {
  const maximum = maximumOf(facts)
  return only(finding('sync/parked', 'warning', { round, maximum }, placeOf(facts.change)))
}

/** Whether a run elsewhere may have parked the change matters only to steps into review and out of it. */
function isReviewMatter({ steps }: PlannedChange): boolean {
  return steps.some(({ kind, to }) => kind === 'requeue' || kind === 'escalate' || to === 'In Review')
}

function planBound(facts: BoundFacts): PlannedChange {
  const transition = isClosed(facts) ? planClosed(facts) : planTransition(facts)
  const reached = transition.steps.findLast(step => step.kind === 'transition')?.to
  const requeue = planRequeue({ ...facts, recorded: (reached as Phase | undefined) ?? facts.recorded })
  const description = planDescription(facts)
  const mirror = mayFinish(facts) ? planMirror(facts) : only()
  const parts = [mirror, transition, requeue, description]
  return {
    steps: parts.flatMap(part => part.steps),
    findings: [...renamed(facts), ...parts.flatMap(part => part.findings)],
    needs: {
      issues: parts.flatMap(part => part.needs.issues),
      comments: parts.flatMap(part => part.needs.comments),
      documents: parts.flatMap(part => part.needs.documents ?? []),
    },
  }
}

/** The change's id must be in its file before the first comment is derived from it. */
function identified(facts: BoundFacts, planned: PlannedChange): PlannedChange {
  const missing = facts.change.binding.changeId === null && planned.steps.some(step => step.comment !== null)
  return missing ? { ...planned, steps: [identify(facts), ...planned.steps] } : planned
}

function identify({ changeId }: BoundFacts): Step {
  return {
    ...recordOnly('identify', null, null),
    reason: 'the change has no id of its own yet',
    record: { entries: [], keys: { opsx_change_id: changeId } },
  }
}

/** Done needs the default branch, and the archive on it. */
function mayFinish({ ownership, change, snapshot }: ChangeFacts): boolean {
  return ownership.may === 'everything' && isMerged(change, snapshot.git)
}

function waiting({ change, snapshot }: ChangeFacts): Finding {
  const branch = snapshot.git?.defaultBranch ?? 'the default branch'
  return finding('sync/waits-for-merge', 'info', { branch }, placeOf(change))
}

function renamed({ change, issue }: BoundFacts): Finding[] {
  const { identifier } = change.binding
  if (!identifier || identifier === issue.identifier) return []
  return [
    finding(
      'board/identifier-renamed',
      'info',
      { recorded: identifier, current: issue.identifier },
      placeOf(change),
    ),
  ]
}

function planMissing(facts: ChangeFacts, recorded: Phase | null): PlannedChange {
  const { change } = facts
  const ref = change.binding.identifier ?? change.binding.id ?? ''
  const steps = unreachable(facts, recorded, `Linear has no issue ${ref} that this key may see`)
  return { ...only(finding('board/not-found', 'warning', { issue: ref }, placeOf(change))), steps }
}

/** Records what is due, or what a person decided, as dropped: the change has no issue. */
function unreachable(facts: ChangeFacts, recorded: Phase | null, reason: string): Step[] {
  const { change, target, options } = facts
  const intent = options.intent?.change === change.name ? options.intent : undefined
  if (intent) {
    return dropped(facts, {
      from: intent.from ?? recorded ?? change.phase,
      to: intent.to,
      note: `${intent.note}; ${reason}`,
    })
  }
  if (recorded === target || target === 'Backlog') return []
  return dropped(facts, { from: recorded ?? 'Backlog', to: target, note: reason })
}

function planForeignTeam(facts: ChangeFacts, issue: LinearIssue, recorded: Phase | null): PlannedChange {
  const note = `${issue.identifier} is in team ${issue.team.key}, which ${facts.snapshot.registry.path} does not register`
  const steps = unreachable(facts, recorded, note)
  return {
    ...only(finding('binding/team-unknown', 'warning', { team: issue.team.key }, placeOf(facts.change))),
    steps,
  }
}
