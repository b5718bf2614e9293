import { expect, test } from 'vitest'
import { createSharedScenario, push } from '../support/checkouts.ts'
import {
  ADA,
  ARCHIVE,
  changeFiles,
  codesOf,
  createScenario,
  PROPOSAL,
  REGISTRY,
  readFile,
  registryText,
  type Scenario,
} from '../support/scenario.ts'

const SEED = {
  users: [{ name: 'Opsx Key' }, { name: ADA }],
  issues: ['LOC-1', 'LOC-2', 'LOC-3', 'LOC-4'].map(identifier => ({ identifier, state: 'In Progress' })),
}

const LOG = `attempt_log:
  - { at: "2026-06-10T08:00:00Z", transition: "Backlog->Todo", outcome: "posted", note: "T1" }
  - { at: "2026-06-11T08:00:00Z", transition: "Todo->In Progress", outcome: "posted", note: "T2" }
  - { at: "2026-06-13T08:00:00Z", transition: "In Progress->In Review", outcome: "dropped", note: "FAIL; re-queued", evidence: "sha256:aa" }
  - { at: "2026-06-14T08:00:00Z", transition: "In Progress->In Review", outcome: "posted", note: "T3" }
  - { at: "2026-06-15T08:00:00Z", transition: "In Review->Done", outcome: "posted", note: "T4" }
  - { at: "2026-06-15T08:00:01Z", transition: "archive->mirror", outcome: "failed", note: "Linear: 502" }
`

/** An archived change with a whole life, and an active one that is a milestone ahead of its record. */
const LIVES = {
  ...changeFiles({
    phase: 'Done',
    directory: ARCHIVE,
    name: 'add-dark-mode',
    more: `last_synced_state: Done\nlast_synced_at: 2026-06-15T08:00:00Z\n${LOG}`,
  }),
  ...changeFiles({ phase: 'In Review', recorded: 'In Progress', name: 'second', issue: 'LOC-2' }),
}

async function scenarioOf(files: Record<string, string | null>): Promise<Scenario> {
  const scenario = await createScenario({ seed: SEED })
  scenario.repository.commit('Start', files)
  return scenario
}

async function ledgerOf({ opsx }: Scenario, ...args: string[]) {
  return (await opsx(['ledger', ...args, '--json'])).json()
}

const ways = ({ entries }: { entries: { transition: string }[] }) =>
  entries.map(({ transition }) => transition)

test.each([
  [['--outcome', 'dropped'], ['In Progress->In Review']],
  [['--outcome', 'failed'], ['archive->mirror']],
  [['--dropped'], ['archive->mirror']],
  [
    ['--since', '2026-06-15'],
    ['In Review->Done', 'archive->mirror'],
  ],
  [
    ['--since', '2026-06-11', '--until', '2026-06-13'],
    ['Todo->In Progress', 'In Progress->In Review'],
  ],
  [['second'], ['Backlog->In Progress']],
  [['second', '--outcome', 'failed'], []],
])('ledger %j shows those entries', async (args, expected) => {
  expect(ways(await ledgerOf(await scenarioOf(LIVES), ...args))).toEqual(expected)
})

test('what the next sync tries again is what it then does', async () => {
  const scenario = await scenarioOf(LIVES)
  const { again } = await ledgerOf(scenario)
  expect(again).toEqual([{ change: 'second', transition: 'In Progress->In Review', last: null, waits: null }])
  expect((await scenario.opsx(['sync'])).exitCode).toBe(0)
  expect(scenario.board('LOC-2').state).toBe('In Review')
  expect((await ledgerOf(scenario)).again).toEqual([])
})

test('documents that were refused are tried again as long as there is a project for them', async () => {
  const file = `${ARCHIVE}/proposal.md`
  const proposal = (LIVES[file] ?? '').replace('linear_team: LOC', 'linear_team: LOC\nlinear_project: build')
  const { again } = await ledgerOf(await scenarioOf({ ...LIVES, [file]: proposal }), 'add-dark-mode')
  const last = { outcome: 'failed', at: '2026-06-15T08:00:01Z' }
  expect(again).toEqual([{ change: 'add-dark-mode', transition: 'archive->mirror', last, waits: null }])
})

