import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { createGit } from '../../src/adapters/git/git.ts'
import { commonDirectory } from '../../src/adapters/git/repository.ts'
import type { GitFacts } from '../../src/ports/git.ts'
import {
  cloneOf,
  createRemote,
  createRepository,
  type Files,
  type Repository,
  temporaryDirectory,
} from '../support/git-repository.ts'

const CHANGES = 'openspec/changes'
const made: Repository[] = []

afterEach(() => {
  for (const repository of made.splice(0)) repository.remove()
})

const kept = (repository: Repository) => {
  made.push(repository)
  return repository
}

function factsOf(repository: Repository, env: Parameters<typeof createGit>[1] = {}): GitFacts {
  const facts = createGit(repository.path, env).facts(CHANGES)
  if (facts === undefined) throw new Error('no repository')
  return facts
}

/** Files of one change; the text makes patches differ. */
const change = (name: string, text = 'text'): Files => ({
  [`${CHANGES}/${name}/proposal.md`]: `# ${name}\n\n${text}\n`,
})
const proposal = (name: string) => `${CHANGES}/${name}/proposal.md`

/** Change `base` on main, pushed to a remote. */
function published(): Repository {
  const repository = kept(createRepository())
  repository.commit('base', { ...change('base'), 'README.md': 'read me\n' })
  kept(createRemote(repository))
  return repository
}

describe('a repository without remote', () => {
  it('is no repository outside git', () => {
    expect(createGit(temporaryDirectory(), {}).facts(CHANGES)).toBeUndefined()
    expect(commonDirectory(temporaryDirectory())).toBeUndefined()
  })

  it('owns every change before the first commit', () => {
    const repository = kept(createRepository())
    repository.write(change('a'))
    expect(factsOf(repository)).toEqual({
      branch: 'main',
      head: null,
      defaultBranch: 'main',
      role: 'default',
      reason: '',
      touched: [],
      merged: [],
      dirty: [proposal('a')],
    })
  })

  it('owns every change on its only branch, whatever that is called', () => {
    const repository = kept(createRepository())
    const head = repository.commit('one', change('a'))
    repository.git('branch', '--move', 'trunk')
    const facts = factsOf(repository)
    expect(facts).toMatchObject({ branch: 'trunk', head, defaultBranch: 'trunk', role: 'default' })
    expect(facts.merged).toEqual([`${CHANGES}/a`])
  })

  it('distinguishes a feature branch from main', () => {
    const repository = kept(createRepository())
    repository.commit('one', change('a'))
    repository.branch('feature')
    repository.commit('two', change('b'))
    expect(factsOf(repository)).toMatchObject({ role: 'branch', touched: [proposal('b')] })
    repository.checkout('main')
    expect(factsOf(repository)).toMatchObject({ role: 'default', touched: [] })
    repository.git('checkout', '--quiet', '--orphan', 'fresh')
    expect(factsOf(repository).role).toBe('other')
  })

  it('owns nothing when no branch looks like the default', () => {
    const repository = kept(createRepository())
    repository.commit('one', change('a'))
    repository.git('branch', '--move', 'left')
    repository.branch('right')
    const facts = factsOf(repository)
    expect(facts).toMatchObject({ role: 'other', defaultBranch: null, merged: [] })
    expect(facts.reason).toContain('init.defaultBranch')
  })
})

