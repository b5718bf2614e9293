import { expect, test } from 'vitest'
import { createSharedScenario, push } from '../support/checkouts.ts'
import type { Repository } from '../support/git-repository.ts'
import { changeFiles, codesOf, ledgerOf, REGISTRY, registryText, type Scenario } from '../support/scenario.ts'

const SILENT = { mutations: 0, moves: 0, comments: 0, state: 'Todo' }
const MOVED = { mutations: 2, moves: 1, comments: 1, state: 'In Progress' }

/** T2 of the change is due; the change is on main, or on the branch feature alone. */
async function due(where: 'main' | 'feature') {
  const scenario = await createSharedScenario({ state: 'Todo' })
  if (where === 'feature') scenario.repository.branch('feature')
  scenario.repository.commit('Start', changeFiles({ phase: 'In Progress', recorded: 'Todo' }))
  push(scenario.repository)
  return scenario
}

/** Syncs in a checkout that must write nothing; resolves to the message with the reason. */
async function silence(scenario: Scenario, checkout: Repository, env: Record<string, string> = {}) {
  const ran = await scenario.opsx(['sync', '--json'], { cwd: checkout.path, env })
  expect(ran.exitCode).toBe(0)
  expect(codesOf(ran)).toEqual(['sync/read-only'])
  expect(scenario.board()).toEqual(SILENT)
  expect(checkout.status()).toEqual([])
  return ran.json().findings[0].message
}

test('a release branch with the change cherry-picked writes nothing', async () => {
  const scenario = await createSharedScenario({ state: 'Todo' })
  const { repository } = scenario
  repository.branch('release/1.0')
  push(repository, 'Release')
  repository.checkout('main')
  const start = repository.commit('Start', changeFiles({ phase: 'In Progress', recorded: 'Todo' }))
  push(repository, 'More work')
  repository.checkout('release/1.0')
  repository.git('cherry-pick', '-x', start)
  expect(await silence(scenario, repository)).toContain('no commit on release/1.0 changes')
})

test('a release branch with a cherry-pick whose conflict was resolved writes nothing', async () => {
  const scenario = await createSharedScenario({ state: 'Todo' })
  const { repository } = scenario
  repository.commit('Propose', changeFiles({ phase: 'Todo', recorded: 'Todo' }))
  push(repository)
  repository.branch('release/1.0')
  repository.checkout('main')
  const start = repository.commit('Start', changeFiles({ phase: 'In Progress', recorded: 'Todo' }))
  push(repository)
  repository.checkout('release/1.0')
  repository.git('cherry-pick', '-x', '--no-commit', start)
  repository.write({ 'openspec/changes/add-dark-mode/tasks.md': '- [x] 1.1 Add the theme, by hand\n' })
  repository.git('add', '--all')
  repository.git('commit', '--quiet', '-m', `Start\n\n(cherry picked from commit ${start})`)
  expect(await silence(scenario, repository)).toContain('no commit on release/1.0 changes')
})

test('a fork checkout without a key asks nothing and writes nothing', async () => {
  const scenario = await createSharedScenario({ state: 'Todo', seed: { organization: { urlKey: 'acme' } } })
  const { repository, linear, opsx, board } = scenario
  repository.branch('feature')
  repository.commit('Start', {
    ...changeFiles({ phase: 'In Progress', recorded: 'Todo' }),
    [REGISTRY]: registryText({ slug: 'acme' }),
  })
  push(repository)
  const fork = scenario.clone('--branch', 'feature')
  for (const flags of [[], ['--strict']]) {
    const env = { LINEAR_API_KEY: undefined }
    const ran = await opsx(['sync', '--json', ...flags], { cwd: fork.path, env })
    expect(ran.exitCode).toBe(0)
    expect(ran.json().findings[0].message).toContain('Linear was not checked: there is no LINEAR_API_KEY')
  }
  expect(linear.counters.requests).toBe(0)
  expect(board()).toEqual(SILENT)
  expect(fork.status()).toEqual([])
})

test('a shallow clone of the default branch takes everything', async () => {
  const { opsx, board, clone } = await due('main')
  const shallow = clone('--depth', '1')
  await opsx(['sync'], { cwd: shallow.path })
  expect(board()).toEqual(MOVED)
  expect(ledgerOf(shallow)).toEqual(['Backlog->Todo posted', 'Todo->In Progress posted'])
})

test('a shallow clone of a feature branch writes nothing and reports how to fetch the history', async () => {
  const scenario = await due('feature')
  const shallow = scenario.clone('--depth', '1', '--branch', 'feature')
  expect(await silence(scenario, shallow)).toContain('the clone is shallow; fetch the history')
  shallow.git('fetch', '--quiet', '--depth', '1', 'origin', '+refs/heads/*:refs/remotes/origin/*')
  expect(await silence(scenario, shallow)).toContain('the clone is shallow; fetch the history')
})

test('a detached head in CI at the tip of the default branch takes everything', async () => {
  const { opsx, board, clone } = await due('main')
  const job = clone()
  job.git('checkout', '--quiet', '--detach', 'origin/main')
  job.git('branch', '--quiet', '--delete', '--force', 'main')
  const env = { CI: 'true', GITHUB_REF_NAME: 'main', GITHUB_EVENT_NAME: 'push' }
  await opsx(['sync'], { cwd: job.path, env })
  expect(board()).toEqual(MOVED)
})

test('a detached head in CI at the tip of the own branch takes T2', async () => {
  const { opsx, board, clone } = await due('feature')
  const job = clone()
  job.git('checkout', '--quiet', '--detach', 'origin/feature')
  const env = { CI: 'true', GITHUB_HEAD_REF: 'feature', GITHUB_EVENT_NAME: 'pull_request' }
  await opsx(['sync'], { cwd: job.path, env })
  expect(board()).toEqual(MOVED)
})

test("a detached head in CI on a pull request's merge commit writes nothing", async () => {
  const scenario = await due('feature')
  const job = scenario.clone()
  job.git('checkout', '--quiet', '--detach', 'origin/main')
  job.git('merge', '--quiet', '--no-ff', '--no-edit', 'origin/feature')
  const env = { CI: 'true', GITHUB_REF_NAME: '7/merge', GITHUB_EVENT_NAME: 'pull_request' }
  expect(await silence(scenario, job, env)).toContain("a pull request's merge commit")
})

test('a detached old commit writes nothing', async () => {
  const scenario = await due('main')
  const { repository } = scenario
  push(repository, 'More work')
  repository.git('checkout', '--quiet', '--detach', 'HEAD~1')
  expect(await silence(scenario, repository)).toContain('no branch of the remote points there')
})
