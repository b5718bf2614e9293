import { expect, test } from 'vitest'
import { withoutWaiting } from '../support/cli.ts'
import {
  CHANGE,
  changeFiles,
  codesOf,
  createScenario,
  ledgerOf,
  PROPOSAL,
  readFile,
  type Scenario,
  VERIFY,
  verifyText,
} from '../support/scenario.ts'

async function started(more = '') {
  const scenario = await createScenario({ state: 'In Progress' })
  scenario.repository.commit('Start', changeFiles({ phase: 'In Progress', recorded: 'In Progress', more }))
  return scenario
}

async function decide({ repository, opsx }: Scenario, decision: 'PASS' | 'FAIL', round: number) {
  repository.commit(`${decision} ${round}`, { [VERIFY]: verifyText(decision, round) })
  return opsx(['sync', '--json'])
}

/** Three counted failures and a fourth that escalates. */
async function parked() {
  const scenario = await started()
  for (const round of [1, 2, 3, 4]) await decide(scenario, 'FAIL', round)
  return scenario
}

const roundOf = ({ repository }: Scenario) =>
  Number(/review_round: (\d+)/.exec(readFile(repository, PROPOSAL))?.[1])

test('a FAIL that is not committed does not count, and sync reports that it waits for a commit', async () => {
  const scenario = await started()
  const { repository, opsx, board } = scenario
  const before = readFile(repository, PROPOSAL)
  for (const round of [1, 2, 3]) {
    repository.write({ [VERIFY]: verifyText('FAIL', round) })
    const ran = await opsx(['sync', '--json'])
    expect(codesOf(ran)).toEqual(['sync/uncommitted-verdict'])
    expect(ran.exitCode).toBe(0)
  }
  expect(board()).toMatchObject({ mutations: 0, comments: 0 })
  expect(readFile(repository, PROPOSAL)).toBe(before)

  repository.commit('Fail')
  await opsx(['sync'])
  expect(board()).toMatchObject({ mutations: 1, moves: 0, comments: 1 })
  expect(roundOf(scenario)).toBe(1)
})

test('the same evidence counts once, however often sync runs and another user commits it again', async () => {
  const scenario = await started()
  await decide(scenario, 'FAIL', 1)
  await scenario.opsx(['sync'])
  scenario.repository.commit('Windows', { [VERIFY]: verifyText('FAIL', 1).replaceAll('\n', '\r\n') })
  await scenario.opsx(['sync'])
  expect(scenario.board()).toMatchObject({ mutations: 1, comments: 1, state: 'In Progress' })
  expect(ledgerOf(scenario.repository).slice(1)).toEqual(['In Progress->In Review dropped'])
  expect(roundOf(scenario)).toBe(1)
})

test('a FAIL after review moves the issue back: In Review to In Progress, one round more, one comment', async () => {
  const scenario = await createScenario({ state: 'In Review' })
  scenario.repository.commit('Review', changeFiles({ phase: 'In Review', recorded: 'In Review' }))
  await decide(scenario, 'FAIL', 2)
  expect(scenario.board()).toEqual({ mutations: 2, moves: 1, comments: 1, state: 'In Progress' })
  expect(ledgerOf(scenario.repository).at(-1)).toBe('In Review->In Progress posted')
  expect(roundOf(scenario)).toBe(1)
  await decide(scenario, 'PASS', 3)
  expect(scenario.board()).toEqual({ mutations: 4, moves: 2, comments: 2, state: 'In Review' })
  expect(roundOf(scenario)).toBe(1)
})

test('the failure after the last round escalates once, and parks the change for a person', async () => {
  const scenario = await parked()
  const { opsx, board, linear, repository } = scenario
  expect(board()).toMatchObject({ moves: 0, comments: 4 })
  expect(linear.store.comments('LOC-1').at(-1)?.body).toContain('parked until a person decides')
  expect(ledgerOf(repository).at(-1)).toBe('escalate posted')
  expect(roundOf(scenario)).toBe(3)

  const { mutations } = linear.counters
  const before = readFile(repository, PROPOSAL)
  for (const [decision, round] of [
    ['FAIL', 5],
    ['FAIL', 6],
    ['PASS', 7],
  ] as const) {
    const ran = await decide(scenario, decision, round)
    expect(codesOf(ran)).toEqual(['sync/parked'])
    expect(ran.stdout).toContain('Review round 3 of 3 has failed; a reviewer must decide')
  }
  expect(linear.counters.mutations).toBe(mutations)
  expect(readFile(repository, PROPOSAL)).toBe(before)
  const status = await opsx(['status'])
  expect(status.stdout).toContain('Review round 3 of 3 has failed; a reviewer must decide')
  expect(codesOf(await opsx(['status', '--json']))).toEqual(['sync/parked'])
})

test('max_review_rounds of the proposal wins over the default', async () => {
  const scenario = await started('max_review_rounds: 1\n')
  await decide(scenario, 'FAIL', 1)
  await decide(scenario, 'FAIL', 2)
  expect(ledgerOf(scenario.repository).at(-1)).toBe('escalate posted')
  expect((await scenario.opsx(['status'])).stdout).toContain(
    'Review round 1 of 1 has failed; a reviewer must decide',
  )
})