describe('the default branch', () => {
  it('is what the remote calls its head', () => {
    const repository = published()
    repository.branch('develop')
    repository.commit('next', change('b'))
    repository.git('push', '--quiet', 'origin', 'develop')
    repository.git('remote', 'set-head', 'origin', 'develop')
    expect(factsOf(repository)).toMatchObject({ role: 'default', defaultBranch: 'develop' })
    repository.git('remote', 'set-head', 'origin', '--delete')
    expect(factsOf(repository)).toMatchObject({ role: 'branch', defaultBranch: 'main' })
  })

  it('has what the remote has, not what is committed here alone', () => {
    const repository = published()
    repository.commit('archive', change('archive/2026-01-02-old'))
    const before = factsOf(repository)
    expect(before).toMatchObject({ role: 'default', merged: [`${CHANGES}/base`] })
    repository.git('push', '--quiet')
    expect(factsOf(repository).merged).toEqual([`${CHANGES}/archive/2026-01-02-old`, `${CHANGES}/base`])
  })

  it('is unknown when the remote has neither head nor main, and the reason names the command to run', () => {
    const repository = published()
    repository.git('remote', 'set-head', 'origin', '--delete')
    repository.git('update-ref', '-d', 'refs/remotes/origin/main')
    expect(factsOf(repository).reason).toBe('origin was never fetched; run git fetch, or push first')
    repository.git('update-ref', 'refs/remotes/origin/topic', 'HEAD')
    expect(factsOf(repository)).toMatchObject({ role: 'other', defaultBranch: null })
    expect(factsOf(repository).reason).toContain('git remote set-head origin --auto')
  })

  it('is known to a shallow clone of depth 1', () => {
    const clone = kept(cloneOf(published(), '--depth', '1'))
    expect(factsOf(clone)).toMatchObject({ role: 'default', merged: [`${CHANGES}/base`] })
  })
})

describe('a feature branch', () => {
  it('owns what its own commits touch, and not what main did meanwhile', () => {
    const repository = published()
    repository.branch('feature')
    repository.commit('mine', { ...change('mine'), 'src/code.ts': 'code\n' })
    repository.checkout('main')
    repository.commit('theirs', change('theirs'))
    repository.git('push', '--quiet')
    repository.checkout('feature')
    repository.git('merge', '--quiet', '--no-edit', 'main')
    const facts = factsOf(repository)
    expect(facts).toMatchObject({
      branch: 'feature',
      role: 'branch',
      reason: '',
      touched: [proposal('mine')],
    })
    expect(facts.merged).toEqual([`${CHANGES}/base`, `${CHANGES}/theirs`])
  })

  it('of another user owns their change alone', () => {
    const repository = published()
    repository.commit('mine', change('mine'))
    repository.git('push', '--quiet')
    repository.branch('theirs')
    repository.commit('theirs', change('theirs'))
    expect(factsOf(repository).touched).toEqual([proposal('theirs')])
  })

  it('and a second branch of the same change both own it', () => {
    const repository = published()
    repository.branch('one')
    repository.commit('start', change('shared'))
    repository.branch('two')
    repository.commit('go on', { [`${CHANGES}/shared/tasks.md`]: '- [x] 1.1 Go\n' })
    expect(factsOf(repository).touched).toEqual([proposal('shared'), `${CHANGES}/shared/tasks.md`])
    repository.checkout('one')
    expect(factsOf(repository).touched).toEqual([proposal('shared')])
  })

  it('still owns the change after a rebase', () => {
    const repository = published()
    repository.branch('feature')
    repository.commit('mine', change('mine'))
    repository.checkout('main')
    repository.commit('theirs', change('theirs'))
    repository.git('push', '--quiet')
    repository.checkout('feature')
    repository.git('rebase', '--quiet', 'main')
    expect(factsOf(repository).touched).toEqual([proposal('mine')])
  })

  it('hands ownership to main when it was merged, squashed or rebased in one commit', () => {
    const repository = published()
    repository.branch('feature')
    repository.commit('mine', change('mine'))
    repository.checkout('main')
    repository.git('merge', '--quiet', '--squash', 'feature')
    repository.commit('mine (#1)')
    repository.git('push', '--quiet')
    expect(factsOf(repository)).toMatchObject({
      role: 'default',
      merged: [`${CHANGES}/base`, `${CHANGES}/mine`],
    })
    repository.checkout('feature')
    expect(factsOf(repository)).toMatchObject({ role: 'branch', touched: [] })
  })

  it('of several commits that were squashed is still a branch, while main has the change', () => {
    const repository = published()
    repository.branch('feature')
    repository.commit('mine', change('mine'))
    repository.commit('more', change('mine', 'more'))
    repository.checkout('main')
    repository.git('merge', '--quiet', '--squash', 'feature')
    repository.commit('mine (#1)')
    repository.git('push', '--quiet')
    repository.checkout('feature')
    const facts = factsOf(repository)
    expect(facts).toMatchObject({ role: 'branch', touched: [proposal('mine')] })
    expect(facts.merged).toContain(`${CHANGES}/mine`)
  })

  it('that renames a change owns it under the new name', () => {
    const repository = published()
    repository.branch('feature')
    repository.git('mv', `${CHANGES}/base`, `${CHANGES}/renamed`)
    repository.commit('rename')
    expect(factsOf(repository).touched).toEqual([proposal('base'), proposal('renamed')])
  })

  it('that archives a change does not make it merged; main does, later', () => {
    const repository = published()
    repository.branch('feature')
    mkdirSync(join(repository.path, CHANGES, 'archive'))
    repository.git('mv', `${CHANGES}/base`, `${CHANGES}/archive/2026-01-02-base`)
    repository.commit('archive')
    const archived = `${CHANGES}/archive/2026-01-02-base`
    const before = factsOf(repository)
    expect(before.touched).toEqual([`${archived}/proposal.md`, proposal('base')])
    expect(before.merged).toEqual([`${CHANGES}/base`])
    repository.checkout('main')
    repository.git('merge', '--quiet', '--no-ff', '--no-edit', 'feature')
    repository.git('push', '--quiet')
    expect(factsOf(repository)).toMatchObject({ role: 'default', merged: [archived] })
  })

  it.each(['revert of the revert', 'cherry-pick', 'cherry-pick -x'])(
    'that lands a reverted change again by %s speaks for it',
    how => {
      const repository = published()
      const landed = repository.commit('land', change('mine'))
      repository.git('revert', '--no-edit', 'HEAD')
      repository.git('push', '--quiet')
      expect(factsOf(repository).merged).toEqual([`${CHANGES}/base`])
      repository.branch('again')
      if (how.startsWith('revert')) repository.git('revert', '--no-edit', 'HEAD')
      else repository.git('cherry-pick', ...(how.endsWith('-x') ? ['-x'] : []), landed)
      expect(factsOf(repository)).toMatchObject({ role: 'branch', touched: [proposal('mine')] })
    },
  )
})

