import { createHash } from 'node:crypto'
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createRepository, type Repository } from '../support/git-repository.ts'
import { spawnOpsx } from '../support/opsx-process.ts'

const CHANGE = 'openspec/changes/add-dark-mode'
const PROPOSAL =
  '## Why\nReaders of the night edition want a theme that does not blind them.\n\n## What Changes\n- Add a theme\n'
const SECRET = 'LINEAR_API_KEY=secret\n'

let repository: Repository
beforeEach(() => {
  repository = createRepository()
  repository.commit('Start', {
    'openspec/config.yaml': 'schema: spec-driven\n',
    'openspec/linear.yaml': 'workspace:\n  slug: local\nteams:\n  CAM: {}\n',
    '.gitignore': '.env\n.opsx/\n',
    [`${CHANGE}/proposal.md`]: PROPOSAL,
    [`${CHANGE}/tasks.md`]: '- [x] 1.1 Add the theme\n',
  })
  repository.write({ '.env': SECRET })
})
afterEach(() => repository.remove())

const at = (path: string) => join(repository.path, path)
const opsx = (...args: string[]) => spawnOpsx(args, { directory: repository.path })

function link(path: string, target: string): void {
  rmSync(at(path), { recursive: true, force: true })
  mkdirSync(dirname(at(path)), { recursive: true })
  symlinkSync(target, at(path))
}

describe('nothing is written through a link', () => {
  it.each([
    ['the report', `${CHANGE}/verify.md`, '../../../.env', ['verify', '--write']],
    [
      'the report, to a file that is not there',
      `${CHANGE}/verify.md`,
      '../../../new.md',
      ['verify', '--write'],
    ],
    [
      'the proposal',
      `${CHANGE}/proposal.md`,
      '../../../README.md',
      ['task', 'check', 'add-dark-mode', '1.1'],
    ],
    ['the tasks', `${CHANGE}/tasks.md`, '../../../tasks.md', ['task', 'uncheck', 'add-dark-mode', '1.1']],
    [
      'the registry',
      'openspec/linear.yaml',
      '../registry.yaml',
      ['init', '--workspace', 'acme', '--team', 'CAM'],
    ],
  ])('%s', async (_, path, target, args) => {
    repository.write({
      'README.md': PROPOSAL,
      'tasks.md': '- [x] 1.1 Add the theme\n',
      'registry.yaml': 'teams: {}\n',
    })
    const before = ['.env', 'README.md', 'tasks.md', 'registry.yaml'].map(file =>
      readFileSync(at(file), 'utf8'),
    )
    link(path, target)
    const { code } = await opsx(...args)
    expect(code).not.toBe(70)
    expect(
      ['.env', 'README.md', 'tasks.md', 'registry.yaml'].map(file => readFileSync(at(file), 'utf8')),
    ).toEqual(before)
    expect(lstatSync(at(path)).isSymbolicLink()).toBe(true)
  })

  it('the directory of a change', async () => {
    link(CHANGE, '../../elsewhere')
    repository.write({ 'elsewhere/proposal.md': PROPOSAL, 'elsewhere/tasks.md': '- [ ] 1.1 Add the theme\n' })
    const { code, err } = await opsx('task', 'check', 'add-dark-mode', '1.1')
    expect([code, err]).toEqual([2, expect.stringContaining('is a link, or below one')])
    expect(readFileSync(at('elsewhere/tasks.md'), 'utf8')).toBe('- [ ] 1.1 Add the theme\n')
  })
})

describe('a file that git ignores', () => {
  it('is not written over, because git could not restore it', async () => {
    repository.write({
      '.gitignore': '.env\n.opsx/\nverify.md\n',
      [`${CHANGE}/verify.md`]: 'notes of a person\n',
    })
    const { code, err } = await opsx('verify', '--write')
    expect([code, err]).toEqual([2, expect.stringContaining('git ignores it')])
    expect(readFileSync(at(`${CHANGE}/verify.md`), 'utf8')).toBe('notes of a person\n')
  })

  it('is written where openspec/ is ignored as a whole', async () => {
    repository.git('rm', '-r', '--quiet', '--cached', 'openspec')
    repository.commit('Ignore openspec', { '.gitignore': '.env\n.opsx/\nopenspec/\n' })
    const { code } = await opsx('task', 'uncheck', 'add-dark-mode', '1.1')
    expect([code, readFileSync(at(`${CHANGE}/tasks.md`), 'utf8')]).toEqual([0, '- [ ] 1.1 Add the theme\n'])
  })
})

describe("git's own directory", () => {
  it.each([
    ['proposal.md', `${CHANGE}/proposal.md`, '../../../.git/config'],
    ['verify.md', `${CHANGE}/verify.md`, '../../../.git/hooks/pre-commit'],
    ['a directory', 'openspec/specs', '../.git'],
  ])('is neither read nor written through %s', async (_, path, target) => {
    const config = readFileSync(at('.git/config'), 'utf8')
    link(path, target)
    for (const args of [
      ['verify', '--write'],
      ['status', '--json'],
      ['archive', 'add-dark-mode', '--force', 'verify/none'],
    ]) {
      const { code, out } = await opsx(...args)
      expect(code).not.toBe(70)
      expect(out).not.toContain('repositoryformatversion')
    }
    expect(readFileSync(at('.git/config'), 'utf8')).toBe(config)
  })
})

describe('the journal of an archive', () => {
  const digest = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`
  const HOOK = '#!/bin/sh\ntouch executed\n'
  const journalFor = (path: string) =>
    JSON.stringify({
      schema: 'opsx/archive-journal@1',
      holder: { pid: 2 ** 22 + 1, host: '', since: '2026-01-01T00:00:00Z', processStart: null, token: 'x' },
      change: 'add-dark-mode',
      from: CHANGE,
      to: 'openspec/changes/archive/2026-01-01-add-dark-mode',
      writes: [{ path, before: null, after: digest(HOOK) }],
    })

  it('in a clone is refused and named, and writes nothing', async () => {
    repository.write({
      '.opsx/archive/journal.json': journalFor('package.json'),
      '.opsx/archive/0.new': HOOK,
    })
    repository.git('add', '--force', '.opsx')
    repository.commit('Plant a journal')
    const { code, err } = await opsx('archive', 'add-dark-mode')
    expect([code, err]).toEqual([
      2,
      expect.stringContaining('.opsx/archive/journal.json is not a journal of opsx'),
    ])
    expect(repository.status()).toEqual([])
  })

  it.each(['package.json', '.github/workflows/ci.yml', 'openspec/specs/../../x.sh', '.git/hooks/pre-commit'])(
    'names no other file than an archive writes, such as %s',
    async path => {
      mkdirSync(at('.git/.opsx'), { recursive: true })
      writeFileSync(at('.git/.opsx/archive.json'), journalFor(path))
      repository.write({ '.opsx/archive/0.new': HOOK })
      const { code, err } = await opsx('archive', 'add-dark-mode')
      expect([code, err]).toEqual([2, expect.stringContaining('is not the journal of an archive')])
      expect(repository.status()).toEqual([])
    },
  )

  it('writes no executable file', async () => {
    const path = 'openspec/specs/theme/spec.md'
    mkdirSync(at('.git/.opsx'), { recursive: true })
    writeFileSync(at('.git/.opsx/archive.json'), journalFor(path))
    repository.write({ '.opsx/archive/0.new': HOOK })
    chmodSync(at('.opsx/archive/0.new'), 0o755)
    await opsx('archive', 'add-dark-mode')
    expect(statSync(at(path)).mode & 0o111).toBe(0)
  })
})
