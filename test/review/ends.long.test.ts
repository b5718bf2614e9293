import { expect, test } from 'vitest'
import { withoutWaiting } from '../support/cli.ts'
import {
  ADA,
  ARCHIVE,
  CHANGE,
  changeFiles,
  createScenario,
  DIRECTORY,
  ISSUE,
  ledgerOf,
  PROPOSAL,
  REGISTRY,
  readFile,
  registryText,
  VERIFY,
  verifyText,
} from '../support/scenario.ts'

async function started(state: 'In Progress' | 'In Review' = 'In Progress') {
  const scenario = await createScenario({ state })
  scenario.repository.commit('Start', changeFiles({ phase: state, recorded: state }))
  return scenario
}

const REOPEN = ['reopen', CHANGE, '--reason', 'still wanted']

test.each([
  ['Canceled', ['cancel', CHANGE, '--reason', 'replaced']],
  ['Duplicate', ['duplicate', CHANGE, '--of', 'LOC-9']],
] as const)(
  '%s: one move, one comment, one entry; the second time is refused with 1',
  async (state, args) => {
    const { opsx, board, repository } = await started()
    expect((await opsx([...args])).exitCode).toBe(0)
    expect(board()).toEqual({ mutations: 2, moves: 1, comments: 1, state })
    expect(ledgerOf(repository).at(-1)).toBe(`In Progress->${state} posted`)
    expect((await opsx(['status', '--json'])).json().changes[0].phase).toBe(state)
    await opsx(['sync'])
    const again = await opsx([...args, '--json'])
    expect(again.exitCode).toBe(1)
    expect(again.json().error.code).toBe('TRANSITION_REFUSED')
    expect(board()).toMatchObject({ mutations: 2 })
  },
)

test.each([
  ['cancel', CHANGE],
  ['duplicate', CHANGE, '--of', 'LOC-9'],
])(
  '%s that died before its ledger write is finished by running it again, without a second comment',
  async (...args) => {
    const { opsx, board, repository } = await started()
    const before = readFile(repository, PROPOSAL)
    await opsx(args)
    repository.write({ [PROPOSAL]: before })
    expect((await opsx(args)).exitCode).toBe(0)
    expect(board()).toMatchObject({ moves: 1, comments: 1 })
    expect(ledgerOf(repository)).toHaveLength(2)
  },
)

test('a cancel during an outage is recorded as failed, and a later sync applies it once', async () => {
  const { opsx, board, repository, linear } = await started()
  linear.faults.inject({ kind: 'bad-gateway', times: 100 })
  expect((await opsx(['cancel', CHANGE], { wrap: withoutWaiting })).exitCode).toBe(3)
  expect(ledgerOf(repository).at(-1)).toBe('In Progress->Canceled failed')
  linear.faults.reset()
  await opsx(['sync'])
  await opsx(['sync'])
  expect(board()).toEqual({ mutations: 2, moves: 1, comments: 1, state: 'Canceled' })
  expect(ledgerOf(repository).at(-1)).toBe('In Progress->Canceled posted')
})

test('a cancel --offline is recorded as dropped, and a later sync applies it', async () => {
  const { opsx, board, repository } = await started()
  await opsx(['cancel', CHANGE, '--offline'])
  expect(ledgerOf(repository).at(-1)).toBe('In Progress->Canceled dropped')
  await opsx(['sync'])
  expect(board()).toEqual({ mutations: 2, moves: 1, comments: 1, state: 'Canceled' })
})

test('a cancel of an issue that another user completed leaves it alone and reports that', async () => {
  const { opsx, board, repository, linear } = await started()
  linear.store.moveIssue(ISSUE, 'Done', ADA)
  expect((await opsx(['cancel', CHANGE])).exitCode).toBe(0)
  expect(board()).toEqual({ mutations: 0, moves: 0, comments: 0, state: 'Done' })
  expect(ledgerOf(repository).at(-1)).toBe('In Progress->Canceled dropped')
})

