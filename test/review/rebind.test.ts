import { expect, test } from 'vitest'
import { changeFiles, createScenario } from '../support/scenario.ts'

test('a change that is bound to another issue on purpose starts again there', async () => {
  const seed = {
    issues: [
      { identifier: 'LOC-1', state: 'Todo' },
      { identifier: 'LOC-2', state: 'Backlog' },
    ],
  }
  const { repository, opsx, board, linear } = await createScenario({ seed })
  repository.commit('Change', changeFiles({ phase: 'Todo', recorded: 'Todo' }))
  expect((await opsx(['bind', 'add-dark-mode', 'LOC-2'])).exitCode).toBe(2)
  const bound = await opsx(['bind', 'add-dark-mode', 'LOC-2', '--force', '--json'])
  expect(bound.exitCode).toBe(0)
  expect(board('LOC-2')).toMatchObject({ state: 'Todo', comments: 1 })
  expect(linear.store.issue('LOC-2').description).toContain('OpenSpec change add-dark-mode')
  expect(board('LOC-1')).toMatchObject({ state: 'Todo', comments: 0 })
  const { entries } = (await opsx(['ledger', '--json'])).json()
  expect(entries.map((entry: { transition: string }) => entry.transition)).toEqual([
    'Backlog->Todo',
    'bind',
    'Backlog->Todo',
  ])
  expect((await opsx(['sync', '--json'])).json()).toMatchObject({ plan: [], mutations: 0 })
})
