import { expect, test } from 'vitest'
import { ledgerOf, REGISTRY, registryText } from '../support/scenario.ts'
import { restraint, scenarioOf } from './restraint.ts'

const STATES = [
  { name: 'Backlog', type: 'backlog' },
  { name: 'Todo', type: 'unstarted' },
  { name: 'Doing', type: 'started' },
  { name: 'Done', type: 'completed' },
]

test('a state name that the team does not have: exit 0, dropped, and the states it has are listed', async () => {
  const seed = { teams: [{ key: 'LOC', states: STATES }] }
  const scenario = await scenarioOf('In Progress', 'Todo', { seed })
  const [finding] = await restraint(scenario)
  expect(finding?.code).toBe('board/state-missing')
  expect(finding?.message).toContain('Team LOC has no state named "In Progress"')
  for (const { name } of STATES) expect(finding?.message).toContain(name)
  expect(finding?.fix).toContain('teams.LOC.states')
  expect(ledgerOf(scenario.repository).at(-1)).toBe('Todo->In Progress dropped')
})

test('the registry’s own name for a state is used instead of the canonical one', async () => {
  const seed = { teams: [{ key: 'LOC', states: STATES }] }
  const files = { [REGISTRY]: registryText({ team: '{ states: { in_progress: "Doing" } }' }) }
  const { opsx, board, repository } = await scenarioOf('In Progress', 'Todo', { seed, files })
  await opsx(['sync'])
  expect(board()).toEqual({ mutations: 2, moves: 1, comments: 1, state: 'Doing' })
  expect(ledgerOf(repository).at(-1)).toBe('Todo->In Progress posted')
})

test('two states of one name: exit 0, dropped, and the states are listed', async () => {
  const twice = [
    ...STATES,
    { name: 'In Progress', type: 'started' },
    { name: 'in progress', type: 'started' },
  ]
  const states = twice.map((state, index) => ({
    ...state,
    id: `00000000-0000-4000-8000-00000000000${index}`,
  }))
  const files = { [REGISTRY]: registryText({ team: '{ states: { in_progress: "IN PROGRESS" } }' }) }
  const scenario = await scenarioOf('In Progress', 'Todo', {
    seed: { teams: [{ key: 'LOC', states }] },
    files,
  })
  const [finding] = await restraint(scenario)
  expect(finding?.code).toBe('board/state-ambiguous')
  expect(finding?.message).toContain('2 states named "IN PROGRESS"')
  for (const { name } of twice) expect(finding?.message).toContain(name)
  expect(ledgerOf(scenario.repository).at(-1)).toBe('Todo->In Progress dropped')
})
