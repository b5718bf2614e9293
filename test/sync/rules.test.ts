import { describe, expect, it } from 'vitest'
import { commentId, shortEvidence } from '../../src/sync/identity.ts'
import {
  arrival,
  CHANGE_ID,
  codesOf,
  entriesOf,
  ISSUE_ID,
  movesOf,
  planOf,
  proposal,
  recorded,
  type Situation,
  STATES,
  snapshotOf,
  stepsOf,
  TICKED,
  UNTICKED,
  verdict,
} from '../support/situation.ts'

const comment = (id: string, body = 'text', createdAt = '2026-06-11T10:00:00.000Z') => ({
  id,
  issueId: ISSUE_ID,
  body,
  createdAt,
})

describe('rule 1: the issue moves only when it is strictly behind', () => {
  const cases: [string, string, string[]][] = [
    ['Backlog', 'In Progress', ['In Progress']],
    ['Todo', 'In Progress', ['In Progress']],
    ['In Progress', 'In Progress', []],
    ['In Review', 'In Progress', []],
  ]
  for (const [state, phase, moves] of cases) {
    it(`moves a ${state} issue of a change that is ${phase}: ${moves.length > 0 ? 'yes' : 'no'}`, () => {
      expect(movesOf({ ledger: recorded('Todo'), tasks: TICKED, state })).toEqual(moves)
    })
  }

  it('records a transition as posted when our own comment proves that an interrupted run moved the issue', () => {
    const id = commentId(CHANGE_ID, 'In Progress', '0')
    const situation = {
      ledger: recorded('Todo'),
      tasks: TICKED,
      state: 'In Progress',
      comments: [comment(id)],
    }
    expect(entriesOf(situation)).toEqual(['Todo->In Progress posted'])
    expect(movesOf(situation)).toEqual([])
  })

  it('asks for that comment before it decides', () => {
    const { needs } = planOf({ ledger: recorded('Todo'), tasks: TICKED, state: 'In Progress', unseen: true })
    expect(needs).toEqual({ issues: [ISSUE_ID], comments: [commentId(CHANGE_ID, 'In Progress', '0')] })
  })

  it('orders the effects of a transition: comment, move, ledger', () => {
    const [step] = stepsOf({ ledger: recorded('Todo'), tasks: TICKED, state: 'Todo' })
    expect(step).toMatchObject({
      kind: 'transition',
      comment: { issueId: ISSUE_ID },
      move: { to: 'In Progress' },
    })
    expect(step?.record?.keys).toMatchObject({
      last_synced_state: 'In Progress',
      linear_story_state: 'In Progress',
    })
  })
})

describe('rule 2: a gap of several states is one catch-up', () => {
  it('goes from Backlog straight to In Review with one comment', () => {
    const situation = { ledger: recorded('Todo'), tasks: TICKED, verify: verdict('PASS'), state: 'Backlog' }
    expect(entriesOf(situation)).toEqual(['Todo->In Review posted'])
    expect(stepsOf(situation)).toHaveLength(1)
  })
})