describe('a change being created', () => {
  it('belongs to the branch before its first commit, staged or not', () => {
    const repository = published()
    repository.branch('feature')
    repository.write({ ...change('new'), ...change('staged'), ...change('base', 'edited') })
    repository.git('add', `${CHANGES}/staged`)
    const facts = factsOf(repository)
    expect(facts.touched).toEqual([proposal('new'), proposal('staged')])
    expect(facts.dirty.toSorted()).toEqual([proposal('base'), proposal('new'), proposal('staged')])
  })

  it('does not when the default branch or HEAD has its directory', () => {
    const repository = published()
    repository.branch('feature')
    repository.checkout('main')
    repository.commit('theirs', change('theirs'))
    repository.git('push', '--quiet')
    repository.checkout('feature')
    repository.write({ ...change('theirs'), [`${CHANGES}/base/notes.md`]: 'x' })
    const facts = factsOf(repository)
    expect(facts.touched).toEqual([])
    expect(facts.dirty).toEqual([`${CHANGES}/base/notes.md`, proposal('theirs')])
  })
})

describe('a release branch with a cherry-pick does not own the change', () => {
  /** Release cut before the change came to main; returns the SHA of the change's commit on main. */
  function released(): { repository: Repository; sha: string } {
    const repository = published()
    repository.branch('release')
    repository.commit('cut', { ...change('base', 'released'), VERSION: '1.0\n' })
    repository.checkout('main')
    const sha = repository.commit('fix', {
      ...change('fix'),
      ...change('base', 'fixed'),
      VERSION: '2.0-dev\n',
    })
    repository.commit('later', change('later'))
    repository.git('push', '--quiet', '--all')
    repository.checkout('release')
    return { repository, sha }
  }

  const resolved: Files = { ...change('base', 'released and fixed'), VERSION: '1.1\n' }
  const pick = (repository: Repository, sha: string, ...flags: string[]) => {
    expect(() => repository.git('cherry-pick', ...flags, sha)).toThrow('conflict')
    repository.write(resolved)
    repository.git('add', '--all')
    repository.git('-c', 'core.editor=true', 'cherry-pick', '--continue')
  }

  it('made with -x, conflicts resolved', () => {
    const { repository, sha } = released()
    pick(repository, sha, '-x')
    expect(factsOf(repository)).toMatchObject({ role: 'branch', touched: [proposal('base')] })
    expect(factsOf(repository).touched).not.toContain(proposal('fix'))
  })

  it('made without -x, conflicts resolved', () => {
    const { repository, sha } = released()
    pick(repository, sha)
    expect(factsOf(repository).touched).not.toContain(proposal('fix'))
  })

  it.each([[], ['-x']])('made cleanly, flags %j', (...flags) => {
    const repository = published()
    repository.branch('release')
    repository.commit('cut', { VERSION: '1.0\n' })
    repository.checkout('main')
    const sha = repository.commit('fix', change('fix'))
    repository.git('push', '--quiet')
    repository.checkout('release')
    repository.git('cherry-pick', ...flags, sha)
    expect(factsOf(repository)).toMatchObject({ role: 'branch', touched: [] })
  })

  it('made with -x from a branch that never came to main', () => {
    const repository = published()
    repository.branch('feature')
    const sha = repository.commit('mine', change('mine'))
    repository.branch('release', 'main')
    repository.git('cherry-pick', '-x', sha)
    expect(factsOf(repository).touched).toEqual([])
  })
})

