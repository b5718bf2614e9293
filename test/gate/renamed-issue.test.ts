import { expect, test } from 'vitest'
import { CHANGE, codesOf, ISSUE, ledgerOf, PROPOSAL, REGISTRY, readFile } from '../support/scenario.ts'
import { scenarioOf } from './restraint.ts'

test('an identifier that a team rename changed: the old registry is refused, exit 4', async () => {
  const { linear, opsx, board } = await scenarioOf('In Progress', 'Todo')
  linear.store.renameTeam('LOC', 'CAM')
  const ran = await opsx(['sync', '--json'])
  expect(ran.exitCode).toBe(4)
  expect(ran.json().error).toMatchObject({ code: 'TEAM_MISMATCH' })
  expect(ran.json().error.message).toContain('Team LOC of openspec/linear.yaml is not in workspace "local"')
  expect(board('CAM-1')).toMatchObject({ mutations: 0 })
})

test('with the registry corrected, the renamed issue is found, moved, and its new name is reported', async () => {
  const { linear, opsx, board, repository } = await scenarioOf('In Progress', 'Todo')
  linear.store.renameTeam('LOC', 'CAM')
  repository.commit('Rename', { [REGISTRY]: 'workspace: { slug: local }\nteams: { CAM: {} }\n' })
  const ran = await opsx(['sync', '--json'])
  expect(ran.exitCode).toBe(0)
  expect(codesOf(ran)).toContain('board/identifier-renamed')
  expect(ran.stdout).toContain('LOC-1 now has the identifier CAM-1 in Linear')
  expect(board('CAM-1')).toEqual({ mutations: 2, moves: 1, comments: 1, state: 'In Progress' })

  expect((await opsx(['bind', CHANGE, 'CAM-1'])).exitCode).toBe(0)
  expect(readFile(repository, PROPOSAL)).toContain('linear_story_identifier: CAM-1')
  expect(readFile(repository, PROPOSAL)).toContain('linear_team: CAM')
  expect(codesOf(await opsx(['sync', '--json']))).toEqual([])
})

test('an issue that went to another registered team follows that team’s states', async () => {
  const issue = { identifier: 'CAM-7', previousIdentifiers: [ISSUE], state: 'Todo' }
  const seed = { teams: [{ key: 'LOC' }, { key: 'CAM' }], issues: [issue] }
  const files = { [REGISTRY]: 'workspace: { slug: local }\nteams: { LOC: {}, CAM: {} }\n' }
  const { opsx, board } = await scenarioOf('In Progress', 'Todo', { seed, files })
  expect(codesOf(await opsx(['sync', '--json']))).toEqual(['board/identifier-renamed'])
  expect(board('CAM-7')).toEqual({ mutations: 2, moves: 1, comments: 1, state: 'In Progress' })
})

test('an issue that went to a registered team with another id is refused: exit 4', async () => {
  const issue = { identifier: 'CAM-7', previousIdentifiers: [ISSUE], state: 'Todo' }
  const seed = { teams: [{ key: 'LOC' }, { key: 'CAM' }], issues: [issue] }
  const files = {
    [REGISTRY]:
      'workspace: { slug: local }\nteams: { LOC: {}, CAM: { id: "99999999-aaaa-4bbb-8ccc-dddddddddddd" } }\n',
  }
  const { opsx, board } = await scenarioOf('In Progress', 'Todo', { seed, files })
  expect((await opsx(['sync'])).exitCode).toBe(4)
  expect(board('CAM-7')).toMatchObject({ mutations: 0, state: 'Todo' })
})

test('an issue of a team that linear.yaml does not register is left alone: exit 0, dropped once', async () => {
  const issue = { identifier: 'CAM-7', previousIdentifiers: [ISSUE], state: 'Todo' }
  const seed = { teams: [{ key: 'LOC' }, { key: 'CAM' }], issues: [issue] }
  const { opsx, board, repository } = await scenarioOf('In Progress', 'Todo', { seed })
  const ran = await opsx(['sync', '--json'])
  expect(ran.exitCode).toBe(0)
  expect(codesOf(ran)).toEqual(['binding/team-unknown'])
  expect(ran.stdout).toContain('Team \\"CAM\\" is not in openspec/linear.yaml')
  expect(board('CAM-7')).toMatchObject({ mutations: 0, state: 'Todo' })
  expect(ledgerOf(repository).at(-1)).toBe('Todo->In Progress dropped')
})
