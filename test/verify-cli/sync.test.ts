import { expect, test } from 'vitest'
import { createScenario, ledgerOf, PROPOSAL, readFile, type Scenario, VERIFY } from '../support/scenario.ts'
import { BASE, CHANGE, CODE, changeOf, DONE, OPEN, TASKS } from './subject.ts'

const BINDING = `---
linear_story_identifier: LOC-1
linear_team: LOC
opsx_change_id: 11111111-2222-4333-8444-000000000001
linear_story_state: In Progress
last_synced_state: In Progress
last_synced_at: 2026-01-02T10:00:00Z
review_round: 0
attempt_log:
  - { at: "2026-01-02T10:00:00Z", transition: "Todo->In Progress", outcome: "posted", note: "before" }
---

`

/** A bound change in progress on the default branch, in step with Linear. */
async function inProgress(tasks: string): Promise<Scenario> {
  const scenario = await createScenario({ state: 'In Progress', files: BASE })
  const files = changeOf({ tasks, frontmatter: BINDING })
  scenario.repository.commit('Work', { ...files, [CODE]: 'export const dark = 1\n' })
  return scenario
}

async function verifyAndSync({ opsx, repository }: Scenario): Promise<void> {
  await opsx(['verify', '--all', '--write'])
  repository.commit('Verify')
  expect((await opsx(['sync', '--json'])).exitCode).toBe(0)
  repository.commit('Sync')
}

const roundOf = ({ repository }: Scenario) =>
  Number(/review_round: (\d+)/.exec(readFile(repository, PROPOSAL))?.[1])
const decisionOf = ({ repository }: Scenario) =>
  /^- \[x\] \((\w+)\)/m.exec(readFile(repository, VERIFY).split('## Overall Decision')[1] ?? '')?.[1]

test('a FAIL re-queues once per digest, however often verify --write and sync run', async () => {
  const scenario = await inProgress(OPEN)
  for (let time = 0; time < 3; time++) await verifyAndSync(scenario)
  expect(decisionOf(scenario)).toBe('fail')
  expect(ledgerOf(scenario.repository).slice(1)).toEqual(['In Progress->In Review dropped'])
  expect(roundOf(scenario)).toBe(1)
  expect(scenario.board()).toEqual({ mutations: 1, moves: 0, comments: 1, state: 'In Progress' })
  expect(scenario.repository.status()).toEqual([])

  scenario.repository.commit('Try', { [TASKS]: OPEN.replace('Add the switch', 'Add the big switch') })
  for (let time = 0; time < 2; time++) await verifyAndSync(scenario)
  expect(roundOf(scenario)).toBe(2)
  expect(scenario.board()).toMatchObject({ moves: 0, comments: 2 })
})

test('a PASS moves the issue to In Review, once', async () => {
  const scenario = await inProgress(DONE)
  for (let time = 0; time < 3; time++) await verifyAndSync(scenario)
  expect(decisionOf(scenario)).toBe('pass')
  expect(ledgerOf(scenario.repository).slice(1)).toEqual(['In Progress->In Review posted'])
  expect(scenario.board()).toMatchObject({ moves: 1, comments: 1, state: 'In Review' })
})

test('a rejected decision is not renewed by verifying the same again, but by other work', async () => {
  const scenario = await inProgress(DONE)
  await verifyAndSync(scenario)
  const { opsx, repository, board } = scenario
  const rejected = await opsx([
    'review',
    'reject',
    CHANGE,
    '--reason',
    'the switch is too small',
    '--by',
    'Ada',
  ])
  expect(rejected.exitCode).toBe(0)
  repository.commit('Reject')
  for (let time = 0; time < 2; time++) await verifyAndSync(scenario)
  const status = await opsx(['status', CHANGE, '--json'])
  expect(status.json().changes[0].phase).toBe('In Progress')
  expect(board().state).toBe('In Progress')
  expect(roundOf(scenario)).toBe(1)

  repository.commit('Repair', { [TASKS]: `${DONE}- [x] 1.3 Make the switch bigger\n` })
  for (let time = 0; time < 2; time++) await verifyAndSync(scenario)
  expect(board().state).toBe('In Review')
  expect(roundOf(scenario)).toBe(1)
})

test('a FAIL that follows a PASS moves the issue back, and a PASS after that forward again', async () => {
  const scenario = await inProgress(DONE)
  await verifyAndSync(scenario)
  scenario.repository.commit('Find more to do', { [TASKS]: OPEN })
  expect((await scenario.opsx(['verify'])).exitCode).toBe(1)
  await verifyAndSync(scenario)
  expect(scenario.board().state).toBe('In Progress')
  expect((await scenario.opsx(['verify'])).exitCode).toBe(0)
  scenario.repository.commit('Do it', { [TASKS]: DONE })
  await verifyAndSync(scenario)
  expect(scenario.board().state).toBe('In Review')
  expect(ledgerOf(scenario.repository).slice(1)).toEqual([
    'In Progress->In Review posted',
    'In Review->In Progress posted',
    'In Progress->In Review posted',
  ])
  expect(roundOf(scenario)).toBe(1)
})
