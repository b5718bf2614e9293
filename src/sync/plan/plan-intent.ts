import { isTerminal, type Phase } from '../../change/states.ts'
import type { TrackedChange } from '../../ledger/ledger.ts'
import { timestampOf } from '../../ledger/timestamp.ts'
import { sharersOf } from '../bound-issue.ts'
import { transitionComment } from '../comment.ts'
import { commentId, countedCause, isReopening } from '../identity.ts'
import { isRecorded } from '../recorded.ts'
import {
  type BoundFacts,
  dropped,
  type Intent,
  NOTHING_NEEDED,
  only,
  type PlannedChange,
  recordOnly,
} from './change-facts.ts'
import { isClosed } from './plan-closed.ts'
import { transitionOf } from './sync-plan.ts'

/**
 * What a person asked for with `opsx cancel`, `duplicate` or `reopen`: the only way to an inert end, and besides
 * re-queue the only way back. An issue that another user closed or trashed is left alone.
 */
export function planIntent(facts: BoundFacts, intent: Intent): PlannedChange {
  const { workflow, issue, recorded, change, snapshot } = facts
  const from = intent.from ?? recorded ?? change.phase
  const transition = { from, to: intent.to, note: intent.note }
  const sharing = sharersOf(change, snapshot.changes, snapshot.linear)
  if (sharing !== '')
    return {
      ...only(),
      steps: dropped(facts, { ...transition, note: `${intent.note}; the issue also serves ${sharing}` }),
    }
  const lookup = workflow.lookup[intent.to]
  if (!lookup.state)
    return {
      ...only(),
      steps: dropped(facts, {
        ...transition,
        note: `${intent.note}; the team has no state "${lookup.name}"`,
      }),
    }
  const there = issue.state.id === lookup.state.id
  const untouchable =
    issue.archived || issue.trashed || (isClosed(facts) && !there && intent.to !== 'In Progress')
  if (untouchable) {
    const note = `${intent.note}; the issue is ${issue.trashed ? 'in the trash' : issue.archived ? 'archived' : issue.state.name}`
    return { ...only(), steps: dropped(facts, { ...transition, note }) }
  }
  const at = timestampOf(facts.options.now)
  const keys = { linear_story_state: intent.to, last_synced_state: intent.to, last_synced_at: at }
  return {
    findings: [],
    needs: NOTHING_NEEDED,
    steps: [
      {
        ...recordOnly('transition', from, intent.to),
        reason: intent.note,
        comment:
          snapshot.registry.comments === 'none'
            ? null
            : { id: idOf(facts, intent), issueId: issue.id, body: bodyOf(change, intent.to) },
        move: there
          ? null
          : { issueId: issue.id, from: issue.state.name, to: lookup.state.name, stateId: lookup.state.id },
        record: {
          entries: [
            {
              at,
              transition: transitionOf(from, intent.to),
              outcome: 'posted',
              note: intent.note,
              ...withdrawn(facts, intent),
            },
          ],
          keys,
        },
        failure: isRecorded(change.ledger, transitionOf(from, intent.to), 'failed')
          ? null
          : { transition: transitionOf(from, intent.to), outcome: 'failed', why: intent.note },
      },
    ],
  }
}

/** A reopened change has to be verified again: the entry names its old report, which then counts no more. */
function withdrawn({ change }: BoundFacts, intent: Intent): { evidence?: string } {
  const { digest, decision } = change.verifyReport
  const decided = decision !== 'none' && decision !== 'undecided'
  return intent.to === 'In Progress' && decided && digest ? { evidence: digest } : {}
}

function bodyOf(change: TrackedChange, to: Phase): string {
  if (to !== 'In Progress') return transitionComment(change, to)
  return `The OpenSpec change \`${change.name}\` was reopened and is in progress again.`
}

/** Each reopening has an id of its own; an end has the id of its transition, because a sync may finish it. */
function idOf({ change, changeId }: BoundFacts, intent: Intent): string {
  const { entries } = change.ledger
  if (intent.to !== 'In Progress') return commentId(changeId, intent.to, countedCause(entries, intent.to))
  return commentId(changeId, 'reopen', String(entries.filter(isReopening).length))
}

/** A reopening that did not reach Linear; the next sync tries it again. */
export function pendingReopening({ change }: BoundFacts): Intent | null {
  const last = change.ledger.entries.findLast(
    ({ from, to }) => to === 'In Progress' && from !== null && isTerminal(from),
  )
  if (!last?.from || last.outcome === 'posted') return null
  return { change: change.name, to: 'In Progress', from: last.from, note: 'reopened' }
}