describe('a detached HEAD', () => {
  it('at the tip of the default branch is the default branch', () => {
    const repository = published()
    repository.git('checkout', '--quiet', '--detach')
    expect(factsOf(repository)).toMatchObject({ branch: null, role: 'default' })
  })

  it('at the tip of a remote branch is that branch', () => {
    const repository = published()
    repository.branch('feature')
    repository.commit('mine', change('mine'))
    repository.git('push', '--quiet', 'origin', 'feature')
    repository.git('checkout', '--quiet', '--detach')
    expect(factsOf(repository)).toMatchObject({
      branch: null,
      role: 'branch',
      touched: [proposal('mine')],
    })
  })

  it('is the branch that the job names, when several point there', () => {
    const repository = published()
    repository.git('push', '--quiet', 'origin', 'main:feature')
    repository.git('checkout', '--quiet', '--detach', 'origin/main')
    expect(factsOf(repository, { GITHUB_REF_NAME: 'feature' }).role).toBe('branch')
    expect(factsOf(repository, { GITHUB_REF_NAME: 'main' }).role).toBe('default')
    expect(factsOf(repository, { GITHUB_HEAD_REF: 'invented' }).role).toBe('default')
  })

  it("at a pull request's merge commit owns nothing", () => {
    const repository = published()
    repository.branch('feature')
    repository.commit('mine', change('mine'))
    repository.git('push', '--quiet', 'origin', 'feature')
    repository.git('checkout', '--quiet', '--detach', 'main')
    repository.git('merge', '--quiet', '--no-ff', '--no-edit', 'feature')
    repository.git('update-ref', 'refs/remotes/pull/7/merge', 'HEAD')
    const env = { GITHUB_EVENT_NAME: 'pull_request', GITHUB_HEAD_REF: 'feature', GITHUB_REF_NAME: '7/merge' }
    const facts = factsOf(repository, env)
    expect(facts).toMatchObject({ role: 'other', touched: [] })
    expect(facts.reason).toContain('pull request')
  })

  it('at an old commit owns nothing', () => {
    const repository = published()
    repository.commit('later', change('later'))
    repository.git('push', '--quiet')
    repository.git('checkout', '--quiet', '--detach', 'HEAD~1')
    expect(factsOf(repository)).toMatchObject({ role: 'other' })
    expect(factsOf(repository).reason).toMatch(
      /^HEAD is detached at [0-9a-f]{10}, and no branch of the remote points there$/,
    )
  })
})

