import { isTerminal, type Phase, rankOf } from '../../change/states.ts'
import { type Finding, finding } from '../../findings/finding.ts'
import { timestampOf } from '../../ledger/timestamp.ts'
import { arrivalOf, moverOf } from '../bound-issue.ts'
import { commentId } from '../identity.ts'
import { isRecorded } from '../recorded.ts'
import { isFinal, phaseOfState } from '../workflow.ts'
import { type BoundFacts, dropped, only, type PlannedChange, placeOf } from './change-facts.ts'
import { planTransition } from './plan-transition.ts'
import { type Step, transitionOf } from './sync-plan.ts'

/** Completed, canceled, duplicate, archived or trashed: opsx does not move such an issue. */
export function isClosed({ issue }: BoundFacts): boolean {
  return isFinal(issue.state) || issue.archived || issue.trashed
}

/**
 * The plan for a closed issue: nothing when files and Linear agree, the transition when the change itself ended,
 * else who closed it; an automation that closed it early may be undone when the registry asks for that.
 */
export function planClosed(facts: BoundFacts): PlannedChange {
  const { target, workflow, issue, recorded } = facts
  const phase = phaseOfState(workflow, issue.state)
  if (phase === target && !issue.trashed) return planTransition(facts)
  const isRecorded = recorded !== null && isTerminal(target) && rankOf(recorded) >= rankOf(target)
  if (isRecorded) return only()
  return planPremature(facts)
}

function planPremature(facts: BoundFacts): PlannedChange {
  const { snapshot, issue, target, recorded } = facts
  const detail = snapshot.details.get(issue.id)
  if (!detail) return { ...only(), needs: { issues: [issue.id], comments: [] } }
  const who = moverOf(detail, issue)
  const early =
    issue.state.type === 'completed' && arrivalOf(detail, issue)?.automation === true && !issue.archived
  if (early && !isTerminal(target) && snapshot.registry.onPrematureClose === 'restore') {
    return { ...only(closedEarly(facts, who)), steps: restore(facts, who) }
  }
  const due = target !== 'Backlog' && (recorded === null || rankOf(recorded) < rankOf(target))
  const note = closedNote(facts, who)
  const steps = due ? dropped(facts, { from: recorded ?? 'Backlog', to: target, note }) : []
  return { ...only(early ? closedEarly(facts, who) : closedFinding(facts, who)), steps }
}

function closedNote({ issue }: BoundFacts, who: string): string {
  if (issue.trashed) return `${issue.identifier} is in the trash`
  if (issue.archived) return `${issue.identifier} is archived`
  return `${issue.identifier} is ${issue.state.name}, moved by ${who}`
}

function closedEarly({ issue, change }: BoundFacts, who: string): Finding {
  const args = { identifier: issue.identifier, state: issue.state.name, who }
  return finding('ledger/closed-early', 'warning', args, placeOf(change))
}

function closedFinding({ issue, change }: BoundFacts, who: string): Finding {
  if (issue.archived || issue.trashed) {
    return finding('board/archived', 'warning', { identifier: issue.identifier }, placeOf(change))
  }
  const args = { identifier: issue.identifier, state: issue.state.name, who }
  return finding('board/terminal', 'warning', args, placeOf(change))
}

function restore(facts: BoundFacts, who: string): Step[] {
  const { workflow, target, issue, changeId, snapshot, options } = facts
  const state = workflow.lookup[target].state
  if (!state) return []
  const detail = snapshot.details.get(issue.id)
  const closedAt = (detail && arrivalOf(detail, issue)?.at) ?? ''
  const from: Phase = 'Done'
  const at = timestampOf(options.now)
  const transition = transitionOf(from, target)
  const note = `restored: closed by ${who} while the change is active`
  const body = `The OpenSpec change \`${facts.change.name}\` is not archived yet, so this issue is open again.`
  facts.moved.set(issue.id, target)
  return [
    {
      kind: 'transition',
      from,
      to: target,
      reason: note,
      comment: { id: commentId(changeId, 'restore', closedAt), issueId: issue.id, body },
      move: { issueId: issue.id, from: issue.state.name, to: state.name, stateId: state.id },
      describe: null,
      mirror: null,
      record: {
        entries: [{ at, transition, outcome: 'posted', note }],
        keys: { linear_story_state: target, last_synced_state: target, last_synced_at: at },
      },
      failure: isRecorded(facts.change.ledger, transition, 'failed')
        ? null
        : { transition, outcome: 'failed' },
    },
  ]
}
