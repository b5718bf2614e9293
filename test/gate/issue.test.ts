import { expect, test } from 'vitest'
import type { Phase } from '../../src/change/states.ts'
import { contextWith } from '../support/cli.ts'
import {
  ADA,
  CHANGE,
  changeFiles,
  codesOf,
  createScenario,
  ISSUE,
  ledgerOf,
  PROPOSAL,
  REGISTRY,
  readFile,
  registryText,
  type Scenario,
  type ScenarioOptions,
} from '../support/scenario.ts'

/** A change in `phase`, with `recorded` as its state of record (none: an empty ledger). */
async function scenarioOf(
  phase: Phase,
  recorded: Phase | null,
  options: ScenarioOptions & { more?: string } = {},
) {
  const { more = '', ...others } = options
  const scenario = await createScenario({ state: recorded ?? 'Backlog', ...others })
  const record = recorded ? { recorded } : {}
  scenario.repository.commit('Change', changeFiles({ phase, ...record, more }))
  return scenario
}

/** One sync: exit 0, nothing written to Linear, a second run changes nothing. Resolves to the findings. */
async function restraint({ opsx, board, repository }: Scenario) {
  const ran = await opsx(['sync', '--json'])
  expect(ran.exitCode).toBe(0)
  expect(board()).toMatchObject({ mutations: 0, moves: 0, comments: 0 })
  const after = readFile(repository, PROPOSAL)
  const again = await opsx(['sync', '--json'])
  expect(codesOf(again)).toEqual(codesOf(ran))
  expect(readFile(repository, PROPOSAL)).toBe(after)
  expect(board()).toMatchObject({ mutations: 0 })
  expect((await opsx(['sync', '--strict'])).exitCode).toBe(
    ran.json().findings.some(({ severity }: { severity: string }) => severity === 'warning') ? 1 : 0,
  )
  return ran.json().findings as { code: string; message: string; fix: string }[]
}

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

test('a canceled issue is left alone: exit 0, who did it is named, dropped once', async () => {
  const scenario = await scenarioOf('In Progress', 'Todo')
  scenario.linear.store.moveIssue(ISSUE, 'Canceled', ADA)
  const [finding] = await restraint(scenario)
  expect(finding?.code).toBe('board/terminal')
  expect(finding?.message).toContain('LOC-1 is Canceled (moved by ada)')
  expect(ledgerOf(scenario.repository).slice(1)).toEqual(['Todo->In Progress dropped'])
  expect(readFile(scenario.repository, PROPOSAL)).toContain('moved by ada')
})

test('an issue that an automation completed: reported as closed early, with the automation named', async () => {
  const scenario = await scenarioOf('In Review', 'In Review')
  scenario.linear.store.moveIssue(ISSUE, 'Done', 'GitHub')
  const [finding] = await restraint(scenario)
  expect(finding?.code).toBe('ledger/closed-early')
  expect(finding?.message).toContain('LOC-1 was set to Done by GitHub (automation)')
  expect(finding?.fix).toContain('on_premature_close: restore')
  expect(ledgerOf(scenario.repository)).toHaveLength(1)
})

test('a person who completed the issue is not an automation: on_premature_close does not undo it', async () => {
  const files = { [REGISTRY]: registryText({ more: 'defaults: { on_premature_close: restore }\n' }) }
  const scenario = await scenarioOf('In Review', 'In Review', { files })
  scenario.linear.store.moveIssue(ISSUE, 'Done', ADA)
  const [finding] = await restraint(scenario)
  expect(finding?.code).toBe('board/terminal')
  expect(finding?.message).toContain('moved by ada')
})

test('on_premature_close: restore moves the issue back once, with one comment and one entry each time', async () => {
  const files = { [REGISTRY]: registryText({ more: 'defaults: { on_premature_close: restore }\n' }) }
  const { linear, opsx, board, repository } = await scenarioOf('In Review', 'In Review', { files })
  for (const time of [1, 2]) {
    linear.store.moveIssue(ISSUE, 'Done', 'GitHub')
    expect(codesOf(await opsx(['sync', '--json']))).toEqual(['ledger/closed-early'])
    await opsx(['sync'])
    expect(board()).toEqual({ mutations: 2 * time, moves: time, comments: time, state: 'In Review' })
    expect(ledgerOf(repository)).toHaveLength(1 + time)
    expect(ledgerOf(repository).at(-1)).toBe('Done->In Review posted')
  }
})

test('the first sync of an issue that a person moved ahead: one dropped entry that names who', async () => {
  const scenario = await scenarioOf('In Progress', null)
  scenario.linear.store.moveIssue(ISSUE, 'In Review', ADA)
  const [finding] = await restraint(scenario)
  expect(finding?.code).toBe('board/ahead')
  expect(finding?.message).toContain('LOC-1 is In Review, ahead of its files (In Progress); moved by ada')
  expect(ledgerOf(scenario.repository)).toEqual(['Backlog->In Progress dropped'])
  expect(readFile(scenario.repository, PROPOSAL)).toContain('moved by ada')
})

test('the first sync of an issue that is where its files are: one dropped entry, and the record follows', async () => {
  const scenario = await scenarioOf('In Progress', null)
  scenario.linear.store.moveIssue(ISSUE, 'In Progress', ADA)
  expect(await restraint(scenario)).toEqual([])
  expect(ledgerOf(scenario.repository)).toEqual(['Backlog->In Progress dropped'])
  expect(readFile(scenario.repository, PROPOSAL)).toContain('last_synced_state: In Progress')
})

