import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { fileTimes } from '../support/file-times.ts'
import type { Files } from '../support/git-repository.ts'
import { type Ended, spawnOpsx } from '../support/opsx-process.ts'
import {
  changeFiles,
  createScenario,
  ledgerOf,
  OPSX,
  REGISTRY,
  registryText,
  type Scenario,
} from '../support/scenario.ts'

const PROJECT_ID = '5d3f0c9e-1a4b-4c58-9d0e-3f5b7c9a2d10'
const ARCHIVED = 'openspec/changes/archive/2026-01-02-finished-one'
const SPEC =
  '# Theme Specification\n\n## Purpose\n\nDark.\n\n## Requirements\n\n### Requirement: Dark\n\nThe page SHALL be dark.\n\n#### Scenario: Night\n\n- **WHEN** it is night\n- **THEN** the page is dark\n'

/** Each writes something else to Linear: T1, T2, T3, a re-queue, an escalation, and documents with Done. */
const WRITES = [
  { name: 'todo', issue: 'LOC-1', phase: 'Todo', at: 'Backlog' },
  { name: 'progress', issue: 'LOC-2', phase: 'In Progress', at: 'Todo' },
  { name: 'review', issue: 'LOC-3', phase: 'In Review', at: 'In Progress' },
  { name: 'failing', issue: 'LOC-4', phase: 'Failed', at: 'In Review' },
  { name: 'spent', issue: 'LOC-6', phase: 'Failed', at: 'In Progress' },
  { name: 'finished-one', issue: 'LOC-5', phase: 'Done', at: 'In Review', directory: ARCHIVED },
] as const

const proposalOf = (write: (typeof WRITES)[number]) =>
  `${'directory' in write ? write.directory : `openspec/changes/${write.name}`}/proposal.md`

function filesOf(write: (typeof WRITES)[number]): Files {
  const files = changeFiles({ ...write, recorded: write.at, more: 'linear_project: reading\n' })
  const path = proposalOf(write)
  const round = write.name === 'spent' ? 3 : 0
  return { ...files, [path]: (files[path] ?? '').replace('review_round: 0', `review_round: ${round}`) }
}

const FILES: Files = {
  ...Object.assign({}, ...WRITES.map(filesOf)),
  [`${ARCHIVED}/specs/theme/spec.md`]: SPEC.replace('## Requirements', '## ADDED Requirements'),
  'openspec/specs/theme/spec.md': SPEC,
  [REGISTRY]: registryText({ more: `projects:\n  "reading": { id: "${PROJECT_ID}", teams: ["LOC"] }\n` }),
}

/** A repository whose files are all one write ahead of Linear. */
async function dueScenario(): Promise<Scenario> {
  const scenario = await createScenario({
    seed: {
      users: [{ name: OPSX }],
      projects: [{ id: PROJECT_ID, name: 'Reading' }],
      issues: WRITES.map(({ issue, at }) => ({ identifier: issue, state: at })),
    },
  })
  scenario.repository.commit('Start', FILES)
  return scenario
}

/** One real process; `endpoint` replaces that of the embedded Linear. */
function sync({ repository, linear }: Scenario, endpoint = linear.url): Promise<Ended> {
  const env = { LINEAR_GRAPHQL_ENDPOINT: endpoint, LINEAR_API_KEY: 'lin_api_local' }
  return spawnOpsx(['sync'], { directory: repository.path, env })
}

const SETTLED = 'archive->mirror posted'

/** Everything that reached Linear, and the ledger entries except failures and their later success. */
function landedOn({ repository, linear, board }: Scenario) {
  return {
    issues: WRITES.map(({ issue }) => ({
      ...board(issue),
      mutations: 0,
      texts: linear.store.comments(issue).map(({ body }) => body),
    })),
    documents: linear.store.documents('Reading').map(({ title, content }) => ({ title, content })),
    ledgers: WRITES.map(write =>
      ledgerOf(repository, proposalOf(write)).filter(
        entry => !entry.endsWith(' failed') && entry !== SETTLED,
      ),
    ),
  }
}

const failuresOf = ({ repository }: Scenario) =>
  WRITES.map(write => ledgerOf(repository, proposalOf(write)).filter(entry => entry.endsWith(' failed')))

const settledIn = ({ repository }: Scenario) =>
  WRITES.flatMap(write => ledgerOf(repository, proposalOf(write))).filter(entry => entry === SETTLED).length

