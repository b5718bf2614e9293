import { describe, expect, it } from 'vitest'
import { OpsxError } from '../../src/errors.ts'
import type { Tracker } from '../../src/ports/tracker.ts'
import { applyPlan } from '../../src/sync/apply/apply-plan.ts'
import { planSync } from '../../src/sync/plan/plan-sync.ts'
import { memoryWorkspace } from '../support/memory-workspace.ts'
import {
  NOW,
  planOf,
  proposal,
  recorded,
  type Situation,
  snapshotOf,
  stepsOf,
  TICKED,
} from '../support/situation.ts'

const entry = (transition: string, outcome: string) =>
  `  - { at: "2026-06-10T09:00:00Z", transition: "${transition}", outcome: "${outcome}", note: "n" }\n`

const BACK = recorded(
  'In Progress',
  entry('In Progress->Canceled', 'posted') + entry('Canceled->In Progress', 'posted'),
)
const CANCELED = recorded('In Progress', entry('In Progress->Canceled', 'posted')).replace(
  'last_synced_state: In Progress',
  'last_synced_state: Canceled',
)

const decided = (to: 'Canceled' | 'In Progress') => ({
  intent: { change: 'add-dark-mode', to, note: 'decided' },
})

function commentIdOf(situation: Situation): string | undefined {
  return stepsOf({ tasks: TICKED, ...situation })[0]?.comment?.id
}

describe('a decision of which Linear took the comment and not the move', () => {
  it('has the same comment when a sync finishes the second cancelling', () => {
    const first = commentIdOf({ ledger: BACK, state: 'In Progress', options: decided('Canceled') })
    const finished = commentIdOf({
      ledger: BACK + entry('In Progress->Canceled', 'failed'),
      state: 'In Progress',
    })
    expect(first).toBeDefined()
    expect(finished).toBe(first)
  })

  it('has the same comment when a person reopens again', () => {
    const first = commentIdOf({ ledger: CANCELED, state: 'Canceled', options: decided('In Progress') })
    const again = commentIdOf({
      ledger: CANCELED + entry('Canceled->In Progress', 'failed'),
      state: 'Canceled',
      options: decided('In Progress'),
    })
    expect(first).toBeDefined()
    expect(again).toBe(first)
  })

  it('has another comment when it was taken and is made once more', () => {
    const first = commentIdOf({
      ledger: recorded('In Progress'),
      state: 'In Progress',
      options: decided('Canceled'),
    })
    const second = commentIdOf({ ledger: BACK, state: 'In Progress', options: decided('Canceled') })
    expect(second).not.toBe(first)
  })
})

describe('a decision that Linear refused keeps its reason in the log', () => {
  const situation: Situation = { ledger: recorded('In Progress'), tasks: TICKED, state: 'In Progress' }

  it('when Linear could not be read', () => {
    const snapshot = { ...snapshotOf(situation), linear: null, outage: 'no answer' }
    const plan = planSync(snapshot, { now: NOW, ...decided('Canceled') })
    const notes = plan.changes.flatMap(({ steps }) => steps.map(step => step.record?.entries[0]?.note))
    expect(notes).toEqual(['decided; Linear: no answer'])
  })

  it('when an effect failed', async () => {
    const path = 'openspec/changes/add-dark-mode/proposal.md'
    const workspace = memoryWorkspace({ [path]: proposal(recorded('In Progress')) })
    const away = async () => {
      throw new OpsxError('LINEAR_UNAVAILABLE', 'no answer')
    }
    const plan = planOf({ ...situation, options: decided('Canceled') })
    const tracker = { comment: away } as unknown as Tracker
    await applyPlan(plan, { workspace, registry: 'openspec/linear.yaml', tracker })
    expect(workspace.read(path)).toContain('outcome: "failed", note: "decided; no answer"')
  })
})
