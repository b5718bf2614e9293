import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createGit } from '../../src/adapters/git/git.ts'
import { OpsxError } from '../../src/errors.ts'
import type { LedgerCommit } from '../../src/ports/git.ts'
import {
  addHook,
  cloneOf,
  createRemote,
  createRepository,
  type Repository,
  temporaryDirectory,
} from '../support/git-repository.ts'

const A = 'openspec/changes/a/proposal.md'
const B = 'openspec/changes/b/proposal.md'
const TEXT = '---\nlog:\n---\n\n# Title\n\nBody.\n'
const LOGGED = '---\nlog:\n- posted\n---\n\n# Title\n\nBody.\n'

/** Adds a line to the log once, and leaves the rest of the text. */
const withEntry = (text: string) =>
  text.includes('- posted') ? text : text.replace(/log:(\r?\n)/, 'log:$1- posted$1')
const ledger = (...paths: string[]): LedgerCommit => ({
  paths,
  rewrite: (_, text) => withEntry(text),
  message: 'Record the ledger\n\nof two changes',
})

const made: Repository[] = []
let repository: Repository

const kept = (created: Repository) => {
  made.push(created)
  return created
}

beforeEach(() => {
  repository = kept(createRepository())
  repository.commit('base', { [A]: TEXT, [B]: TEXT, 'src/code.ts': 'code\n' })
})

afterEach(() => {
  for (const one of made.splice(0)) one.remove()
})

const gitAt = (at: Repository, gh = '/nowhere/gh') => createGit(at.path, {}, gh)
const textAt = (at: Repository, ref: string, path = A) => `${at.git('show', `${ref}:${path}`)}\n`
const fileAt = (at: Repository, path = A) => readFileSync(join(at.path, path), 'utf8')