/** An address of this machine where nothing listens. */
async function closedEndpoint(): Promise<string> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  await new Promise(resolve => server.close(resolve))
  return `http://127.0.0.1:${port}/graphql`
}

/** The outage is over: what was missed lands once, and then there is nothing left to do. */
async function recover(scenario: Scenario): Promise<void> {
  scenario.linear.faults.reset()
  expect(await sync(scenario)).toMatchObject({ code: 0 })
  const landed = landedOn(scenario)
  const before = { mutations: scenario.linear.counters.mutations, files: fileTimes(scenario.repository.path) }
  expect(await sync(scenario)).toMatchObject({ code: 0 })
  expect(scenario.linear.counters.mutations).toBe(before.mutations)
  expect(fileTimes(scenario.repository.path)).toEqual(before.files)
  expect(settledIn(scenario)).toBe(failuresOf(scenario).flat().includes('archive->mirror failed') ? 1 : 0)
  const undisturbed = await dueScenario()
  await sync(undisturbed)
  expect(landed).toEqual(landedOn(undisturbed))
}

test('undisturbed, every write is applied once and the ledger records it', async () => {
  const scenario = await dueScenario()
  expect(await sync(scenario)).toMatchObject({ code: 0 })
  const { issues, documents, ledgers } = landedOn(scenario)
  expect(issues.map(({ state, moves, comments }) => [state, moves, comments])).toEqual([
    ['Todo', 1, 1],
    ['In Progress', 1, 1],
    ['In Review', 1, 1],
    ['In Progress', 1, 1],
    ['In Progress', 0, 1],
    ['Done', 1, 1],
  ])
  expect(documents.map(({ title }) => title)).toEqual(['OpenSpec: theme'])
  expect(ledgers.map(entries => entries.at(-1))).toEqual([
    'Backlog->Todo posted',
    'Todo->In Progress posted',
    'In Progress->In Review posted',
    'In Review->In Progress posted',
    'escalate posted',
    'In Review->Done posted',
  ])
})

test('ten runs while nothing answers add one entry per write; afterwards each lands once', async () => {
  const scenario = await dueScenario()
  const endpoint = await closedEndpoint()
  for (let run = 1; run <= 10; run += 1) {
    const before = fileTimes(scenario.repository.path)
    const ended = await sync(scenario, endpoint)
    expect(ended).toMatchObject({ code: 0 })
    expect(ended.err).toContain('Linear was not checked')
    if (run > 1) expect(fileTimes(scenario.repository.path)).toEqual(before)
  }
  expect(failuresOf(scenario)).toEqual([
    ['Backlog->Todo failed'],
    ['Todo->In Progress failed'],
    ['In Progress->In Review failed'],
    ['In Review->In Progress failed'],
    ['escalate failed'],
    ['In Review->Done failed'],
  ])
  expect(scenario.linear.counters).toEqual({ requests: 0, mutations: 0 })
  await recover(scenario)
})

const WRITING = [
  ['land, and their answers are lost', 'reset-after'],
  ['are refused by a gateway', 'bad-gateway'],
] as const

test.each(process.env.OPSX_LONG ? WRITING : WRITING.slice(0, 1))(
  'runs whose writes %s add one entry per write; afterwards each lands once',
  async (_, kind) => {
    const scenario = await dueScenario()
    scenario.linear.faults.inject({ kind, match: 'mutation', times: 10_000 })
    for (let run = 1; run <= 2; run += 1) {
      const before = fileTimes(scenario.repository.path)
      expect(await sync(scenario)).toMatchObject({ code: 0 })
      if (run > 1) expect(fileTimes(scenario.repository.path)).toEqual(before)
    }
    expect(failuresOf(scenario)).toEqual([
      ['Backlog->Todo failed'],
      ['Todo->In Progress failed'],
      ['In Progress->In Review failed'],
      ['In Review->In Progress failed'],
      ['escalate failed'],
      ['archive->mirror failed', 'In Review->Done failed'],
    ])
    await recover(scenario)
  },
)

test('an outage that begins in the middle of a run and goes on: what landed is not sent again', async () => {
  const scenario = await dueScenario()
  scenario.linear.faults.inject({ kind: 'reset-before', at: 5, times: 10_000 })
  expect(await sync(scenario)).toMatchObject({ code: 0 })
  const endpoint = await closedEndpoint()
  for (let run = 1; run <= 2; run += 1) expect(await sync(scenario, endpoint)).toMatchObject({ code: 0 })
  for (const failures of failuresOf(scenario)) expect(new Set(failures).size).toBe(failures.length)
  await recover(scenario)
})