describe('rule 3: backward only by re-queue', () => {
  it('leaves an issue alone when its tasks were unchecked', () => {
    expect(stepsOf({ ledger: recorded('In Progress'), tasks: UNTICKED, state: 'In Progress' })).toEqual([])
  })

  it('reports an issue that a person moved ahead and does not fight it', () => {
    const situation = {
      ledger: recorded('Todo'),
      tasks: TICKED,
      state: 'In Review',
      history: [arrival('In Review', 'Ada')],
    }
    expect(movesOf(situation)).toEqual([])
    expect(entriesOf(situation)).toEqual(['Todo->In Progress dropped'])
    expect(planOf(situation).findings).toMatchObject([
      { code: 'board/ahead', args: { who: 'Ada', state: 'In Review' } },
    ])
  })

  it('drops the first sync of an issue that is further along, once, naming who moved it', () => {
    const situation = { tasks: TICKED, state: 'In Review', history: [arrival('In Review', 'Ada')] }
    expect(stepsOf(situation)[0]?.record?.entries).toMatchObject([
      { outcome: 'dropped', note: 'already In Review, moved by Ada' },
    ])
    const log =
      'attempt_log:\n  - { at: "2026-06-10T08:00:00Z", transition: "Backlog->In Progress", outcome: "dropped", note: "x" }\n'
    expect(stepsOf({ ...situation, ledger: log })).toEqual([])
  })

  it('updates the recorded state when a person moved the issue to the phase of the files', () => {
    const situation = {
      ledger: recorded('Todo'),
      tasks: TICKED,
      state: 'In Progress',
      history: [arrival('In Progress', 'Ada')],
    }
    expect(stepsOf(situation)[0]?.record).toMatchObject({
      entries: [{ transition: 'Todo->In Progress', outcome: 'dropped' }],
      keys: { last_synced_state: 'In Progress' },
    })
  })
})

describe('rule 4: terminal is terminal', () => {
  for (const state of ['Done', 'Canceled', 'Duplicate']) {
    it(`never moves a ${state} issue and reports who moved it`, () => {
      const situation = { ledger: recorded('Todo'), tasks: TICKED, state, history: [arrival(state, 'Ada')] }
      expect(movesOf(situation)).toEqual([])
      expect(planOf(situation).findings).toMatchObject([{ code: 'board/terminal', args: { who: 'Ada' } }])
      expect(entriesOf(situation)).toEqual(['Todo->In Progress dropped'])
    })
  }

  for (const issue of [{ archived: true }, { trashed: true }]) {
    it(`never moves an issue that is ${Object.keys(issue)[0]}`, () => {
      const situation = { ledger: recorded('Todo'), tasks: TICKED, state: 'Todo', issue }
      expect(movesOf(situation)).toEqual([])
      expect(codesOf(situation)).toEqual(['board/archived'])
    })
  }

  const closed = {
    ledger: recorded('In Progress'),
    tasks: TICKED,
    state: 'Done',
    history: [arrival('Done', 'GitHub', true)],
  }

  it('reports an issue that an integration closed while the change is active', () => {
    expect(codesOf(closed)).toEqual(['ledger/closed-early'])
    expect(stepsOf(closed)).toEqual([])
  })

  it('restores it when the registry asks for that', () => {
    const base = 'workspace: { slug: acme }\ndefaults: { on_premature_close: restore }\nteams: { CAM: {} }\n'
    expect(movesOf({ ...closed, registry: base })).toEqual(['In Progress'])
  })
})

describe('rule 5: never Done before the archive', () => {
  it('stops at In Review for an active change with every task checked and a PASS', () => {
    const situation = {
      ledger: recorded('In Progress'),
      tasks: '- [x] 1.1 All\n',
      verify: verdict('PASS'),
      state: 'In Progress',
    }
    expect(movesOf(situation)).toEqual(['In Review'])
  })

  const archived = {
    directory: 'openspec/changes/archive/2026-06-11-add-dark-mode',
    ledger: recorded('In Review'),
    state: 'In Review',
  }

  it('finishes an archive that is on disk', () => {
    expect(entriesOf(archived)).toEqual(['In Review->Done posted'])
    expect(stepsOf(archived)[0]?.record?.keys).toMatchObject({ review_round: 0, last_synced_state: 'Done' })
  })

  const git = { head: 'c', defaultBranch: 'main', reason: '', dirty: [], merged: [] }

  it('waits on a feature branch', () => {
    const facts = {
      ...git,
      branch: 'feature',
      role: 'branch' as const,
      touched: [`${archived.directory}/proposal.md`],
    }
    expect(stepsOf({ ...archived, git: facts })).toEqual([])
    expect(codesOf({ ...archived, git: facts })).toEqual(['sync/waits-for-merge'])
  })

  it('waits on the default branch until the archive is at its tip', () => {
    const facts = { ...git, branch: 'main', role: 'default' as const, touched: [] }
    expect(stepsOf({ ...archived, git: facts })).toEqual([])
    expect(movesOf({ ...archived, git: { ...facts, merged: [archived.directory] } })).toEqual(['Done'])
  })
})