test('reopen moves a canceled change back: one move, one comment, one entry; twice is refused', async () => {
  const { opsx, board, repository } = await started()
  await opsx(['cancel', CHANGE])
  expect((await opsx(REOPEN)).exitCode).toBe(0)
  expect(board()).toEqual({ mutations: 4, moves: 2, comments: 2, state: 'In Progress' })
  expect(ledgerOf(repository).at(-1)).toBe('Canceled->In Progress posted')
  expect(readFile(repository, PROPOSAL)).toContain('reopened: still wanted')
  expect((await opsx(REOPEN)).exitCode).toBe(1)
  await opsx(['sync'])
  expect(board()).toMatchObject({ mutations: 4 })
  await opsx(['cancel', CHANGE])
  expect(board()).toEqual({ mutations: 6, moves: 3, comments: 3, state: 'Canceled' })
})

test('reopen takes an archived change back: the directory moves, then the issue, and both once', async () => {
  const { opsx, board, repository } = await createScenario({ state: 'Done' })
  repository.commit('Archive', changeFiles({ phase: 'Done', recorded: 'Done', directory: ARCHIVE }))
  expect((await opsx(REOPEN)).exitCode).toBe(0)
  expect(board()).toEqual({ mutations: 2, moves: 1, comments: 1, state: 'In Progress' })
  expect(ledgerOf(repository)).toEqual(['Backlog->Done posted', 'Done->In Progress posted'])
  expect(() => readFile(repository, `${ARCHIVE}/proposal.md`)).toThrow()
})

test('a reopen that died after moving the directory, or before its ledger write, is finished by repeating it', async () => {
  const { opsx, board, repository } = await createScenario({ state: 'Done' })
  repository.commit('Archive', changeFiles({ phase: 'Done', recorded: 'Done', directory: ARCHIVE }))
  repository.git('mv', ARCHIVE, DIRECTORY)
  const moved = readFile(repository, PROPOSAL)
  await opsx(REOPEN)
  repository.write({ [PROPOSAL]: moved })
  expect((await opsx(REOPEN)).exitCode).toBe(0)
  expect(board()).toMatchObject({ moves: 1, comments: 1, state: 'In Progress' })
  expect(ledgerOf(repository)).toEqual(['Backlog->Done posted', 'Done->In Progress posted'])
})

test('an active change cannot be reopened, and an unknown one is named: exit 1 and 2', async () => {
  const { opsx, board } = await started()
  expect((await opsx(REOPEN)).exitCode).toBe(1)
  const unknown = await opsx(['reopen', 'add-dark-mod', '--reason', 'x', '--json'])
  expect(unknown.exitCode).toBe(2)
  expect(unknown.json().error).toMatchObject({ code: 'CHANGE_NOT_FOUND', hint: `Did you mean ${CHANGE}?` })
  const synced = await opsx(['sync', 'add-dark-mod', '--json'])
  expect([synced.exitCode, synced.json().error.code]).toEqual([2, 'CHANGE_NOT_FOUND'])
  expect(board()).toMatchObject({ mutations: 0 })
})

test('a branch that does not own the change may not end it: exit 1, nothing written', async () => {
  const { opsx, board, repository } = await started()
  repository.branch('other')
  const ran = await opsx(['cancel', CHANGE, '--json'])
  expect(ran.exitCode).toBe(1)
  expect(ran.json().error.message).toMatch(/not recorded.*no commit on other changes/)
  expect(board()).toMatchObject({ mutations: 0 })
  expect(repository.status()).toEqual([])
})

test('task check changes one byte, and the next sync takes T2', async () => {
  const { opsx, board, repository } = await createScenario({ state: 'Todo' })
  repository.commit('Propose', changeFiles({ phase: 'Todo', recorded: 'Todo' }))
  const before = readFile(repository, `${DIRECTORY}/tasks.md`)
  expect((await opsx(['task', 'check', CHANGE, '1.1'])).exitCode).toBe(0)
  expect(readFile(repository, `${DIRECTORY}/tasks.md`)).toBe(before.replace('[ ] 1.1', '[x] 1.1'))
  expect(board()).toMatchObject({ mutations: 0 })
  await opsx(['sync'])
  expect(board()).toEqual({ mutations: 2, moves: 1, comments: 1, state: 'In Progress' })
  await opsx(['task', 'uncheck', CHANGE, '1.1'])
  await opsx(['sync'])
  expect(board()).toEqual({ mutations: 2, moves: 1, comments: 1, state: 'In Progress' })
})

