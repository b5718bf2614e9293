import { describe, expect, test } from 'vitest'
import { rewriteMarkdown } from '../../src/local-linear/markdown-rewrite.ts'
import { withoutWaiting } from '../support/cli.ts'
import { ADA, codesOf, ledgerOf, PROPOSAL, REGISTRY, readFile } from '../support/scenario.ts'
import {
  ARCHIVED,
  bound,
  createArchivable,
  MAIN_SPEC,
  PROJECT,
  registryWith,
  verified,
} from './archivable.ts'

const TITLE = 'OpenSpec: theme'

/** Archived and committed on main, not synced yet. */
async function archived(...setUp: ((scenario: Awaited<ReturnType<typeof createArchivable>>) => void)[]) {
  const scenario = await createArchivable()
  for (const each of setUp) each(scenario)
  await scenario.opsx(['archive', 'add-dark-mode'])
  scenario.repository.commit('Archive')
  return scenario
}

/** The same, synced, and reopened with another text, ready to be archived again. */
async function again(scenario: Awaited<ReturnType<typeof archived>>) {
  const { repository, opsx } = scenario
  await opsx(['sync'])
  repository.commit('Done')
  await opsx(['reopen', 'add-dark-mode', '--reason', 'darker'])
  const spec = 'openspec/changes/add-dark-mode/specs/theme/spec.md'
  repository.commit('Work on', {
    [spec]: readFile(repository, spec).replace('the page is dark', 'the page is darker'),
    'openspec/changes/add-dark-mode/verify.md':
      '# 2\n\n## Overall Decision\n\n- [x] (pass) PASS\n- [ ] (fail) FAIL\n',
  })
  await opsx(['archive', 'add-dark-mode', '--force', 'delta/base-moved'])
  repository.commit('Archive again')
  return scenario
}

describe('a document', () => {
  test('with the exact title is found on any page of the project and updated, by a slugId in the registry too', async () => {
    const { linear, opsx, board } = await archived(scenario => {
      const { linear, repository } = scenario
      repository.commit('Name the project by its slug', { [REGISTRY]: registryWith(scenario, 'slugId') })
      linear.store.addDocument(PROJECT, TITLE, '')
      for (let index = 0; index < 260; index++) linear.store.addDocument(PROJECT, `${TITLE} ${index}`, 'x')
    })
    await opsx(['sync'])
    const titled = linear.store.documents(PROJECT).filter(({ title }) => title === TITLE)
    expect(titled).toHaveLength(1)
    expect(titled[0]?.content).toContain('the page is dark')
    expect(board().state).toBe('Done')
  })

  test('is updated by its stored id when the change is archived again, though a person renamed it', async () => {
    const scenario = await archived()
    await scenario.opsx(['sync'])
    const [first] = scenario.linear.store.documents(PROJECT)
    scenario.linear.store.editDocument(first?.id ?? '', { title: 'Themes' })
    await again(scenario)
    await scenario.opsx(['sync'])
    const documents = scenario.linear.store.documents(PROJECT)
    expect(documents.map(({ id }) => id)).toEqual([first?.id])
    expect(documents[0]?.content).toContain('the page is darker')
    expect(scenario.board()).toMatchObject({ state: 'Done' })
  })

  test('that a user deleted is not written into, and a new one takes its place once', async () => {
    const scenario = await archived()
    await scenario.opsx(['sync'])
    const [first] = scenario.linear.store.documents(PROJECT)
    scenario.linear.store.trashDocument(first?.id ?? '')
    await again(scenario)
    await scenario.opsx(['sync'])
    await scenario.opsx(['sync'])
    const live = scenario.linear.store.documents(PROJECT).filter(({ trashed }) => !trashed)
    expect(live).toHaveLength(1)
  })

  test.each([
    ['edited by somebody else', 'mirror/foreign-edit'],
    ['with an unresolved comment', 'mirror/unresolved-comments'],
  ])('%s is left alone, Done is not held back, and --force overwrites it', async (_, code) => {
    const scenario = await archived()
    const { linear, opsx, repository, board } = scenario
    await opsx(['sync'])
    const id = linear.store.documents(PROJECT)[0]?.id ?? ''
    if (code === 'mirror/foreign-edit') linear.store.editDocument(id, { content: 'Ada was here' }, ADA)
    else linear.store.commentOnDocument(id, 'Why?', ADA)
    await again(scenario)
    const ran = await opsx(['sync', '--json'])
    expect(codesOf(ran)).toContain(code)
    expect(board().state).toBe('Done')
    expect(ledgerOf(repository, `${ARCHIVED}/proposal.md`).slice(-2)).toEqual([
      'archive->mirror dropped',
      'In Progress->Done posted',
    ])
    const content = () => linear.store.documents(PROJECT)[0]?.content
    expect(content()).not.toContain('darker')
    expect((await opsx(['sync', '--json'])).json()).toMatchObject({ plan: [], mutations: 0 })
    await opsx(['sync', 'add-dark-mode', '--force'])
    expect(content()).toBe(rewriteMarkdown(readFile(repository, MAIN_SPEC)))
    expect(ledgerOf(repository, `${ARCHIVED}/proposal.md`).at(-1)).toBe('archive->mirror posted')
  })
})