test.each(['approve', 'reset'])('review %s unparks, restarts the count and moves nothing', async verb => {
  const scenario = await parked()
  const { opsx, linear, repository } = scenario
  const { mutations } = linear.counters
  const ran = await opsx(['review', verb, CHANGE, '--reason', 'good enough', '--by', 'Ada', '--json'])
  expect(ran.exitCode).toBe(0)
  expect(linear.counters.mutations).toBe(mutations)
  expect(ledgerOf(repository).at(-1)).toBe(`review->${verb} posted`)
  expect(readFile(repository, PROPOSAL)).toContain('good enough (Ada)')
  expect(roundOf(scenario)).toBe(0)
  expect((await opsx(['status'])).stdout).not.toContain('needs a person')

  const again = readFile(repository, PROPOSAL)
  await opsx(['review', verb, CHANGE, '--reason', 'good enough'])
  await opsx(['sync'])
  expect(readFile(repository, PROPOSAL)).toBe(again)
  expect(linear.counters.mutations).toBe(mutations)

  await decide(scenario, 'FAIL', 8)
  expect(roundOf(scenario)).toBe(1)
  await decide(scenario, 'PASS', 9)
  expect(scenario.board()).toMatchObject({ moves: 1, state: 'In Review' })
})

test('review reject unparks without restarting the count: the next failure escalates again', async () => {
  const scenario = await parked()
  await scenario.opsx(['review', 'reject', CHANGE, '--reason', 'no'])
  expect((await scenario.opsx(['status'])).stdout).not.toContain('needs a person')
  expect(roundOf(scenario)).toBe(3)
  await decide(scenario, 'FAIL', 5)
  expect(ledgerOf(scenario.repository).filter(entry => entry === 'escalate posted')).toHaveLength(2)
})

test('review reject on a PASS: the next sync moves the issue back and counts a round, once', async () => {
  const scenario = await started()
  const { opsx, board, repository } = scenario
  await decide(scenario, 'PASS', 1)
  expect(board()).toEqual({ mutations: 2, moves: 1, comments: 1, state: 'In Review' })
  const rejected = await opsx(['review', 'reject', CHANGE, '--reason', 'contrast below AA', '--by', 'Ada'])
  expect(rejected.exitCode).toBe(0)
  expect(board()).toMatchObject({ mutations: 2, state: 'In Review' })
  expect((await opsx(['status', '--json'])).json().changes[0].phase).toBe('In Progress')

  expect((await opsx(['sync'])).stdout).toContain(
    '✓ In Review → In Progress: rejected in review (review round 1 of 3)',
  )
  await opsx(['sync'])
  expect(board()).toEqual({ mutations: 4, moves: 2, comments: 2, state: 'In Progress' })
  expect(ledgerOf(repository).slice(-2)).toEqual(['review->reject posted', 'In Review->In Progress posted'])
  expect(roundOf(scenario)).toBe(1)

  await opsx(['review', 'reject', CHANGE, '--reason', 'contrast below AA'])
  await opsx(['sync'])
  expect(board()).toMatchObject({ mutations: 4 })
  await decide(scenario, 'PASS', 2)
  expect(board()).toEqual({ mutations: 6, moves: 3, comments: 3, state: 'In Review' })
})

test('review reject without a decision, or without a reason, is refused and writes nothing', async () => {
  const { opsx, repository } = await started()
  const refused = await opsx(['review', 'reject', CHANGE, '--reason', 'no', '--json'])
  expect(refused.exitCode).toBe(1)
  expect(refused.json().error.code).toBe('REVIEW_REFUSED')
  expect((await opsx(['review', 'reject', CHANGE])).exitCode).toBe(2)
  expect(repository.status()).toEqual([])
})

test('sync --commit publishes the decision of a person together with what follows from it', async () => {
  const scenario = await started()
  await decide(scenario, 'PASS', 1)
  await scenario.opsx(['review', 'reject', CHANGE, '--reason', 'contrast'])
  expect((await scenario.opsx(['sync', '--commit'])).stderr).toContain('ledger committed')
  const committed = scenario.repository.git('show', `HEAD:${PROPOSAL}`)
  for (const transition of ['review->reject', 'In Review->In Progress'])
    expect(committed).toContain(transition)
  expect(scenario.repository.status()).toEqual([])
})

test('a change with the recorded state Todo and an empty log was synced before', async () => {
  const { repository, opsx, board } = await createScenario({ state: 'Todo' })
  const files = changeFiles({ phase: 'In Progress', more: 'last_synced_state: Todo\n' })
  repository.commit('Start', files)
  const { changes } = (await opsx(['status', '--json'])).json()
  expect(changes[0].ledger.lastSyncedState).toBe('Todo')
  await opsx(['sync'])
  expect(board()).toMatchObject({ moves: 1, comments: 1, state: 'In Progress' })
  expect(ledgerOf(repository)).toEqual(['Todo->In Progress posted'])
})

test('an outage logs no failed transition for a parked change', async () => {
  const scenario = await parked()
  const { repository, opsx, linear } = scenario
  const before = ledgerOf(repository)
  repository.commit('Pass', { [VERIFY]: verifyText('PASS', 9) })
  linear.faults.inject({ kind: 'bad-gateway', times: 100 })
  await opsx(['sync'], { wrap: withoutWaiting })
  expect(ledgerOf(repository)).toEqual(before)
})
