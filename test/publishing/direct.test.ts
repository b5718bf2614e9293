import { expect, test } from 'vitest'
import { createSharedScenario, kept, push } from '../support/checkouts.ts'
import { addHook, cloneOf } from '../support/git-repository.ts'
import {
  CHANGE,
  changeFiles,
  createScenario,
  DIRECTORY,
  ledgerOf,
  PROPOSAL,
  readFile,
} from '../support/scenario.ts'

const MOVED = { mutations: 2, moves: 1, comments: 1, state: 'In Progress' }
const LEDGER = ['Backlog->Todo posted', 'Todo->In Progress posted']

/** T2 is due, committed and pushed on main. */
async function due() {
  const scenario = await createSharedScenario({ state: 'Todo' })
  scenario.repository.commit('Start', changeFiles({ phase: 'In Progress', recorded: 'Todo' }))
  push(scenario.repository)
  return scenario
}

test('--commit makes one commit of ledger lines alone and leaves every other edit uncommitted', async () => {
  const { repository, opsx, board } = await createScenario({ state: 'Todo' })
  repository.commit('Start', changeFiles({ phase: 'In Progress', recorded: 'Todo' }))
  const mine = `${readFile(repository, PROPOSAL)}\nA sentence that is not finished\n`
  repository.write({ [PROPOSAL]: mine, [`${DIRECTORY}/notes.md`]: 'mine\n' })
  const ran = await opsx(['sync', '--commit', '--json'])
  expect(ran.exitCode).toBe(0)
  expect(ran.json().published.commit).toBe(repository.git('rev-parse', 'HEAD'))
  expect(repository.git('show', '--name-only', '--format=%s', 'HEAD').split('\n').filter(Boolean)).toEqual([
    'Record Linear transitions in the change ledger',
    PROPOSAL,
  ])
  expect(repository.git('show', `HEAD:${PROPOSAL}`)).not.toContain('not finished')
  expect(repository.git('show', `HEAD:${PROPOSAL}`)).toContain('Todo->In Progress')
  expect(repository.git('show', '-s', '--format=%b')).toContain(`${CHANGE}: Todo->In Progress posted`)
  expect(repository.status()).toEqual([` M ${PROPOSAL}`, `?? ${DIRECTORY}/notes.md`])

  const head = repository.git('rev-parse', 'HEAD')
  await opsx(['sync', '--commit'])
  expect(repository.git('rev-parse', 'HEAD')).toBe(head)
  expect(board()).toEqual(MOVED)
})

test('--commit also commits what an earlier run without it wrote', async () => {
  const { repository, opsx, board } = await due()
  await opsx(['sync'])
  expect(repository.status()).toEqual([` M ${PROPOSAL}`])
  await opsx(['sync', '--commit'])
  expect(repository.status()).toEqual([])
  expect(board()).toEqual(MOVED)
})

test('--push lands on the upstream branch', async () => {
  const { repository, remote, opsx, board } = await due()
  const ran = await opsx(['sync', '--push', '--json'])
  expect(ran.json().published).toMatchObject({ pushed: 'main' })
  expect(remote.git('show', `main:${PROPOSAL}`)).toContain('Todo->In Progress')
  expect(repository.status()).toEqual([])
  expect(board()).toEqual(MOVED)
})

test('--push onto an upstream that moved builds on it and loses nothing', async () => {
  const { repository, remote, opsx, board, clone } = await due()
  const other = clone()
  other.commit('Somebody else', { 'README.md': 'read me\n' })
  other.git('push', '--quiet')
  const ran = await opsx(['sync', '--push'])
  expect(ran.exitCode).toBe(0)
  expect(ran.stderr).toContain('pushed to main')
  expect(remote.git('log', '--format=%s', 'main').split('\n').slice(0, 2)).toEqual([
    'Record Linear transitions in the change ledger',
    'Somebody else',
  ])
  expect(remote.git('show', `main:${PROPOSAL}`)).toContain('Todo->In Progress')
  expect(repository.git('rev-parse', 'HEAD')).toBe(remote.git('rev-parse', 'main'))
  expect(repository.status()).toEqual([])
  await opsx(['sync', '--push'])
  expect(board()).toEqual(MOVED)
})

test('two clones that push the same transition leave one entry', async () => {
  const { remote, opsx, board, clone } = await due()
  const [one, two] = [clone(), clone()]
  for (const { path } of [one, two]) expect((await opsx(['sync', '--push'], { cwd: path })).exitCode).toBe(0)
  const last = kept(cloneOf(remote))
  expect(ledgerOf(last)).toEqual(LEDGER)
  expect(board()).toMatchObject({ moves: 1, comments: 1 })
})

test('a refused --push ends with 1 and the way out, keeps the lines, and the next one publishes them', async () => {
  const { repository, remote, opsx, board } = await due()
  addHook(remote, 'pre-receive', 'echo "error: GH006: Protected branch update failed" >&2; exit 1')
  const ran = await opsx(['sync', '--push', '--json'])
  expect(ran.exitCode).toBe(1)
  expect(ran.json().error).toMatchObject({ code: 'PUBLISH_FAILED' })
  expect(ran.json().error.message).toContain('Protected branch')
  expect(ran.json().error.hint).toContain('--publish pull-request')
  expect(ledgerOf(repository)).toEqual(LEDGER)
  expect(board()).toEqual(MOVED)

  addHook(remote, 'pre-receive', 'exit 0')
  expect((await opsx(['sync', '--push'])).exitCode).toBe(0)
  expect(remote.git('show', `main:${PROPOSAL}`)).toContain('Todo->In Progress')
  expect(board()).toEqual(MOVED)
})

test('--push on a branch without upstream ends with 1 and the command that makes one', async () => {
  const { repository, opsx } = await due()
  repository.branch('feature')
  repository.commit('More', { [`${DIRECTORY}/notes.md`]: 'n\n' })
  const ran = await opsx(['sync', '--push', '--json'])
  expect(ran.exitCode).toBe(1)
  expect(ran.json().error.hint).toContain('git push --set-upstream origin feature')
})

test('--publish with --commit is a usage error, exit 2, before anything happens', async () => {
  const { opsx, linear } = await due()
  expect((await opsx(['sync', '--publish', 'none', '--commit'])).exitCode).toBe(2)
  expect(linear.counters.requests).toBe(0)
})