describe('rule 6: states by name, per team, never by type', () => {
  const named = (name: string) =>
    `workspace: { slug: acme }\nteams: { CAM: { states: { in_review: "${name}" } } }\n`
  const ready: Situation = {
    ledger: recorded('In Progress'),
    tasks: TICKED,
    verify: verdict('PASS'),
    state: 'In Progress',
  }

  it("uses the team's own name", () => {
    const states = STATES.map(state =>
      state.name === 'In Review' ? { ...state, name: 'Code Review' } : state,
    )
    expect(movesOf({ ...ready, states, registry: named('Code Review') })).toEqual(['Code Review'])
  })

  it('does not guess when the name is missing, and lists what there is', () => {
    const situation = { ...ready, registry: named('Peer Review') }
    expect(movesOf(situation)).toEqual([])
    expect(codesOf(situation)).toEqual(['board/state-missing'])
    expect(stepsOf(situation)[0]?.record?.entries[0]?.note).toContain('it has Backlog, Todo, In Review')
  })

  it('does not guess between two states of one name', () => {
    const states = [...STATES, { id: 's-second', name: 'in review', type: 'started' as const, position: 9 }]
    const doubled = states.map(state => (state.id === 's-review' ? { ...state, name: 'IN REVIEW' } : state))
    expect(codesOf({ ...ready, states: doubled })).toEqual(['board/state-ambiguous'])
  })

  it('orders an unmapped state by its type and position', () => {
    const extra = { id: 's-ready', name: 'Ready for dev', type: 'unstarted' as const, position: 7 }
    const situation = {
      ledger: recorded('Todo'),
      tasks: TICKED,
      states: [...STATES, extra],
      state: 'Ready for dev',
    }
    expect(movesOf(situation)).toEqual(['In Progress'])
  })

  it('writes nothing for an unknown recorded state', () => {
    const situation = { ledger: 'last_synced_state: Cooking\n', tasks: TICKED }
    expect(stepsOf(situation)).toEqual([])
    expect(codesOf(situation)).toEqual(['ledger/unknown-state'])
  })
})

describe('rule 7: best effort, never silent', () => {
  it('records an issue that is gone as dropped, once', () => {
    const situation = { ledger: recorded('Todo'), tasks: TICKED, issue: null }
    expect(entriesOf(situation)).toEqual(['Todo->In Progress dropped'])
    const more =
      '  - { at: "2026-06-10T09:00:00Z", transition: "Todo->In Progress", outcome: "dropped", note: "x" }\n'
    expect(stepsOf({ ...situation, ledger: recorded('Todo', more) })).toEqual([])
  })

  it('records what is due as failed, once, when Linear cannot be read', async () => {
    const { planSync } = await import('../../src/sync/plan/plan-sync.ts')
    const snapshot = {
      ...snapshotOf({ ledger: recorded('Todo'), tasks: TICKED }),
      linear: null,
      outage: 'no route',
    }
    const plan = planSync(snapshot, { now: new Date() })
    expect(plan.changes[0]?.steps[0]?.record?.entries).toMatchObject([
      { transition: 'Todo->In Progress', outcome: 'failed' },
    ])
    const more =
      '  - { at: "2026-06-10T09:00:00Z", transition: "Todo->In Progress", outcome: "failed", note: "x" }\n'
    const again = {
      ...snapshotOf({ ledger: recorded('Todo', more), tasks: TICKED }),
      linear: null,
      outage: 'no route',
    }
    expect(planSync(again, { now: new Date() }).changes).toEqual([])
  })
})