describe('a shallow clone of another branch', () => {
  it.each([
    ['its own branch alone', ['--branch', 'feature']],
    ['all branches', ['--branch', 'feature', '--no-single-branch']],
  ])('may say nothing with %s, and the reason says how to fetch the history', (_, flags) => {
    const repository = published()
    repository.branch('feature')
    repository.commit('mine', change('mine'))
    repository.commit('more', change('mine', 'more'))
    repository.checkout('main')
    const clone = kept(cloneOf(repository, '--depth', '1', ...flags))
    const facts = factsOf(clone)
    expect(facts).toMatchObject({ branch: 'feature', role: 'other', touched: [] })
    expect(facts.reason).toBe('the clone is shallow; fetch the history (fetch-depth: 0)')
  })

  it('owns only what its known commits touch when a merge hides the edge', () => {
    const repository = published()
    repository.branch('feature')
    repository.commit('early', change('early'))
    repository.checkout('main')
    repository.commit('theirs', change('theirs'))
    repository.git('push', '--quiet')
    repository.checkout('feature')
    repository.commit('late', change('late'))
    repository.git('merge', '--quiet', '--no-edit', 'main')
    repository.commit('last', change('last'))
    repository.checkout('main')
    const clone = kept(cloneOf(repository, '--depth', '3', '--branch', 'feature', '--no-single-branch'))
    expect(factsOf(clone)).toMatchObject({ role: 'branch', touched: [proposal('last')] })
  })
})

describe('a fork', () => {
  it('with a second remote goes by origin', () => {
    const fork = kept(cloneOf(published()))
    fork.git('remote', 'add', 'upstream', published().path)
    fork.branch('patch')
    fork.commit('mine', change('mine'))
    expect(factsOf(fork)).toMatchObject({
      role: 'branch',
      defaultBranch: 'main',
      touched: [proposal('mine')],
    })
  })

  it("of which only a pull request's head is fetched owns nothing", () => {
    const upstream = published()
    const fork = kept(cloneOf(upstream))
    fork.branch('patch')
    fork.commit('mine', change('mine'))
    upstream.git('fetch', '--quiet', fork.path, 'patch')
    upstream.git('checkout', '--quiet', '--detach', 'FETCH_HEAD')
    const env = {
      GITHUB_EVENT_NAME: 'pull_request_target',
      GITHUB_HEAD_REF: 'patch',
      GITHUB_REF_NAME: 'main',
    }
    expect(factsOf(upstream, env).role).toBe('other')
  })
})

describe('paths', () => {
  it('are relative to the workspace when it is a directory of the repository, odd names included', () => {
    const repository = kept(createRepository())
    repository.commit('one', {
      'packages/app/openspec/changes/a/proposal.md': 'a\n',
      'openspec/changes/x/p.md': 'x\n',
    })
    repository.branch('feature')
    const odd = 'ü b*"c'
    repository.commit('two', {
      [`packages/app/${CHANGES}/${odd}/proposal.md`]: 'b\n',
      [`${CHANGES}/y/p.md`]: 'y\n',
    })
    repository.write({ [`packages/app/${CHANGES}/${odd}/tasks.md`]: '' })
    const facts = createGit(join(repository.path, 'packages/app'), {}).facts(CHANGES)
    expect(facts).toMatchObject({
      role: 'branch',
      touched: [`${CHANGES}/${odd}/proposal.md`],
      merged: [`${CHANGES}/a`],
      dirty: [`${CHANGES}/${odd}/tasks.md`],
    })
  })

  it('and branches are distinguished per working tree, while the common directory is shared', () => {
    const repository = published()
    const tree = repository.worktree('feature')
    tree.commit('mine', change('mine'))
    expect(factsOf(tree)).toMatchObject({
      branch: 'feature',
      role: 'branch',
      touched: [proposal('mine')],
    })
    expect(factsOf(repository)).toMatchObject({ branch: 'main', role: 'default' })
    expect(commonDirectory(tree.path)).toBe(join(repository.path, '.git'))
    expect(commonDirectory(repository.path)).toBe(join(repository.path, '.git'))
  })

  it('stay right inside a hook, whose variables name another index', () => {
    const repository = published()
    writeFileSync(join(repository.path, 'empty'), '')
    process.env.GIT_INDEX_FILE = join(repository.path, 'nowhere')
    process.env.GIT_DIR = '/nowhere'
    try {
      expect(factsOf(repository)).toMatchObject({ role: 'default', dirty: [] })
    } finally {
      delete process.env.GIT_INDEX_FILE
      delete process.env.GIT_DIR
    }
  })
})