test('after an outage the transition is among them with its failure, and names of changes narrow it', async () => {
  const scenario = await scenarioOf(LIVES)
  scenario.linear.faults.inject({ kind: 'bad-gateway', at: 1, times: 50 })
  await scenario.opsx(['sync', 'second'])
  const { again, failed } = await ledgerOf(scenario, 'second')
  expect(failed).toBe(1)
  expect(again).toMatchObject([{ change: 'second', last: { outcome: 'failed' }, waits: null }])
  const { stdout } = await scenario.opsx(['ledger', 'second'])
  expect(stdout).toMatch(/opsx sync will try:\n.*second: In Progress → In Review, failed 20/)
})

test('a waiting change has a reason: parked, or a decision that is not committed', async () => {
  const parked = `review_round: 3\nattempt_log:\n  - { at: "2026-01-03T10:00:00Z", transition: "escalate", outcome: "posted", note: "", evidence: "sha256:aa" }\n`
  const scenario = await scenarioOf({
    ...changeFiles({ phase: 'In Review', name: 'parked', more: `last_synced_state: In Progress\n${parked}` }),
    ...changeFiles({ phase: 'In Progress', recorded: 'In Progress', name: 'failing', issue: 'LOC-2' }),
  })
  scenario.repository.write(
    changeFiles({ phase: 'Failed', recorded: 'In Progress', name: 'failing', issue: 'LOC-2' }),
  )
  const { again } = await ledgerOf(scenario)
  expect(again.map(({ change, waits }: { change: string; waits: string }) => [change, waits])).toEqual([
    ['failing', 'verify.md is not committed'],
    ['parked', 'its review rounds are used up; it needs a person'],
  ])
  expect((await scenario.opsx(['sync'])).exitCode).toBe(0)
  expect(scenario.board().mutations).toBe(0)
})

test('on a branch that does not touch the change, it waits', async () => {
  const scenario = await createSharedScenario({ seed: SEED })
  scenario.repository.commit('Start', LIVES)
  push(scenario.repository)
  scenario.repository.branch('elsewhere')
  scenario.repository.commit('Something else', { 'README.md': 'x\n' })
  const { again } = await ledgerOf(scenario, 'second')
  expect(again[0].waits).toContain('no commit on elsewhere changes')
})

test('--remote names who moved every issue that is not where its files are, person, bot or automation', async () => {
  const scenario = await createScenario({
    seed: { ...SEED, bots: [{ name: 'GitHub', type: 'github' }] },
  })
  scenario.repository.commit('Start', {
    ...changeFiles({ phase: 'In Progress', recorded: 'In Progress' }),
    ...changeFiles({ phase: 'In Progress', recorded: 'In Progress', name: 'second', issue: 'LOC-2' }),
    ...changeFiles({ phase: 'In Progress', recorded: 'In Progress', name: 'third', issue: 'LOC-3' }),
    ...changeFiles({ phase: 'In Progress', recorded: 'In Progress', name: 'fourth', issue: 'LOC-4' }),
  })
  const { store } = scenario.linear
  store.moveIssue('LOC-1', 'In Review', ADA)
  store.moveIssue('LOC-2', 'Done', 'GitHub')
  store.moveIssue('LOC-3', 'Todo', ADA)
  const { moved } = await ledgerOf(scenario, '--remote')
  expect(moved.map(({ at, ...rest }: { at: string }) => ({ ...rest, at: typeof at }))).toEqual([
    {
      change: 'add-dark-mode',
      issue: 'LOC-1',
      state: 'In Review',
      phase: 'In Progress',
      relation: 'ahead',
      by: 'ada',
      at: 'string',
      automation: false,
    },
    {
      change: 'second',
      issue: 'LOC-2',
      state: 'Done',
      phase: 'In Progress',
      relation: 'terminal',
      by: 'GitHub (automation)',
      at: 'string',
      automation: true,
    },
    {
      change: 'third',
      issue: 'LOC-3',
      state: 'Todo',
      phase: 'In Progress',
      relation: 'behind',
      by: 'ada',
      at: 'string',
      automation: false,
    },
  ])
  expect(scenario.linear.counters).toEqual({ requests: 2, mutations: 0 })
  const { stdout } = await scenario.opsx(['ledger', '--remote'])
  expect(stdout).toContain('LOC-3 is Todo, behind third (In Progress)\n      moved by ada, 20')
})

