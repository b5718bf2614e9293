import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { runOpsx } from '../support/cli.ts'
import { createRepository, type Files } from '../support/git-repository.ts'

const proposal = (why: string) => `## Why\n\n${why}\n`
const ROOTS: Files = {
  'openspec/changes/top/proposal.md': proposal('Above all.'),
  'apps/web/openspec/changes/dark-mode/proposal.md': proposal('At night.'),
  'apps/api/openspec/changes/rate-limit/proposal.md': proposal('Too many.'),
}
/** What looks like a root and is none of this repository's. */
const OTHERS: Files = {
  '.gitignore': 'dist/\n',
  'dist/openspec/changes/built/proposal.md': proposal('Built.'),
  'node_modules/some/openspec/changes/theirs/proposal.md': proposal('Theirs.'),
  '.cache/openspec/changes/cached/proposal.md': proposal('Cached.'),
  'openspec/changes/top/openspec/changes/inner/proposal.md': proposal('Inside.'),
}

function monorepo(files: Files = { ...ROOTS, ...OTHERS }) {
  const repository = createRepository()
  onTestFinished(() => repository.remove())
  repository.write({ 'dist/.keep': '' })
  repository.commit('Begin', files)
  const opsx = (args: string[], at = '') => runOpsx(args, { cwd: join(repository.path, at) })
  return { repository, opsx }
}

type Row = {
  root: string
  exitCode: number
  document: { schema: string; ok: boolean; changes: { change: string }[] }
}
const rowsOf = (ran: { json(): { roots: Row[] } }) =>
  ran.json().roots.map(({ root, document }) => [root, document.changes.map(({ change }) => change).join()])

test.each(['', 'apps', 'apps/web', 'apps/api/openspec/changes'])(
  'status --all-roots shows every root of the repository from %j, and no other',
  async at => {
    const { opsx } = monorepo()
    const ran = await opsx(['status', '--all-roots', '--json'], at)
    expect(ran.json()).toMatchObject({ schema: 'opsx/roots@1', ok: true })
    expect(rowsOf(ran)).toEqual([
      ['.', 'top'],
      ['apps/api', 'rate-limit'],
      ['apps/web', 'dark-mode'],
    ])
  },
)

test('people read each root under its name', async () => {
  const { opsx } = monorepo(ROOTS)
  const { stdout } = await opsx(['status', '--all-roots'])
  expect(stdout.match(/^\S+:$/gm)).toEqual(['.:', 'apps/api:', 'apps/web:'])
  expect(stdout).toMatch(/apps\/web:\nCHANGE .*\ndark-mode /)
})

test('the nearest root above counts without the flag, and -C points to another', async () => {
  const { opsx } = monorepo()
  const changes = async (args: string[], at: string) =>
    (await opsx(['status', '--json', ...args], at))
      .json()
      .changes.map(({ change }: { change: string }) => change)
  expect(await changes([], 'apps/web/openspec/changes/dark-mode')).toEqual(['dark-mode'])
  expect(await changes([], 'apps')).toEqual(['top'])
  expect(await changes(['-C', '../apps/api'], 'apps')).toEqual(['rate-limit'])
})

test('one broken root does not keep the others from being verified, and the worst exit code counts', async () => {
  const { opsx } = monorepo({ ...ROOTS, 'apps/api/openspec/linear.yaml': '- a list\n' })
  const ran = await opsx(['verify', '--all-roots', '--json'])
  expect(ran.exitCode).toBe(2)
  const { ok, roots } = ran.json()
  expect(ok).toBe(false)
  expect(roots.map(({ root, exitCode }: Row) => `${root} ${exitCode}`)).toEqual([
    '. 0',
    'apps/api 2',
    'apps/web 0',
  ])
  expect(roots[1].document).toMatchObject({
    schema: 'opsx/error@1',
    ok: false,
    error: { code: 'REGISTRY_UNREADABLE' },
  })
  const text = await opsx(['verify', '--all-roots'])
  expect(text.stdout).toContain('REGISTRY_UNREADABLE')
  expect(text.stdout).toContain('apps/web:\n')
})

test.each([
  ['names', ['status', 'dark-mode', '--all-roots']],
  ['formats of one root', ['verify', '--all-roots', '--format', 'sarif']],
])('%s are refused', async (_, args) => {
  const { opsx } = monorepo(ROOTS)
  const { exitCode, stderr } = await opsx(args)
  expect(exitCode).toBe(2)
  expect(stderr).toContain('USAGE')
})

test('a repository without any root is reported', async () => {
  const { opsx } = monorepo({ 'README.md': 'Hello.\n' })
  const { exitCode, json } = await opsx(['status', '--all-roots', '--json'])
  expect({ exitCode, code: json().error.code }).toEqual({ exitCode: 2, code: 'NOT_A_REPOSITORY' })
})

test('links are no roots, and an openspec/ that is a link out of its root is not read', async () => {
  const elsewhere = monorepo(ROOTS)
  const { opsx, repository } = monorepo({ 'openspec/changes/top/proposal.md': proposal('Above.') })
  symlinkSync(elsewhere.repository.path, join(repository.path, 'linked'))
  mkdirSync(join(repository.path, 'apps'))
  symlinkSync(join(elsewhere.repository.path, 'openspec'), join(repository.path, 'apps', 'openspec'))
  expect(rowsOf(await opsx(['status', '--all-roots', '--json']))).toEqual([['.', 'top']])
  for (const args of [['status'], ['verify'], ['init', '--local'], ['new', 'add-x']]) {
    const { exitCode, json } = await opsx([...args, '--json'], 'apps')
    expect({ exitCode, code: json().error.code }).toEqual({ exitCode: 2, code: 'PATH_ESCAPES' })
  }
  expect(elsewhere.repository.status()).toEqual([])
})

test('init --here begins a root below another one', async () => {
  const { opsx, repository } = monorepo({
    'openspec/config.yaml': 'schema: spec-driven\n',
    'apps/web/index.html': '',
  })
  expect((await opsx(['init', '--json'], 'apps/web')).json().root).toBe(repository.path)
  const { root, writes } = (await opsx(['init', '--here', '--json'], 'apps/web')).json()
  expect(root).toBe(join(repository.path, 'apps/web'))
  expect(writes).toContain('openspec/config.yaml')
  const again = (await opsx(['init', '--json'], 'apps/web')).json()
  expect(again).toMatchObject({ root, writes: [] })
})
