import { renameSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createSharedScenario, push } from '../support/checkouts.ts'
import type { Repository } from '../support/git-repository.ts'
import {
  ARCHIVE,
  CHANGE,
  changeFiles,
  codesOf,
  DIRECTORY,
  ledgerOf,
  PROPOSAL,
  readFile,
  VERIFY,
  verifyText,
} from '../support/scenario.ts'

const SILENT = { mutations: 0, moves: 0, comments: 0 }

/** A branch that adds the change: issue and ledger are at Todo, its first task is checked. */
async function onFeature() {
  const scenario = await createSharedScenario({ state: 'Todo' })
  const { repository } = scenario
  repository.branch('feature')
  repository.commit('Start', changeFiles({ phase: 'In Progress', recorded: 'Todo' }))
  push(repository)
  return scenario
}

function archive(repository: Repository): void {
  repository.git('mv', DIRECTORY, ARCHIVE)
}

test('a feature branch takes T2, re-queue and T3 of its own change: 2 moves and 3 comments', async () => {
  const { repository, opsx, board } = await onFeature()
  expect((await opsx(['sync'])).exitCode).toBe(0)
  expect(board()).toEqual({ mutations: 2, moves: 1, comments: 1, state: 'In Progress' })

  repository.commit('Fail', { [VERIFY]: verifyText('FAIL') })
  await opsx(['sync'])
  expect(board()).toEqual({ mutations: 3, moves: 1, comments: 2, state: 'In Progress' })

  repository.commit('Pass', { [VERIFY]: verifyText('PASS') })
  await opsx(['sync'])
  expect(board()).toEqual({ mutations: 5, moves: 2, comments: 3, state: 'In Review' })
  expect(ledgerOf(repository)).toEqual([
    'Backlog->Todo posted',
    'Todo->In Progress posted',
    'In Progress->In Review dropped',
    'In Progress->In Review posted',
  ])
})

test('a feature branch that only has uncommitted files of its new change takes T1', async () => {
  const { repository, opsx, board } = await createSharedScenario()
  repository.branch('feature')
  repository.write(changeFiles({ phase: 'Todo' }))
  await opsx(['sync'])
  expect(board()).toEqual({ mutations: 2, moves: 1, comments: 1, state: 'Todo' })
})

test('a change archived on a branch writes nothing there, and Done on the default branch after the merge', async () => {
  const { repository, opsx, board, linear } = await createSharedScenario({ state: 'In Review' })
  repository.commit('Review', changeFiles({ phase: 'In Review', recorded: 'In Review' }))
  push(repository)
  repository.branch('feature')
  archive(repository)
  push(repository)
  const before = readFile(repository, `${ARCHIVE}/proposal.md`)
  const waiting = await opsx(['sync', '--json'])
  expect(waiting.exitCode).toBe(0)
  expect(codesOf(waiting)).toEqual(['sync/waits-for-merge'])
  expect(waiting.json().findings[0].message).toContain('merged to main')
  expect(board()).toEqual({ ...SILENT, state: 'In Review' })
  expect(readFile(repository, `${ARCHIVE}/proposal.md`)).toBe(before)

  repository.checkout('main')
  repository.git('merge', '--quiet', '--no-ff', '--no-edit', 'feature')
  expect(codesOf(await opsx(['sync', '--json']))).toEqual(['sync/waits-for-merge'])
  expect(board()).toEqual({ ...SILENT, state: 'In Review' })

  repository.git('push', '--quiet')
  await opsx(['sync'])
  expect(board()).toEqual({ mutations: 2, moves: 1, comments: 1, state: 'Done' })
  expect(ledgerOf(repository, `${ARCHIVE}/proposal.md`).at(-1)).toBe('In Review->Done posted')
  await opsx(['sync'])
  expect(linear.counters.mutations).toBe(2)
})

test('a rebased branch goes on where it was: nothing at once, T3 when it is due', async () => {
  const { repository, opsx, board } = await onFeature()
  await opsx(['sync', '--commit'])
  repository.checkout('main')
  repository.commit('Other work', { 'README.md': 'read me\n' })
  repository.git('push', '--quiet')
  repository.checkout('feature')
  repository.git('rebase', '--quiet', 'main')
  await opsx(['sync'])
  expect(board()).toEqual({ mutations: 2, moves: 1, comments: 1, state: 'In Progress' })

  repository.commit('Pass', { [VERIFY]: verifyText('PASS') })
  await opsx(['sync'])
  expect(board()).toEqual({ mutations: 4, moves: 2, comments: 2, state: 'In Review' })
})