describe('rule 8: a change in step asks for nothing', () => {
  const steady: [string, Situation][] = [
    ['Todo', { ledger: recorded('Todo'), tasks: UNTICKED, state: 'Todo' }],
    ['In Progress', { ledger: recorded('In Progress'), tasks: TICKED, state: 'In Progress' }],
    [
      'In Review',
      { ledger: recorded('In Review'), tasks: TICKED, verify: verdict('PASS'), state: 'In Review' },
    ],
  ]
  for (const [phase, situation] of steady) {
    it(`plans nothing and looks at nothing more for a change that is ${phase}`, () => {
      const plan = planOf({ ...situation, unseen: true })
      expect(plan.changes).toEqual([])
      expect(plan.needs).toEqual({ issues: [], comments: [] })
    })
  }
})

describe('rules 9 and 10: comments', () => {
  it('have at most two sentences and nothing of design or tasks', () => {
    const files = { 'openspec/changes/add-dark-mode/design.md': 'SECRET design' }
    const situations: Situation[] = [
      { state: 'Backlog' },
      { ledger: recorded('Todo'), tasks: '- [x] 1.1 SECRET task\n', state: 'Todo', files },
      { ledger: recorded('In Progress'), tasks: TICKED, verify: verdict('PASS'), state: 'In Progress' },
      { ledger: recorded('In Progress'), tasks: TICKED, verify: verdict('FAIL'), state: 'In Progress' },
    ]
    const bodies = situations.flatMap(stepsOf).map(step => step.comment?.body ?? '')
    expect(bodies).toHaveLength(4)
    for (const body of bodies) {
      expect(
        body.split(/[.!?](?:\s|$)/).filter(sentence => sentence.trim() !== '').length,
      ).toBeLessThanOrEqual(2)
      expect(body).not.toContain('SECRET')
    }
  })
})

describe('re-queue and the bound', () => {
  const failed: Situation = {
    ledger: recorded('In Progress'),
    tasks: TICKED,
    verify: verdict('FAIL'),
    state: 'In Progress',
  }
  const evidenceOf = (situation: Situation) => stepsOf(situation)[0]?.record?.entries[0]?.evidence ?? ''

  it('drops the transition to review of a FAIL and counts a round', () => {
    expect(entriesOf(failed)).toEqual(['In Progress->In Review dropped'])
    expect(stepsOf(failed)[0]?.record?.keys).toMatchObject({ review_round: 1 })
    expect(movesOf(failed)).toEqual([])
  })

  it('takes an issue back from review', () => {
    const situation = { ...failed, ledger: recorded('In Review'), state: 'In Review' }
    expect(entriesOf(situation)).toEqual(['In Review->In Progress posted'])
    expect(movesOf(situation)).toEqual(['In Progress'])
  })

  it('counts one piece of evidence once', () => {
    const more = `  - { at: "2026-06-10T09:00:00Z", transition: "In Progress->In Review", outcome: "dropped", note: "x", evidence: "${evidenceOf(failed)}" }\n`
    expect(stepsOf({ ...failed, ledger: recorded('In Progress', more) })).toEqual([])
  })

  it('catches up first when the first box and the FAIL arrive together', () => {
    const situation = { ...failed, ledger: recorded('Todo'), state: 'Todo' }
    expect(entriesOf(situation)).toEqual(['Todo->In Progress posted', 'In Progress->In Review dropped'])
  })

  it('escalates once at the maximum and then parks the change', () => {
    const full = recorded('In Progress').replace('review_round: 0', 'review_round: 3')
    expect(entriesOf({ ...failed, ledger: full })).toEqual(['escalate posted'])
    const more =
      '  - { at: "2026-06-10T09:00:00Z", transition: "escalate", outcome: "posted", note: "x", evidence: "sha256:ab" }\n'
    expect(stepsOf({ ...failed, ledger: full + more })).toEqual([])
    expect(codesOf({ ...failed, ledger: full + more })).toEqual(['sync/parked'])
    const decided =
      '  - { at: "2026-06-10T10:00:00Z", transition: "review->reset", outcome: "posted", note: "x" }\n'
    expect(codesOf({ ...failed, ledger: full.replace('3', '0') + more + decided })).toEqual([])
  })

  it('counts a FAIL only when it is committed', () => {
    const file = 'openspec/changes/add-dark-mode/verify.md'
    const git = {
      branch: 'main',
      head: 'c',
      defaultBranch: 'main',
      role: 'default' as const,
      reason: '',
      touched: [],
      merged: [],
      dirty: [file],
    }
    expect(stepsOf({ ...failed, git })).toEqual([])
    expect(codesOf({ ...failed, git })).toEqual(['sync/uncommitted-verdict'])
  })

  it('reads rounds that were never published back from our own comments, and believes no other comment', () => {
    const other = 'a'.repeat(64)
    const mark = `failed verification (review round 1 of 3, evidence ${shortEvidence(other)})`
    const ours = comment(commentId(CHANGE_ID, 're-queue', shortEvidence(other)), mark)
    const forged = comment('11111111-1111-4111-8111-111111111111', mark)
    expect(stepsOf({ ...failed, comments: [ours] })[0]?.record?.keys).toMatchObject({ review_round: 2 })
    expect(stepsOf({ ...failed, comments: [forged] })[0]?.record?.keys).toMatchObject({ review_round: 1 })
  })
})

