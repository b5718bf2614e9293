import { expect, test } from 'vitest'
import { createSharedScenario, push } from '../support/checkouts.ts'
import {
  ARCHIVE,
  CHANGE,
  changeFiles,
  codesOf,
  createScenario,
  DIRECTORY,
  ledgerOf,
  readFile,
  VERIFY,
  verifyText,
} from '../support/scenario.ts'

test('the default branch takes everything: a change merged in review and archived goes to Done in one catch-up', async () => {
  const { repository, opsx, board } = await createSharedScenario({ state: 'Todo' })
  repository.commit('Land', changeFiles({ phase: 'Done', recorded: 'Todo', directory: ARCHIVE }))
  push(repository)
  const ran = await opsx(['sync', '--json'])
  expect(board()).toEqual({ mutations: 2, moves: 1, comments: 1, state: 'Done' })
  expect(ran.json().plan[0].actions).toMatchObject([
    { type: 'comment' },
    { type: 'move', from: 'Todo', to: 'Done' },
    { type: 'record', from: 'Todo', to: 'Done' },
  ])
  expect(ledgerOf(repository, `${ARCHIVE}/proposal.md`)).toEqual([
    'Backlog->Todo posted',
    'Todo->Done posted',
  ])
  expect(readFile(repository, `${ARCHIVE}/proposal.md`)).toContain('review_round: 0')
})

test('a repository without remote and with one branch takes everything, Done once the archive is committed', async () => {
  const { repository, opsx, board } = await createScenario({ state: 'In Review' })
  repository.commit('Review', changeFiles({ phase: 'In Review', recorded: 'In Review' }))
  repository.git('mv', DIRECTORY, ARCHIVE)
  expect(codesOf(await opsx(['sync', '--json']))).toEqual(['sync/waits-for-merge'])
  expect(board()).toMatchObject({ mutations: 0, state: 'In Review' })
  repository.commit('Archive')
  await opsx(['sync'])
  expect(board()).toEqual({ mutations: 2, moves: 1, comments: 1, state: 'Done' })
})

test('after a squash merge the default branch writes what is due, the stale branch nothing', async () => {
  const { repository, opsx, board } = await createSharedScenario({ state: 'Todo' })
  repository.branch('feature')
  repository.commit('Propose', changeFiles({ phase: 'Todo', recorded: 'Todo' }))
  repository.commit('Start', changeFiles({ phase: 'In Progress', recorded: 'Todo' }))
  push(repository)
  await opsx(['sync', '--commit'])
  repository.checkout('main')
  repository.git('merge', '--quiet', '--squash', 'feature')
  repository.commit('Squash')
  repository.git('push', '--quiet')
  await opsx(['sync'])
  expect(board()).toEqual({ mutations: 2, moves: 1, comments: 1, state: 'In Progress' })

  repository.commit('Pass', { [VERIFY]: verifyText('PASS') })
  repository.git('push', '--quiet')
  await opsx(['sync', '--commit'])
  expect(board()).toEqual({ mutations: 4, moves: 2, comments: 2, state: 'In Review' })

  repository.checkout('feature')
  const before = readFile(repository, `${DIRECTORY}/proposal.md`)
  expect((await opsx(['sync'])).exitCode).toBe(0)
  expect(board()).toEqual({ mutations: 4, moves: 2, comments: 2, state: 'In Review' })
  expect(readFile(repository, `${DIRECTORY}/proposal.md`)).toBe(before)
})

test('a merge that is reverted and landed again moves and comments nothing twice', async () => {
  const { repository, opsx, board } = await createSharedScenario({ state: 'Todo' })
  repository.branch('feature')
  repository.commit('Start', changeFiles({ phase: 'In Progress', recorded: 'Todo' }))
  repository.checkout('main')
  repository.git('merge', '--quiet', '--no-ff', '--no-edit', 'feature')
  push(repository)
  await opsx(['sync', '--push'])
  expect(board()).toEqual({ mutations: 2, moves: 1, comments: 1, state: 'In Progress' })

  repository.git('rm', '-r', '--quiet', DIRECTORY)
  const reverted = push(repository, 'Take it back')
  expect((await opsx(['sync'])).exitCode).toBe(0)
  repository.git('revert', '--no-edit', reverted)
  repository.git('push', '--quiet')
  expect(codesOf(await opsx(['sync', '--json']))).toEqual([])
  expect(board()).toEqual({ mutations: 2, moves: 1, comments: 1, state: 'In Progress' })
  expect(ledgerOf(repository)).toEqual(['Backlog->Todo posted', 'Todo->In Progress posted'])
})

test('a branch that picks a reverted change again owns it: T3 of the second landing', async () => {
  const { repository, opsx, board } = await createSharedScenario({ state: 'In Progress' })
  const landed = repository.commit('Land', changeFiles({ phase: 'In Progress', recorded: 'In Progress' }))
  repository.git('revert', '--no-edit', landed)
  push(repository)
  repository.branch('again')
  repository.git('cherry-pick', '-x', landed)
  repository.commit('Pass', { [VERIFY]: verifyText('PASS') })
  await opsx(['sync'])
  expect(board()).toEqual({ mutations: 2, moves: 1, comments: 1, state: 'In Review' })
})

test('a change that is reopened and archived again moves to In Progress and Done once more', async () => {
  const { repository, opsx, board, linear } = await createSharedScenario({ state: 'In Review' })
  repository.commit('Archive', changeFiles({ phase: 'Done', recorded: 'In Review', directory: ARCHIVE }))
  push(repository)
  await opsx(['sync', '--push'])
  expect(board()).toEqual({ mutations: 2, moves: 1, comments: 1, state: 'Done' })

  expect((await opsx(['reopen', CHANGE, '--reason', 'contrast'])).exitCode).toBe(0)
  expect(board()).toEqual({ mutations: 4, moves: 2, comments: 2, state: 'In Progress' })
  push(repository, 'Reopen')
  repository.git('mv', DIRECTORY, ARCHIVE)
  push(repository, 'Archive again')
  await opsx(['sync'])
  expect(board()).toEqual({ mutations: 6, moves: 3, comments: 3, state: 'Done' })
  expect(new Set(linear.store.comments('LOC-1').map(({ id }) => id)).size).toBe(3)
})