test('without a project the mirror is recorded as dropped once, and the issue is Done', async () => {
  const { repository, opsx, board, linear } = await createArchivable(
    verified({ frontmatter: bound({ project: '' }) }),
  )
  await opsx(['archive', 'add-dark-mode'])
  repository.commit('Archive')
  await opsx(['sync'])
  await opsx(['sync'])
  expect(board()).toEqual({ mutations: 2, moves: 1, comments: 1, state: 'Done' })
  expect(linear.store.documents(PROJECT)).toEqual([])
  expect(ledgerOf(repository, `${ARCHIVED}/proposal.md`).slice(-2)).toEqual([
    'archive->mirror dropped',
    'In Review->Done posted',
  ])
})

test('a project that Linear does not have is recorded as failed, Done goes on, and a later sync catches up', async () => {
  const scenario = await archived(({ repository }) => {
    const text = readFile(repository, REGISTRY).replace(
      /id: "[0-9a-f-]{36}" # the shelf/,
      'id: "00000000-0000-4000-8000-000000000000" # the shelf',
    )
    repository.commit('Break', { [REGISTRY]: text })
  })
  const { repository, opsx, board, linear } = scenario
  expect((await opsx(['sync'])).exitCode).toBe(0)
  expect(board().state).toBe('Done')
  const ledger = () => ledgerOf(repository, `${ARCHIVED}/proposal.md`)
  expect(ledger().slice(-2)).toEqual(['archive->mirror failed', 'In Review->Done posted'])
  expect((await opsx(['verify', '--archived', '--json'])).json().findings).toEqual(
    expect.arrayContaining([expect.objectContaining({ code: 'mirror/behind' })]),
  )
  repository.commit('Mend', { [REGISTRY]: registryWith(scenario) })
  await opsx(['sync'])
  expect(linear.store.documents(PROJECT)).toHaveLength(1)
  expect(ledger().at(-1)).toBe('archive->mirror posted')
  expect((await opsx(['sync', '--json'])).json()).toMatchObject({ plan: [], mutations: 0 })
})

test('Linear that goes away in the middle leaves one document and one comment in the end', async () => {
  const { opsx, linear, board } = await archived()
  for (let at = 1; at < 8; at++) {
    linear.faults.inject({ kind: at % 2 === 0 ? 'reset-after' : 'bad-gateway', at, times: 100 })
    await opsx(['sync'], { wrap: withoutWaiting })
    linear.faults.reset()
  }
  await opsx(['sync'])
  expect(linear.store.documents(PROJECT)).toHaveLength(1)
  expect(board()).toMatchObject({ moves: 1, comments: 1, state: 'Done' })
})

test('on a branch the files are archived and Linear waits; sync on the default branch updates it', async () => {
  const { repository, opsx, board, linear } = await createArchivable()
  repository.branch('feature')
  await opsx(['archive', 'add-dark-mode'])
  repository.commit('Archive')
  expect(codesOf(await opsx(['sync', '--json']))).toEqual(['sync/waits-for-merge'])
  expect(board()).toMatchObject({ mutations: 0, state: 'In Review' })
  expect(linear.store.documents(PROJECT)).toEqual([])
  repository.checkout('main')
  repository.git('merge', '--quiet', 'feature')
  await opsx(['sync', '--commit'])
  expect(board().state).toBe('Done')
  expect(linear.store.documents(PROJECT)).toHaveLength(1)
  expect(repository.git('show', 'HEAD:openspec/linear.yaml')).toContain(
    linear.store.documents(PROJECT)[0]?.id,
  )
  expect(repository.status()).toEqual([])
})

test('an archive that OpenSpec made is mirrored and finished as well', async () => {
  const { repository, opsx, board, linear } = await createArchivable()
  repository.git('mv', 'openspec/changes/add-dark-mode', ARCHIVED)
  repository.commit('Archived by OpenSpec')
  await opsx(['sync'])
  expect(board().state).toBe('Done')
  expect(linear.store.documents(PROJECT)).toHaveLength(1)
})

test('for a reopened change, a later archive that replaced its requirement is reported', async () => {
  const { repository, opsx } = await archived()
  await opsx(['sync'])
  const older = ARCHIVED.replace(/\d{4}-\d{2}-\d{2}/, '2026-01-01')
  repository.git('mv', ARCHIVED, older)
  const later = verified({ name: 'later' })
  repository.commit('Later', later)
  await opsx(['archive', 'later'])
  repository.commit('Archive later')
  const ran = await opsx(['reopen', 'add-dark-mode', '--reason', 'x', '--json'])
  expect(ran.exitCode).toBe(0)
  expect(codesOf(ran)).toContain('archive/superseded')
  expect(readFile(repository, PROPOSAL)).toContain('Done->In Progress')
})