test('an issue that a person moves ahead later: reported, and the files catch up without a move', async () => {
  const scenario = await scenarioOf('In Progress', 'Todo')
  const { linear, opsx, board, repository } = scenario
  linear.store.moveIssue(ISSUE, 'In Review', ADA)
  const [finding] = await restraint(scenario)
  expect(finding?.code).toBe('board/ahead')
  expect(finding?.message).toContain('moved by ada')
  expect(ledgerOf(repository).slice(1)).toEqual(['Todo->In Progress dropped'])

  repository.commit('Pass', {
    ...changeFiles({ phase: 'In Review' }),
    [PROPOSAL]: readFile(repository, PROPOSAL),
  })
  expect(codesOf(await opsx(['sync', '--json']))).toEqual([])
  expect(board()).toMatchObject({ mutations: 0, state: 'In Review' })
  expect(readFile(repository, PROPOSAL)).toContain('last_synced_state: In Review')
})

test.each(['archived', 'in the trash'])(
  'an issue that is %s is left alone: exit 0, dropped once',
  async where => {
    const scenario = await scenarioOf('In Progress', 'Todo')
    if (where === 'archived') scenario.linear.store.archiveIssue(ISSUE, ADA)
    else scenario.linear.store.trashIssue(ISSUE, ADA)
    const [finding] = await restraint(scenario)
    expect(finding?.code).toBe('board/archived')
    expect(finding?.message).toContain('LOC-1 is archived or in the trash')
    expect(ledgerOf(scenario.repository).slice(1)).toEqual(['Todo->In Progress dropped'])
    expect(readFile(scenario.repository, PROPOSAL)).toContain(`LOC-1 is ${where}`)
  },
)

test('an issue that was deleted: exit 0, dropped once, and it is named', async () => {
  const scenario = await scenarioOf('In Progress', 'Todo')
  scenario.linear.store.deleteIssue(ISSUE)
  const { opsx, repository, linear } = scenario
  for (const run of [1, 2]) {
    const ran = await opsx(['sync', '--json'])
    expect([run, ran.exitCode]).toEqual([run, 0])
    expect(ran.json().findings[0]).toMatchObject({ code: 'board/not-found' })
    expect(ran.json().findings[0].message).toContain('Linear has no issue LOC-1')
    expect(ledgerOf(repository).slice(1)).toEqual(['Todo->In Progress dropped'])
  }
  expect(linear.counters.mutations).toBe(0)
})

test('an issue that vanishes between reading and writing (HTTP 200 with errors): exit 0, failed once, --strict 3', async () => {
  const { opsx, linear, repository } = await scenarioOf('In Progress', 'Todo')
  const vanishing = (before: () => void) => ({
    wrap: (context: Parameters<typeof contextWith>[0]) =>
      contextWith(context, {
        tracker: async settings => {
          const tracker = await context.tracker(settings)
          const comment: typeof tracker.comment = request => {
            before()
            return tracker.comment(request)
          }
          return { ...tracker, comment }
        },
      }),
  })
  const trash = () => linear.store.trashIssue(ISSUE, ADA)
  const ran = await opsx(['sync', '--json'], vanishing(trash))
  expect(ran.exitCode).toBe(0)
  expect(JSON.stringify(ran.json().results)).toContain('Linear refused')
  expect(ledgerOf(repository).slice(1)).toEqual(['Todo->In Progress failed'])
  linear.store.restoreIssue(ISSUE, ADA)
  expect((await opsx(['sync', '--strict'], vanishing(trash))).exitCode).toBe(3)
  expect(ledgerOf(repository).slice(1)).toEqual(['Todo->In Progress failed'])
  linear.store.restoreIssue(ISSUE, ADA)
  await opsx(['sync'])
  expect(ledgerOf(repository).slice(1)).toEqual(['Todo->In Progress failed', 'Todo->In Progress posted'])
})

test('an identifier that a team rename changed: the old registry is refused, exit 4', async () => {
  const { linear, opsx, board } = await scenarioOf('In Progress', 'Todo')
  linear.store.renameTeam('LOC', 'CAM')
  const ran = await opsx(['sync', '--json'])
  expect(ran.exitCode).toBe(4)
  expect(ran.json().error).toMatchObject({ code: 'TEAM_MISMATCH' })
  expect(ran.json().error.message).toContain('Team LOC of openspec/linear.yaml is not in workspace "local"')
  expect(board('CAM-1')).toMatchObject({ mutations: 0 })
})

test('with the registry corrected, the renamed issue is found, moved, and its new name is told', async () => {
  const { linear, opsx, board, repository } = await scenarioOf('In Progress', 'Todo')
  linear.store.renameTeam('LOC', 'CAM')
  repository.commit('Rename', { [REGISTRY]: 'workspace: { slug: local }\nteams: { CAM: {} }\n' })
  const ran = await opsx(['sync', '--json'])
  expect(ran.exitCode).toBe(0)
  expect(codesOf(ran)).toContain('board/identifier-renamed')
  expect(ran.stdout).toContain('LOC-1 is called CAM-1 now')
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
