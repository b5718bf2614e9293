import { expect, test } from 'vitest'
import { contextWith } from '../support/cli.ts'
import {
  ADA,
  changeFiles,
  codesOf,
  ISSUE,
  ledgerOf,
  PROPOSAL,
  REGISTRY,
  readFile,
  registryText,
} from '../support/scenario.ts'
import { restraint, scenarioOf } from './restraint.ts'

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
  expect(finding?.message).toContain('GitHub (automation) set LOC-1 to Done')
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
  expect(finding?.message).toContain(
    'LOC-1 is In Review (moved by ada), but its files are only at In Progress',
  )
  expect(ledgerOf(scenario.repository)).toEqual(['Backlog->In Progress dropped'])
  expect(readFile(scenario.repository, PROPOSAL)).toContain('moved by ada')
})

test('the first sync of an issue that is where its files are: one dropped entry, and the recorded state follows', async () => {
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
    expect(ran.json().findings[0].message).toContain('Linear returned no issue LOC-1 for this key')
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