describe('two changes bound to one issue', () => {
  it('follow the least advanced of them', () => {
    const other = { 'openspec/changes/add-high-contrast/proposal.md': proposal(recorded('Todo')) }
    const situation = { ledger: recorded('Todo'), tasks: TICKED, state: 'Todo', files: other }
    expect(movesOf(situation)).toEqual([])
    const both = { ...other, 'openspec/changes/add-high-contrast/tasks.md': TICKED }
    expect(movesOf({ ...situation, files: both })).toEqual(['In Progress'])
  })
})

describe('a bind that was interrupted between Linear and the ledger', () => {
  const id = commentId(CHANGE_ID, 'Todo', '0')
  it('is finished as posted, because our comment is there', () => {
    expect(entriesOf({ state: 'Todo', comments: [comment(id)] })).toEqual(['Backlog->Todo posted'])
  })
})

describe('review decisions of people', () => {
  const passed: Situation = {
    ledger: recorded('In Progress'),
    tasks: TICKED,
    verify: verdict('PASS'),
    state: 'In Progress',
  }
  const digest = snapshotOf(passed).changes[0]?.verifyReport.digest ?? ''
  const line = (transition: string) =>
    `  - { at: "2026-06-10T09:00:00Z", transition: "${transition}", outcome: "posted", note: "x", evidence: "${digest}" }\n`

  it('a reopened change waits for a new decision', () => {
    expect(movesOf(passed)).toEqual(['In Review'])
    expect(movesOf({ ...passed, ledger: recorded('In Progress', line('Done->In Progress')) })).toEqual([])
  })

  it('a FAIL that a person approved or reset counts no further round', () => {
    const failed = { ...passed, verify: verdict('FAIL') }
    const evidence = snapshotOf(failed).changes[0]?.verifyReport.digest ?? ''
    for (const decision of ['review->approve', 'review->reset']) {
      expect(
        stepsOf({ ...failed, ledger: recorded('In Progress', line(decision).replace(digest, evidence)) }),
      ).toEqual([])
    }
  })

  it('a change whose binding names two issues sends nothing and is reported', () => {
    const url = 'linear_story_url: https://linear.app/acme/issue/CAM-99/other\n'
    expect(stepsOf({ ledger: url, tasks: TICKED })).toEqual([])
    expect(codesOf({ ledger: url, tasks: TICKED })).toEqual(['binding/disagreement'])
  })

  it('a person who cancels a change whose issue is gone leaves a dropped entry', () => {
    const intent = { change: 'add-dark-mode', to: 'Canceled' as const, note: 'cancelled' }
    expect(entriesOf({ ...passed, issue: null, options: { intent } })).toEqual([
      'In Progress->Canceled dropped',
    ])
  })
})
