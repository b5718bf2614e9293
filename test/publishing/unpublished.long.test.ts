import { expect, test } from 'vitest'
import { createSharedScenario, push, type SharedScenario } from '../support/checkouts.ts'
import {
  ADA,
  changeFiles,
  DIRECTORY,
  ledgerOf,
  PROPOSAL,
  readFile,
  VERIFY,
  verifyText,
} from '../support/scenario.ts'

async function started(recorded: 'In Progress' | 'Todo' = 'In Progress') {
  const scenario = await createSharedScenario({ state: recorded })
  scenario.repository.commit('Start', changeFiles({ phase: 'In Progress', recorded }))
  push(scenario.repository)
  return scenario
}

/** One sync in a fresh clone whose ledger is never published; resolves to that clone. */
async function syncAfresh({ opsx, clone }: SharedScenario) {
  const checkout = clone()
  const ran = await opsx(['sync', '--publish', 'none'], { cwd: checkout.path })
  expect(ran.exitCode).toBe(0)
  return { checkout, ran }
}

async function decide({ repository }: SharedScenario, decision: 'PASS' | 'FAIL', round: number) {
  repository.commit(`${decision} ${round}`, { [VERIFY]: verifyText(decision, round) })
  repository.git('push', '--quiet')
}

test('with --publish none, git is untouched and fresh clones neither move nor comment twice', async () => {
  const scenario = await started('Todo')
  const tips = scenario.remote.git('for-each-ref')
  for (const run of [1, 2, 3]) {
    const { checkout } = await syncAfresh(scenario)
    expect([run, scenario.board()]).toEqual([
      run,
      { mutations: 2, moves: 1, comments: 1, state: 'In Progress' },
    ])
    expect(ledgerOf(checkout)).toEqual(['Backlog->Todo posted', 'Todo->In Progress posted'])
    expect(checkout.git('rev-parse', 'HEAD')).toBe(scenario.repository.git('rev-parse', 'HEAD'))
  }
  expect(scenario.remote.git('for-each-ref')).toBe(tips)
})

test('the whole story from fresh clones: each transition moves the issue and is commented once', async () => {
  const scenario = await started('Todo')
  await syncAfresh(scenario)
  await decide(scenario, 'PASS', 1)
  for (let run = 0; run < 2; run += 1) await syncAfresh(scenario)
  expect(scenario.board()).toEqual({ mutations: 4, moves: 2, comments: 2, state: 'In Review' })
  scenario.repository.git('mv', DIRECTORY, 'openspec/changes/archive/2026-01-02-add-dark-mode')
  push(scenario.repository, 'Archive')
  for (let run = 0; run < 2; run += 1) await syncAfresh(scenario)
  expect(scenario.board()).toEqual({ mutations: 6, moves: 3, comments: 3, state: 'Done' })
})

test('the round is read back from our own comments: 1, 2, 3, then one escalation, however often it fails', async () => {
  const scenario = await started()
  for (const round of [1, 2, 3]) {
    await decide(scenario, 'FAIL', round)
    for (let run = 0; run < 2; run += 1) {
      const { checkout } = await syncAfresh(scenario)
      expect(readFile(checkout, PROPOSAL)).toContain(`review_round: ${round}`)
      expect(ledgerOf(checkout).at(-1)).toBe('In Progress->In Review dropped')
      expect(scenario.board()).toMatchObject({ moves: 0, comments: round })
    }
    const bodies = scenario.linear.store.comments('LOC-1').map(({ body }) => body)
    expect(bodies.at(-1)).toContain(`review round ${round} of 3`)
  }
  for (const round of [4, 5, 6]) {
    await decide(scenario, 'FAIL', round)
    for (let run = 0; run < 2; run += 1) await syncAfresh(scenario)
    expect(scenario.board()).toMatchObject({ moves: 0, comments: 4, state: 'In Progress' })
  }
  expect(scenario.linear.store.comments('LOC-1').at(-1)?.body).toContain('parked until a person decides')
})

test('a change that was parked in an unpublished ledger stays parked when it passes', async () => {
  const scenario = await started()
  for (const round of [1, 2, 3, 4]) {
    await decide(scenario, 'FAIL', round)
    await syncAfresh(scenario)
  }
  await decide(scenario, 'PASS', 5)
  const { ran } = await syncAfresh(scenario)
  expect(ran.stderr).toContain('[sync/parked]')
  expect(scenario.board()).toMatchObject({ moves: 0, comments: 4, state: 'In Progress' })
})

test('a person’s reset restarts the count that fresh clones read back', async () => {
  const scenario = await started()
  const { repository, opsx } = scenario
  for (const round of [1, 2]) {
    await decide(scenario, 'FAIL', round)
    await syncAfresh(scenario)
  }
  const seconds = Math.floor(Date.now() / 1000)
  while (Math.floor(Date.now() / 1000) === seconds) await new Promise(resolve => setImmediate(resolve))
  await opsx(['review', 'reset', 'add-dark-mode', '--reason', 'new plan'])
  push(repository, 'Reset')
  await decide(scenario, 'FAIL', 3)
  const { checkout } = await syncAfresh(scenario)
  expect(readFile(checkout, PROPOSAL)).toContain('review_round: 1')
})

test('a comment of a user about rounds does not count', async () => {
  const scenario = await started()
  const { linear } = scenario
  linear.store.addComment('LOC-1', 'failed (review round 2 of 3, evidence 0123456789ab).', 'Ada')
  await decide(scenario, 'FAIL', 1)
  const { checkout } = await syncAfresh(scenario)
  expect(readFile(checkout, PROPOSAL)).toContain('review_round: 1')
})

test('a FAIL after a review that was not published still moves the issue back, once', async () => {
  const scenario = await started()
  await decide(scenario, 'PASS', 1)
  await syncAfresh(scenario)
  await decide(scenario, 'FAIL', 2)
  const { checkout } = await syncAfresh(scenario)
  expect(ledgerOf(checkout).at(-1)).toBe('In Review->In Progress posted')
  expect(scenario.board()).toEqual({ mutations: 4, moves: 2, comments: 2, state: 'In Progress' })
  await syncAfresh(scenario)
  expect(scenario.board()).toMatchObject({ moves: 2, comments: 2, state: 'In Progress' })
  await decide(scenario, 'PASS', 3)
  await syncAfresh(scenario)
  expect(scenario.board()).toMatchObject({ moves: 3, comments: 3, state: 'In Review' })
})

test('an issue that a person moved to review is not moved back by a FAIL', async () => {
  const scenario = await started()
  scenario.linear.store.moveIssue('LOC-1', 'In Review', ADA)
  await decide(scenario, 'FAIL', 1)
  await syncAfresh(scenario)
  expect(scenario.board()).toMatchObject({ moves: 0, comments: 1, state: 'In Review' })
})
