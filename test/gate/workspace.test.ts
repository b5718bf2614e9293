import { expect, test } from 'vitest'
import {
  CHANGE,
  changeFiles,
  createScenario,
  PROPOSAL,
  REGISTRY,
  readFile,
  registryText,
  type Scenario,
} from '../support/scenario.ts'

const DUE = changeFiles({ phase: 'In Progress', recorded: 'Todo' })

/** Runs opsx where it must refuse: no mutation, no file. Resolves to the error of its JSON document. */
async function refusal({ repository, opsx, board }: Scenario, args: string[], exitCode: number) {
  const before = readFile(repository, PROPOSAL)
  const ran = await opsx([...args, '--json'])
  expect(ran.exitCode).toBe(exitCode)
  expect(ran.json()).toMatchObject({ schema: 'opsx/error@1', ok: false })
  expect(board()).toMatchObject({ mutations: 0, moves: 0, comments: 0 })
  expect(readFile(repository, PROPOSAL)).toBe(before)
  expect(repository.status()).toEqual([])
  const said = await opsx(args)
  expect(said.exitCode).toBe(exitCode)
  expect(said.stderr).toContain(ran.json().error.message)
  return ran.json().error as { code: string; message: string; hint: string }
}

async function scenarioWith(registry: string | null, seed = {}) {
  const scenario = await createScenario({ state: 'Todo', seed })
  scenario.repository.commit('Start', { ...DUE, [REGISTRY]: registry })
  return scenario
}

test.each([[['sync']], [['sync', '--dry-run']], [['cancel', CHANGE]], [['status', '--remote']]])(
  'another workspace: exit 4 from %j, and both workspaces are named',
  async args => {
    const scenario = await scenarioWith(registryText({ slug: 'acme' }))
    const { code, message, hint } = await refusal(scenario, args, 4)
    expect(code).toBe('WORKSPACE_MISMATCH')
    expect(message).toContain('"acme"')
    expect(message).toContain('"local"')
    expect(hint).toContain('opsx init --workspace local')
  },
)

test('another workspace is refused even when nothing is due', async () => {
  const scenario = await createScenario({ state: 'In Progress' })
  scenario.repository.commit('Start', {
    ...changeFiles({ phase: 'In Progress', recorded: 'In Progress' }),
    [REGISTRY]: registryText({ slug: 'acme' }),
  })
  expect((await refusal(scenario, ['sync'], 4)).code).toBe('WORKSPACE_MISMATCH')
})

test('the right slug with another pinned id is another workspace: exit 4', async () => {
  const pinned =
    'workspace: { slug: "local", id: "99999999-1111-4222-8333-444444444444" }\nteams: { LOC: {} }\n'
  const { code, message } = await refusal(await scenarioWith(pinned), ['sync'], 4)
  expect(code).toBe('WORKSPACE_MISMATCH')
  expect(message).toContain('99999999-1111-4222-8333-444444444444')
})

test('a workspace under its previous slug is the right one', async () => {
  const scenario = await scenarioWith(registryText())
  scenario.linear.store.renameWorkspace('renamed')
  expect((await scenario.opsx(['sync'])).exitCode).toBe(0)
  expect(scenario.board()).toMatchObject({ moves: 1, comments: 1 })
})

test('LINEAR_WORKSPACE and its friends are no ownership: exit 4', async () => {
  const scenario = await scenarioWith(registryText({ slug: 'acme' }))
  const env = { LINEAR_WORKSPACE: 'local', LINEAR_WORKSPACE_SLUG: 'local', LINEAR_ORG: 'local' }
  expect((await scenario.opsx(['sync'], { env })).exitCode).toBe(4)
  expect(scenario.board()).toMatchObject({ mutations: 0 })
})

test('another team behind the key: exit 4, and both ids are named', async () => {
  const registry = registryText({ team: '{ id: "99999999-aaaa-4bbb-8ccc-dddddddddddd" }' })
  const scenario = await scenarioWith(registry)
  const { code, message } = await refusal(scenario, ['sync'], 4)
  expect(code).toBe('TEAM_MISMATCH')
  expect(message).toContain('99999999-aaaa-4bbb-8ccc-dddddddddddd')
  expect(message).toContain(scenario.linear.store.state.teams[0]?.id)
  expect(message).toContain('LOC')
})

test('a registered team that the workspace does not have: exit 4', async () => {
  const scenario = await createScenario({ state: 'Todo' })
  const proposal = (DUE[PROPOSAL] ?? '').replace('linear_team: LOC', 'linear_team: CAM')
  const registry = 'workspace: { slug: "local" }\nteams: { CAM: {} }\n'
  scenario.repository.commit('Start', { ...DUE, [PROPOSAL]: proposal, [REGISTRY]: registry })
  const { code, message } = await refusal(scenario, ['sync'], 4)
  expect(code).toBe('TEAM_MISMATCH')
  expect(message).toContain('Team CAM')
})

test.each([
  ['a linear.yaml without workspace.slug', 'teams: { LOC: {} }\n'],
  ['a legacy linear.yaml', 'team: { key: LOC, id: "" }\n'],
])('%s with something due: exit 4, and the way to pin it', async (_, registry) => {
  const { code, message, hint } = await refusal(await scenarioWith(registry), ['sync'], 4)
  expect(code).toBe('WORKSPACE_UNPINNED')
  expect(message).toContain('openspec/linear.yaml')
  expect(message).toContain('"local"')
  expect(hint).toContain('opsx init --workspace local')
})

test('a linear.yaml without workspace.slug may be read with: nothing due is exit 0', async () => {
  const scenario = await createScenario({ state: 'In Progress' })
  scenario.repository.commit('Start', {
    ...changeFiles({ phase: 'In Progress', recorded: 'In Progress' }),
    [REGISTRY]: 'teams: { LOC: {} }\n',
  })
  expect((await scenario.opsx(['sync'])).exitCode).toBe(0)
  expect(scenario.board()).toMatchObject({ mutations: 0 })
})

test.each([
  ['no linear.yaml', null],
  ['an empty linear.yaml', ''],
  [
    'a template that was never filled in',
    'workspace: { slug: "", id: "" }\nteam: { id: "", key: "", name: "" }\nproject: { id: "", slug: "" }\nteams: {}\nprojects: {}\n',
  ],
])('%s: exit 2, and nothing is asked', async (_, registry) => {
  const scenario = await scenarioWith(registry)
  const { code, message, hint } = await refusal(scenario, ['sync'], 2)
  expect(code).toBe('NOT_CONFIGURED')
  expect(message).toContain('openspec/linear.yaml')
  expect(hint).toContain('opsx init')
  expect(scenario.linear.counters.requests).toBe(0)
})

test('bind is refused in another workspace before it writes anything: exit 4', async () => {
  const scenario = await createScenario()
  scenario.repository.commit('Propose', {
    [PROPOSAL]: '## Why\n\nEyes.\n',
    [REGISTRY]: registryText({ slug: 'acme' }),
  })
  expect((await refusal(scenario, ['bind', CHANGE, 'LOC-1'], 4)).code).toBe('WORKSPACE_MISMATCH')
})