test('without --remote Linear is not asked', async () => {
  const scenario = await scenarioOf(LIVES)
  expect((await ledgerOf(scenario)).moved).toBeNull()
  expect(scenario.linear.counters.requests).toBe(0)
})

test('the lanes show the phases of the ledger, and the time between first work and Done', async () => {
  const { lanes } = await ledgerOf(await scenarioOf(LIVES))
  expect(lanes[0]).toEqual({
    change: 'add-dark-mode',
    stays: [
      { phase: 'Todo', from: '2026-06-10T08:00:00Z', to: '2026-06-11T08:00:00Z' },
      { phase: 'In Progress', from: '2026-06-11T08:00:00Z', to: '2026-06-14T08:00:00Z' },
      { phase: 'In Review', from: '2026-06-14T08:00:00Z', to: '2026-06-15T08:00:00Z' },
      { phase: 'Done', from: '2026-06-15T08:00:00Z', to: null },
    ],
    cycleSeconds: 4 * 86_400,
    ended: true,
    back: 1,
  })
})

test.each([
  ['a terminal of 80 columns', { COLUMNS: '80', NO_COLOR: '1', LANG: 'en_US.UTF-8' }],
  ['a narrow one', { COLUMNS: '50', LANG: 'en_US.UTF-8' }],
  ['one that is ASCII only', { COLUMNS: '80', LANG: 'C' }],
])('the swim lane fits %s, without colour through a pipe', async (_, env) => {
  const scenario = await scenarioOf(LIVES)
  const { stdout } = await scenario.opsx(['ledger', '--lanes'], { env })
  const [lane = ''] = stdout.split('\n\n')
  expect(lane).toMatch(/^add-dark-mode {2}cycle time 4d, once back\n/)
  expect(lane).toMatch(/\n {2}In Progress +\S+ +3d\n {2}In Review +\S+ +1d\n {2}Done +\S\n/)
  expect(lane).toMatch(/2026-06-10 +2026-06-15$/)
  for (const line of lane.split('\n')) expect(line.length).toBeLessThanOrEqual(Number(env.COLUMNS))
  expect(stdout).not.toContain('\u001b')
  if (env.LANG === 'C') expect(lane).toMatch(/^[\x20-\x7e\n]*$/)
})

test('ledger lint is silent about whole ledgers: exit 0', async () => {
  const ran = await (await scenarioOf(LIVES)).opsx(['ledger', 'lint', '--json'])
  expect(ran.exitCode).toBe(0)
  expect(ran.json()).toMatchObject({
    schema: 'opsx/ledger-lint@1',
    ok: true,
    changes: 2,
    entries: 7,
    findings: [],
  })
})

test('ledger lint finds what is broken, archived changes included, and strict makes warnings count', async () => {
  const scenario = await scenarioOf(LIVES)
  const file = `${ARCHIVE}/proposal.md`
  const text = readFile(scenario.repository, file)
  scenario.repository.write({ [file]: text.replace('2026-06-14T08:00:00Z', '2026-06-01T00:00:00Z') })
  const ran = await scenario.opsx(['ledger', 'lint', '--json'])
  expect(codesOf(ran).sort()).toEqual(['ledger/backward-time', 'ledger/placeholder-time'])
  expect(ran.exitCode).toBe(0)
  expect((await scenario.opsx(['ledger', 'lint', '--strict'])).exitCode).toBe(1)
  expect((await scenario.opsx(['ledger', 'lint', 'second', '--strict'])).exitCode).toBe(0)
})

test('a ledger with conflict markers is critical: exit 1, and the file is left alone', async () => {
  const scenario = await createScenario({ seed: SEED, files: { [REGISTRY]: registryText() } })
  const [head = '', rest = ''] = (changeFiles({ phase: 'Todo', recorded: 'Todo' })[PROPOSAL] ?? '').split(
    'attempt_log',
  )
  const text = `${head}<<<<<<< ours\nattempt_log${rest}`
  scenario.repository.commit('Start', { [PROPOSAL]: text })
  const ran = await scenario.opsx(['ledger', 'lint', '--json'])
  expect(codesOf(ran)).toContain('ledger/conflict-markers')
  expect(ran.exitCode).toBe(1)
  expect(readFile(scenario.repository, PROPOSAL)).toBe(text)
})