test.each([
  ['all', [1, 2, 3]],
  ['review', [0, 1, 2]],
  ['none', [0, 0, 0]],
] as const)(
  'defaults.comments: %s leaves %j comments after T2, a FAIL and T3; moves and ledger are the same',
  async (comments, counts) => {
    const files = { [REGISTRY]: registryText({ more: `defaults: { comments: ${comments} }\n` }) }
    const { opsx, board, repository } = await createScenario({ state: 'Todo', files })
    const seen: number[] = []
    for (const phase of ['In Progress', 'Failed', 'In Review'] as const) {
      const ledger = phase === 'In Progress' ? {} : { [PROPOSAL]: readFile(repository, PROPOSAL) }
      repository.commit(phase, { ...changeFiles({ phase, recorded: 'Todo' }), ...ledger })
      await opsx(['sync'])
      await opsx(['sync'])
      seen.push(board().comments)
    }
    expect(seen).toEqual(counts)
    expect(board()).toMatchObject({ moves: 2, state: 'In Review' })
    expect(ledgerOf(repository).slice(1)).toEqual([
      'Todo->In Progress posted',
      'In Progress->In Review dropped',
      'In Progress->In Review posted',
    ])
  },
)

test('a branch that does not own an archived change may not reopen it, and moves no directory', async () => {
  const { opsx, board, repository } = await createScenario({ state: 'Done' })
  repository.commit('Archive', changeFiles({ phase: 'Done', recorded: 'Done', directory: ARCHIVE }))
  repository.branch('other')
  expect((await opsx(['reopen', CHANGE, '--reason', 'again'])).exitCode).toBe(1)
  expect(board()).toMatchObject({ mutations: 0 })
  expect(repository.status()).toEqual([])
})

test('a reopened change waits for a new decision, and a newly checked task is one', async () => {
  const { opsx, board, repository } = await createScenario({ state: 'Done' })
  repository.commit('Archive', changeFiles({ phase: 'Done', recorded: 'Done', directory: ARCHIVE }))
  expect((await opsx(['reopen', CHANGE, '--reason', 'again'])).exitCode).toBe(0)
  expect(readFile(repository, VERIFY)).not.toContain('[x]')
  await opsx(['sync'])
  expect(board()).toMatchObject({ state: 'In Progress' })
  repository.commit('Verify again', { [VERIFY]: verifyText('PASS') })
  await opsx(['sync'])
  expect(board()).toMatchObject({ state: 'In Review' })
})

test('a change that shares its issue is taken back although the issue is not moved', async () => {
  const { opsx, repository } = await createScenario({ state: 'Todo' })
  repository.commit('Both', {
    ...changeFiles({ phase: 'Todo', recorded: 'Todo' }),
    ...changeFiles({ phase: 'Todo', recorded: 'Todo', name: 'other-one' }),
  })
  await opsx(['cancel', CHANGE])
  await opsx(['reopen', CHANGE, '--reason', 'back'])
  const { changes } = (await opsx(['status', '--json'])).json()
  expect(changes.map((change: { phase: string }) => change.phase)).toEqual(['Todo', 'Todo'])
})

test('a proposal that cannot be edited is named, sends nothing to Linear, and does not stop the others', async () => {
  const { opsx, board, repository, linear } = await createScenario({
    seed: {
      issues: [
        { identifier: 'LOC-1', state: 'Todo' },
        { identifier: 'LOC-2', state: 'Todo' },
      ],
    },
  })
  const broken = changeFiles({ phase: 'In Progress', recorded: 'Todo' })
  const text = String(broken[PROPOSAL]).replace('last_synced_state: Todo', 'last_synced_state: &s Todo')
  repository.commit('Both', {
    ...broken,
    [PROPOSAL]: text,
    ...changeFiles({ phase: 'In Progress', recorded: 'Todo', name: 'zz-other', issue: 'LOC-2' }),
  })
  const ran = await opsx(['sync'])
  expect(ran.exitCode).toBe(2)
  expect(ran.stdout).toContain(PROPOSAL)
  expect(board('LOC-1')).toMatchObject({ moves: 0, comments: 0 })
  expect(board('LOC-2')).toMatchObject({ moves: 1, comments: 1 })
  expect(linear.store.stateOf('LOC-2')).toBe('In Progress')
})