test('two branches of one change share one move and one comment; the second one records what the first did', async () => {
  const { repository, opsx, board } = await createSharedScenario({ state: 'Todo' })
  repository.commit('Propose', changeFiles({ phase: 'Todo', recorded: 'Todo' }))
  push(repository)
  for (const name of ['one', 'two']) {
    repository.branch(name, 'main')
    repository.commit(`Start on ${name}`, {
      ...changeFiles({ phase: 'In Progress', recorded: 'Todo' }),
      [`${DIRECTORY}/notes-${name}.md`]: name,
    })
    await opsx(['sync', '--commit'])
    expect(board()).toEqual({ mutations: 2, moves: 1, comments: 1, state: 'In Progress' })
    expect(ledgerOf(repository)).toEqual(['Backlog->Todo posted', 'Todo->In Progress posted'])
  }
})

test('the branch that lags behind its twin moves nothing back and writes nothing', async () => {
  const { repository, opsx, board, linear } = await onFeature()
  await opsx(['sync', '--commit'])
  repository.branch('faster')
  repository.commit('Pass', { [VERIFY]: verifyText('PASS') })
  await opsx(['sync', '--commit'])
  repository.checkout('feature')
  const before = readFile(repository, PROPOSAL)
  await opsx(['sync'])
  expect(board()).toEqual({ mutations: 4, moves: 2, comments: 2, state: 'In Review' })
  expect(readFile(repository, PROPOSAL)).toBe(before)
  expect(linear.store.stateOf('LOC-1')).toBe('In Review')
})

test("another user's branch writes nothing for a change it does not touch", async () => {
  const { repository, opsx, board } = await createSharedScenario({ state: 'Todo' })
  repository.commit('Start', changeFiles({ phase: 'In Progress', recorded: 'Todo' }))
  push(repository)
  repository.branch('other')
  repository.commit('Other work', { 'README.md': 'read me\n' })
  const ran = await opsx(['sync', '--json'])
  expect(ran.exitCode).toBe(0)
  expect(codesOf(ran)).toEqual(['sync/read-only'])
  expect(ran.json().findings[0].message).toContain(`no commit on other changes ${DIRECTORY}`)
  expect(board()).toEqual({ ...SILENT, state: 'Todo' })
  expect(repository.status()).toEqual([])
})

test('an edit of the working tree alone does not make a change this branch’s own', async () => {
  const { repository, opsx, board } = await createSharedScenario({ state: 'Todo' })
  repository.commit('Propose', changeFiles({ phase: 'Todo', recorded: 'Todo' }))
  push(repository)
  repository.branch('other')
  repository.write(changeFiles({ phase: 'In Progress', recorded: 'Todo' }))
  expect(codesOf(await opsx(['sync', '--json']))).toEqual(['sync/read-only'])
  expect(board()).toEqual({ ...SILENT, state: 'Todo' })
})

test('a branch left behind by an archive on the default branch writes nothing any more', async () => {
  const { repository, opsx, board } = await onFeature()
  repository.checkout('main')
  repository.git('merge', '--quiet', '--no-ff', '--no-edit', 'feature')
  archive(repository)
  push(repository, 'Archive')
  repository.checkout('feature')
  const ran = await opsx(['sync', '--json'])
  expect(ran.json().findings[0].message).toContain(`${CHANGE} is already archived on main`)
  expect(board()).toEqual({ ...SILENT, state: 'Todo' })
})

test('a renamed change directory is the same change: no second move, no second comment', async () => {
  const { repository, opsx, board, linear } = await onFeature()
  const original = readFile(repository, PROPOSAL)
  await opsx(['sync', '--commit'])
  renameSync(join(repository.path, DIRECTORY), join(repository.path, 'openspec/changes/dark-theme'))
  const renamed = 'openspec/changes/dark-theme/proposal.md'
  await opsx(['sync'])
  expect(board()).toEqual({ mutations: 2, moves: 1, comments: 1, state: 'In Progress' })

  push(repository, 'Rename')
  await opsx(['sync'])
  expect(linear.counters.mutations).toBe(2)

  repository.write({ [renamed]: original })
  await opsx(['sync'])
  expect(board()).toEqual({ mutations: 2, moves: 1, comments: 1, state: 'In Progress' })
  expect(ledgerOf(repository, renamed)).toEqual(['Backlog->Todo posted', 'Todo->In Progress posted'])
})