function failure(action: () => unknown): OpsxError {
  try {
    action()
  } catch (error) {
    if (error instanceof OpsxError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

/** What sync leaves behind: the same line in the working tree. */
const sync = (at: Repository, ...paths: string[]) => {
  for (const path of paths) at.write({ [path]: withEntry(fileAt(at, path)) })
}

describe('commitLedger', () => {
  it('commits the lines alone, on the tip of the branch, and leaves a clean tree', () => {
    const head = repository.git('rev-parse', 'HEAD')
    sync(repository, A, B)
    const result = gitAt(repository).commitLedger(ledger(A, B))
    expect(result).toEqual({
      commit: repository.git('rev-parse', 'main'),
      skipped: [],
      pushed: null,
      commands: [],
    })
    expect(repository.git('rev-parse', 'HEAD^')).toBe(head)
    expect(repository.git('show', '--name-only', '--format=%B', 'HEAD').split('\n')).toEqual([
      'Record the ledger',
      '',
      'of two changes',
      '',
      A,
      B,
    ])
    expect(textAt(repository, 'HEAD')).toBe(LOGGED)
    expect(repository.status()).toEqual([])
  })

  it("leaves the user's unstaged edits of the same file, and files of their own, as they are", () => {
    const edited = LOGGED.replace('Body', 'My body')
    repository.write({ [A]: edited, 'src/code.ts': 'mine\n', 'new.txt': 'new\n' })
    gitAt(repository).commitLedger(ledger(A))
    expect(textAt(repository, 'HEAD')).toBe(LOGGED)
    expect(fileAt(repository)).toBe(edited)
    expect(repository.status()).toEqual([` M ${A}`, ' M src/code.ts', '?? new.txt'])
    expect(repository.git('diff', '--stat', '--', A)).toContain('1 insertion(+), 1 deletion(-)')
  })

  it('keeps what is staged staged, with the ledger lines below it', () => {
    repository.write({ [A]: TEXT.replace('Body', 'Staged body'), 'src/code.ts': 'staged\n' })
    repository.git('add', '--all')
    repository.write({ [A]: LOGGED.replace('Body', 'Working body') })
    gitAt(repository).commitLedger(ledger(A))
    expect(textAt(repository, 'HEAD')).toBe(LOGGED)
    expect(`${repository.git('show', `:${A}`)}\n`).toBe(LOGGED.replace('Body', 'Staged body'))
    expect(repository.status()).toEqual([`MM ${A}`, 'M  src/code.ts'])
  })

  it('does not add the lines twice when they are staged already', () => {
    const edited = LOGGED.replace('Body', 'My body')
    repository.write({ [A]: edited })
    repository.git('add', '--all')
    gitAt(repository).commitLedger({
      ...ledger(A),
      rewrite: (_, text) => text.replace('log:\n', 'log:\n- posted\n'),
    })
    expect(`${repository.git('show', `:${A}`)}\n`).toBe(edited)
    expect(repository.status()).toEqual([`M  ${A}`])
  })

  it('skips what is not committed, with the reason, and a removed file stays staged as removed', () => {
    const fresh = 'openspec/changes/new/proposal.md'
    repository.write({ [fresh]: TEXT })
    repository.git('rm', '--quiet', B)
    const result = gitAt(repository).commitLedger(ledger(fresh, B))
    expect(result.skipped).toEqual([{ path: fresh, reason: 'not committed on main yet' }])
    expect(textAt(repository, 'HEAD', B)).toBe(LOGGED)
    expect(repository.status()).toEqual([`D  ${B}`, `?? ${fresh}`])
  })

  it('commits nothing when no line is new, or nothing is committed at all', () => {
    const head = repository.commit('logged', { [A]: LOGGED })
    expect(gitAt(repository).commitLedger(ledger(A)).commit).toBeNull()
    expect(repository.git('rev-parse', 'HEAD')).toBe(head)
    const empty = kept(createRepository())
    empty.write({ [A]: TEXT })
    const skipped = [{ path: A, reason: 'not committed yet' }]
    expect(gitAt(empty).commitLedger(ledger(A))).toMatchObject({ commit: null, skipped })
  })

  it('skips links, bytes that are no text, and texts that cannot be edited', () => {
    repository.git('rm', '--quiet', B)
    repository.git('config', 'core.symlinks', 'true')
    repository.git(
      'update-index',
      '--add',
      '--cacheinfo',
      `120000,${repository.git('rev-parse', `HEAD:${A}`)},link.md`,
    )
    writeFileSync(join(repository.path, 'latin.md'), Buffer.from([0xfc]))
    repository.git('add', 'latin.md')
    repository.git('commit', '--quiet', '--message', 'odd')
    const refusing: LedgerCommit = {
      ...ledger('link.md', 'latin.md', A),
      rewrite: path => {
        throw new OpsxError('EDIT_REFUSED', `${path} has no front matter`)
      },
    }
    expect(gitAt(repository).commitLedger(refusing)).toMatchObject({
      commit: null,
      skipped: [
        { path: 'latin.md', reason: 'not UTF-8 text in git' },
        { path: 'link.md', reason: 'not a regular file in git' },
        { path: A, reason: `${A} has no front matter` },
      ],
    })
  })

  it('keeps committed line endings, byte order mark and mode, whatever autocrlf is', () => {
    const crlf = `\uFEFF${TEXT.replaceAll('\n', '\r\n')}`
    repository.write({ [A]: crlf })
    chmodSync(join(repository.path, A), 0o755)
    repository.commit('crlf')
    repository.git('config', 'core.autocrlf', 'true')
    gitAt(repository).commitLedger(ledger(A))
    expect(textAt(repository, 'HEAD').trimEnd()).toBe(`\uFEFF${LOGGED.replaceAll('\n', '\r\n')}`.trimEnd())
    expect(repository.git('ls-tree', 'HEAD', '--', A)).toMatch(/^100755 /)
  })

  it('leaves a clean tree when the working tree has CRLF by autocrlf', () => {
    repository.git('config', 'core.autocrlf', 'true')
    repository.write({ [A]: LOGGED.replaceAll('\n', '\r\n') })
    gitAt(repository).commitLedger(ledger(A))
    expect(textAt(repository, 'HEAD')).toBe(LOGGED)
    expect(repository.status()).toEqual([])
  })

  it('runs no hook of the user', () => {
    const failing = 'touch "$(git rev-parse --git-common-dir)/hooked"; exit 1'
    for (const hook of [
      'pre-commit',
      'commit-msg',
      'post-commit',
      'reference-transaction',
      'post-index-change',
    ]) {
      addHook(repository, hook, failing)
    }
    expect(gitAt(repository).commitLedger(ledger(A)).commit).not.toBeNull()
    expect(() => fileAt(repository, '.git/hooked')).toThrow()
  })

  it('works from a directory of the repository and in a second working tree', () => {
    const inner = { 'apps/one/openspec/changes/a/proposal.md': TEXT }
    repository.commit('inner', inner)
    createGit(join(repository.path, 'apps/one'), {}).commitLedger(ledger(A))
    expect(repository.git('show', '--name-only', '--format=', 'HEAD')).toBe(
      'apps/one/openspec/changes/a/proposal.md',
    )
    const tree = repository.worktree('feature')
    gitAt(tree).commitLedger(ledger(B))
    expect(tree.git('show', '--name-only', '--format=', 'feature')).toBe(B)
    expect(tree.status()).toEqual([` M ${B}`])
  })

  it('reports a missing committer identity, and changes nothing', () => {
    repository.git('config', '--unset', 'user.name')
    repository.git('config', '--unset', 'user.email')
    const saved = { ...process.env }
    Object.assign(process.env, { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' })
    for (const name of Object.keys(process.env))
      if (/^(GIT_(AUTHOR|COMMITTER)|EMAIL$)/.test(name)) delete process.env[name]
    try {
      const error = failure(() => gitAt(repository).commitLedger(ledger(A)))
      expect(error.code).toBe('GIT_FAILED')
      expect(error.message).toContain('user.name or user.email is not configured')
    } finally {
      process.env = saved
    }
    expect(repository.status()).toEqual([])
  })

  it('refuses a detached HEAD, and an index that another command has locked', () => {
    writeFileSync(join(repository.path, '.git/index.lock'), '')
    expect(failure(() => gitAt(repository).commitLedger(ledger(A)))).toMatchObject({
      code: 'GIT_FAILED',
      hint: expect.stringContaining('Another git command'),
    })
    expect(repository.git('log', '--format=%s')).toBe('base')
    rmSync(join(repository.path, '.git/index.lock'))
    repository.git('checkout', '--quiet', '--detach')
    expect(failure(() => gitAt(repository).commitLedger(ledger(A))).message).toContain('HEAD is detached')
  })

  it('builds on the newer tip when another process commits at the same time', () => {
    let raced = false
    const racing: LedgerCommit = {
      ...ledger(A),
      rewrite: (_, text) => {
        if (!raced) {
          raced = true
          repository.git('commit', '--quiet', '--allow-empty', '--message', 'meanwhile')
        }
        return withEntry(text)
      },
    }
    gitAt(repository).commitLedger(racing)
    expect(repository.git('log', '--format=%s').split('\n')).toEqual([
      'Record the ledger',
      'meanwhile',
      'base',
    ])
    expect(textAt(repository, 'HEAD')).toBe(LOGGED)
  })

  it('commits many changes at once', () => {
    const paths = Array.from({ length: 450 }, (_, index) => `openspec/changes/change-${index}/proposal.md`)
    repository.commit('many', Object.fromEntries(paths.map((path, index) => [path, `${TEXT}${index}\n`])))
    gitAt(repository).commitLedger(ledger(...paths))
    expect(repository.git('diff', '--name-only', 'HEAD~1', 'HEAD').split('\n')).toHaveLength(450)
  })
})

describe('pushLedger', () => {
  let remote: Repository

  beforeEach(() => {
    remote = kept(createRemote(repository))
  })

  it('pushes one commit and the branch here follows', () => {
    sync(repository, A)
    const result = gitAt(repository).pushLedger(ledger(A))
    expect(result).toEqual({
      commit: remote.git('rev-parse', 'main'),
      skipped: [],
      pushed: 'main',
      commands: [],
    })
    expect(repository.git('rev-parse', 'HEAD', 'origin/main').split('\n')).toEqual([
      result.commit,
      result.commit,
    ])
    expect(repository.status()).toEqual([])
    expect(gitAt(repository).pushLedger(ledger(A))).toMatchObject({ commit: null, pushed: null })
  })

  it('builds on top of what others pushed meanwhile, and the branch here follows', () => {
    const other = kept(cloneOf(remote))
    other.commit('theirs', { 'src/code.ts': 'theirs\n', 'src/new.ts': 'new\n' })
    other.git('push', '--quiet')
    sync(repository, A)
    const result = gitAt(repository).pushLedger(ledger(A))
    expect(result).toMatchObject({ pushed: 'main', commands: [] })
    expect(remote.git('log', '--format=%s', 'main').split('\n')).toEqual([
      'Record the ledger',
      'theirs',
      'base',
    ])
    expect(repository.git('rev-parse', 'HEAD')).toBe(result.commit)
    expect([fileAt(repository), fileAt(repository, 'src/code.ts')]).toEqual([LOGGED, 'theirs\n'])
    expect(repository.status()).toEqual([])
  })

  it.each([
    ['edited the same proposal', { [A]: TEXT.replace('Body', 'Their body') }, ` M ${A}`],
    ['edited a file that is edited here', { 'src/code.ts': 'theirs\n' }, ' M src/code.ts'],
  ])('leaves the branch here alone when others %s, and says how to catch up', (_, theirs, mine) => {
    const other = kept(cloneOf(remote))
    other.commit('theirs', theirs)
    other.git('push', '--quiet')
    const head = repository.git('rev-parse', 'HEAD')
    sync(repository, A)
    if (mine.endsWith('.ts')) repository.write({ 'src/code.ts': 'mine\n' })
    const before = repository.status()
    const result = gitAt(repository).pushLedger(ledger(A))
    expect(result).toMatchObject({ pushed: 'main', commands: ['git pull --rebase --autostash'] })
    expect(textAt(remote, 'main')).toContain('- posted')
    expect(repository.git('rev-parse', 'HEAD')).toBe(head)
    expect(repository.status()).toEqual(before)
    expect(before).toContain(mine)
  })

  it('the command it names brings the branch and the working tree in step', () => {
    const other = kept(cloneOf(remote))
    other.commit('theirs', { [A]: TEXT.replace('Body', 'Their body') })
    other.git('push', '--quiet')
    sync(repository, A)
    gitAt(repository).pushLedger(ledger(A))
    repository.git('pull', '--quiet', '--rebase', '--autostash')
    expect(fileAt(repository)).toBe(LOGGED.replace('Body', 'Their body'))
    expect(repository.status()).toEqual([])
  })

  it("does not push the user's own unpushed commits", () => {
    repository.commit('mine', { 'src/code.ts': 'mine\n', 'openspec/changes/c/proposal.md': TEXT })
    const result = gitAt(repository).pushLedger(ledger(A, 'openspec/changes/c/proposal.md'))
    expect(remote.git('log', '--format=%s', 'main').split('\n')).toEqual(['Record the ledger', 'base'])
    expect(result.skipped).toEqual([
      { path: 'openspec/changes/c/proposal.md', reason: 'not committed on origin/main yet' },
    ])
    expect(repository.git('log', '-1', '--format=%s')).toBe('mine')
    expect(result.commands).toEqual(['git pull --rebase --autostash'])
  })

  it('two clones that push at once both arrive', () => {
    const other = kept(cloneOf(remote))
    gitAt(other).pushLedger(ledger(B))
    gitAt(repository).pushLedger(ledger(A))
    expect([textAt(remote, 'main', A), textAt(remote, 'main', B)]).toEqual([LOGGED, LOGGED])
  })

  it("reports the remote's reason when it refuses, and nothing is lost", () => {
    addHook(
      remote,
      'pre-receive',
      'echo "error: GH006: Protected branch update failed for refs/heads/main." >&2; exit 1',
    )
    sync(repository, A)
    const head = repository.git('rev-parse', 'HEAD')
    const error = failure(() => gitAt(repository).pushLedger(ledger(A)))
    expect([error.code, error.exitCode]).toEqual(['PUBLISH_FAILED', 1])
    expect(error.message).toBe(
      'git push to main of origin was refused: GH006: Protected branch update failed for refs/heads/main. (pre-receive hook declined)',
    )
    expect(error.hint).toContain('--publish pull-request')
    expect(repository.git('rev-parse', 'HEAD')).toBe(head)
    expect(repository.status()).toEqual([` M ${A}`])
    expect(fileAt(repository)).toBe(LOGGED)
  })

  it('gives up on a branch that moves every time', () => {
    const other = kept(cloneOf(remote))
    const moving: LedgerCommit = {
      ...ledger(A),
      rewrite: (_, text) => {
        other.commit('again', {})
        other.git('push', '--quiet')
        return withEntry(text)
      },
    }
    expect(failure(() => gitAt(repository).pushLedger(moving)).message).toContain(
      'origin/main changed 3 times',
    )
    expect(repository.status()).toEqual([])
  })

  it('names what is missing: an upstream, a branch, the remote itself', () => {
    repository.git('remote', 'set-url', 'origin', '/nowhere/at/all')
    expect(failure(() => gitAt(repository).pushLedger(ledger(A))).message).toContain('/nowhere/at/all')
    repository.branch('feature')
    expect(failure(() => gitAt(repository).pushLedger(ledger(A)))).toMatchObject({
      code: 'PUBLISH_FAILED',
      hint: 'Push the branch once: git push --set-upstream origin feature',
    })
  })
})

describe('proposeLedger', () => {
  let remote: Repository
  let gh: string
  let calls: string

  beforeEach(() => {
    remote = kept(createRemote(repository))
    const directory = temporaryDirectory()
    mkdirSync(join(directory, 'bin'))
    gh = join(directory, 'bin', 'gh')
    calls = join(directory, 'calls')
    writeFileSync(gh, `#!/bin/sh\nfor word in "$@"; do echo "$word" >> ${calls}; done\n`, { mode: 0o755 })
  })

  it('pushes a branch cut from the default branch and opens a pull request', () => {
    repository.branch('feature')
    repository.commit('mine', { 'src/code.ts': 'mine\n' })
    sync(repository, A)
    const result = gitAt(repository, gh).proposeLedger(ledger(A))
    expect(result).toEqual({
      commit: remote.git('rev-parse', 'opsx/ledger'),
      skipped: [],
      pushed: 'opsx/ledger',
      commands: [],
    })
    expect(remote.git('log', '--format=%s', 'opsx/ledger').split('\n')).toEqual(['Record the ledger', 'base'])
    expect(readFileSync(calls, 'utf8').trim().split('\n')).toEqual(
      ['pr', 'create', '--base', 'main', '--head', 'opsx/ledger', '--title', 'Record the ledger'].concat([
        '--body',
        'of two changes',
      ]),
    )
    expect([repository.git('branch', '--show-current'), repository.status()]).toEqual([
      'feature',
      [` M ${A}`],
    ])
    expect(repository.git('for-each-ref', 'refs/heads/opsx')).toBe('')
  })

  it('pushes nothing when the branch already has the same ledger', () => {
    gitAt(repository, gh).proposeLedger(ledger(A))
    const before = remote.git('rev-parse', 'opsx/ledger')
    expect(gitAt(repository, gh).proposeLedger(ledger(A))).toMatchObject({ commit: null, pushed: null })
    expect(remote.git('rev-parse', 'opsx/ledger')).toBe(before)
  })

  it('is created again when the default branch moved, and again after it was merged and deleted', () => {
    gitAt(repository, gh).proposeLedger(ledger(A))
    const other = kept(cloneOf(remote))
    other.commit('theirs', { 'src/code.ts': 'theirs\n' })
    other.git('push', '--quiet')
    gitAt(repository, gh).proposeLedger(ledger(A, B))
    expect(remote.git('log', '--format=%s', 'opsx/ledger').split('\n')).toEqual([
      'Record the ledger',
      'theirs',
      'base',
    ])
    expect(textAt(remote, 'opsx/ledger', B)).toBe(LOGGED)
    remote.git('branch', '--delete', '--force', 'opsx/ledger')
    expect(gitAt(repository, gh).proposeLedger(ledger(A)).pushed).toBe('opsx/ledger')
  })

  it('works on a detached HEAD and from a shallow clone', () => {
    const clone = kept(cloneOf(remote, '--depth', '1'))
    clone.git('checkout', '--quiet', '--detach')
    expect(gitAt(clone, gh).proposeLedger(ledger(A)).pushed).toBe('opsx/ledger')
    expect(textAt(remote, 'opsx/ledger')).toBe(LOGGED)
  })

  it('prints the command when gh is missing or fails, and none when the pull request is there', () => {
    const message = "It's the ledger"
    const expected =
      "gh pr create --base main --head opsx/ledger --title 'It'\\''s the ledger' --body 'Ledger lines written by opsx.'"
    expect(gitAt(repository).proposeLedger({ ...ledger(A), message }).commands).toEqual([expected])
    writeFileSync(gh, '#!/bin/sh\nexit 4\n')
    expect(gitAt(repository, gh).proposeLedger({ ...ledger(A, B), message }).commands).toEqual([expected])
    writeFileSync(gh, '#!/bin/sh\necho "a pull request for branch already exists" >&2\nexit 1\n')
    expect(gitAt(repository, gh).proposeLedger(ledger(B)).commands).toEqual([])
  })

  it('reports what is missing', () => {
    repository.git('remote', 'remove', 'origin')
    expect(failure(() => gitAt(repository, gh).proposeLedger(ledger(A)))).toMatchObject({
      code: 'PUBLISH_FAILED',
      message: 'opsx cannot propose the ledger lines: there is no remote.',
    })
  })
})
