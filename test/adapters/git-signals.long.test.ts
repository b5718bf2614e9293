import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { createGit } from '../../src/adapters/git/git.ts'
import type { GitSignals } from '../../src/ports/git.ts'
import {
  cloneOf,
  createRemote,
  createRepository,
  type Repository,
  temporaryDirectory,
} from '../support/git-repository.ts'

const made: Repository[] = []

afterEach(() => {
  for (const repository of made.splice(0)) repository.remove()
})

const kept = (repository: Repository) => {
  made.push(repository)
  return repository
}

function signalsOf(repository: Repository, directory = '.'): GitSignals {
  const signals = createGit(join(repository.path, directory), {}).signals()
  if (signals === undefined) throw new Error('no commit')
  return signals
}

const NO_WORK = { base: null, commits: null, touched: [], shallow: false }

/** One commit on main, pushed to a remote. */
function published(): { repository: Repository; remote: Repository; base: string } {
  const repository = kept(createRepository())
  const base = repository.commit('base', { 'README.md': 'read me\n', 'src/old.ts': 'old\n' })
  return { repository, remote: kept(createRemote(repository)), base }
}

/** Two commits on branch feature: one file changed, one removed, one added and one that comes and goes. */
function withFeature() {
  const made = published()
  made.repository.branch('feature')
  made.repository.commit('first', { 'src/new.ts': 'new\n', 'src/gone.ts': 'gone\n', 'src/old.ts': null })
  made.repository.commit('second', { 'README.md': 'read more\n', 'src/gone.ts': null })
  return made
}

const TOUCHED = ['README.md', 'src/new.ts', 'src/old.ts']

describe('signals', () => {
  it('are unknown outside a repository and before the first commit', () => {
    expect(createGit(temporaryDirectory(), {}).signals()).toBeUndefined()
    expect(createGit(kept(createRepository()).path, {}).signals()).toBeUndefined()
  })

  it('of a feature branch are its commits and all that it changes', () => {
    const { repository, base } = withFeature()
    expect(signalsOf(repository)).toEqual({
      uncommitted: [],
      unpushed: null,
      head: repository.git('rev-parse', 'HEAD'),
      base,
      commits: 2,
      touched: TOUCHED,
      shallow: false,
    })
  })

  it('of the default branch are no work, pushed or not', () => {
    const { repository } = published()
    repository.commit('more', { 'src/more.ts': 'more\n' })
    expect(signalsOf(repository)).toMatchObject({ ...NO_WORK, unpushed: 1 })
  })

  it('count the commits that the upstream does not have', () => {
    const { repository } = withFeature()
    repository.git('push', '--quiet', '--set-upstream', 'origin', 'feature')
    expect(signalsOf(repository).unpushed).toBe(0)
    repository.commit('third', { 'src/third.ts': 'third\n' })
    expect(signalsOf(repository).unpushed).toBe(1)
  })

  it('name uncommitted files: changed, staged, removed and untracked ones, odd names included', () => {
    const { repository } = published()
    repository.write({ 'README.md': 'other\n', 'src/old.ts': null, 'src/ä b.ts': 'x\n', 'staged.ts': 'x\n' })
    repository.git('add', 'staged.ts')
    expect(signalsOf(repository).uncommitted).toEqual(['README.md', 'src/old.ts', 'src/ä b.ts', 'staged.ts'])
  })

  it('change neither base nor files when the branch is squashed', () => {
    const { repository, base } = withFeature()
    repository.git('reset', '--quiet', '--soft', base)
    repository.commit('squashed')
    expect(signalsOf(repository)).toMatchObject({ base, commits: 1, touched: TOUCHED })
  })

  it('leave out what came in by merging the default branch', () => {
    const { repository } = withFeature()
    repository.checkout('main')
    const tip = repository.commit('theirs', { 'src/theirs.ts': 'theirs\n' })
    repository.git('push', '--quiet')
    repository.checkout('feature')
    repository.git('merge', '--quiet', '--no-edit', 'main')
    expect(signalsOf(repository)).toMatchObject({ base: tip, commits: 2, touched: TOUCHED })
  })

  it('are no work after a squash merge, on the default branch', () => {
    const { repository } = withFeature()
    repository.checkout('main')
    repository.git('merge', '--quiet', '--squash', 'feature')
    repository.commit('feature')
    repository.git('push', '--quiet')
    expect(signalsOf(repository)).toMatchObject(NO_WORK)
  })

  it("of a pull request's merge commit, detached, are the pull request's commits", () => {
    const { repository, base } = withFeature()
    repository.git('checkout', '--quiet', '--detach', 'main')
    repository.git('merge', '--quiet', '--no-ff', '--no-edit', 'feature')
    expect(signalsOf(repository)).toMatchObject({ base, commits: 2, touched: TOUCHED })
  })

  it('of a detached head on the default branch are no work, at its tip and at an old commit', () => {
    const { repository, base } = published()
    repository.commit('more', { 'src/more.ts': 'more\n' })
    repository.git('push', '--quiet')
    repository.git('checkout', '--quiet', '--detach')
    expect(signalsOf(repository)).toMatchObject({ ...NO_WORK, unpushed: null })
    repository.checkout(base)
    expect(signalsOf(repository)).toMatchObject(NO_WORK)
  })

  it('of a new branch are no commit', () => {
    const { repository, base } = published()
    repository.branch('empty')
    expect(signalsOf(repository)).toMatchObject({ base, commits: 0, touched: [], shallow: false })
  })

  it.each([
    ['its own branch alone', []],
    ['all branches', ['--no-single-branch']],
  ])('of a shallow clone with %s say that it is too shallow', (_, more) => {
    const { repository, remote } = withFeature()
    repository.git('push', '--quiet', 'origin', 'feature')
    const clone = kept(cloneOf(remote, '--depth', '1', '--branch', 'feature', ...more))
    expect(signalsOf(clone)).toMatchObject({ ...NO_WORK, shallow: true })
  })

  it('of a shallow clone that reaches the merge base are complete', () => {
    const { repository, remote } = published()
    repository.commit('one', { 'src/one.ts': 'one\n' })
    const base = repository.commit('two', { 'src/two.ts': 'two\n' })
    repository.branch('feature')
    repository.commit('three', { 'src/three.ts': 'three\n' })
    repository.git('push', '--quiet', 'origin', 'main', 'feature')
    const clone = kept(cloneOf(remote, '--depth', '2', '--branch', 'feature', '--no-single-branch'))
    expect(clone.git('rev-parse', '--is-shallow-repository')).toBe('true')
    expect(signalsOf(clone)).toMatchObject({ base, commits: 1, touched: ['src/three.ts'], shallow: false })
    expect(createGit(clone.path, {}).mergeBase('main')).toBe(base)
  })

  it('of a second working tree are its own', () => {
    const { repository, base } = published()
    const tree = kept(repository.worktree('elsewhere'))
    tree.commit('there', { 'src/there.ts': 'there\n' })
    repository.write({ 'here.ts': 'here\n' })
    expect(signalsOf(tree)).toMatchObject({ base, commits: 1, touched: ['src/there.ts'], uncommitted: [] })
    expect(signalsOf(repository)).toMatchObject({ ...NO_WORK, uncommitted: ['here.ts'] })
  })

  it('in a directory of a larger repository are the files below it', () => {
    const { repository } = published()
    repository.branch('feature')
    repository.commit('both', { 'app/a.ts': 'a\n', 'lib/b.ts': 'b\n' })
    repository.write({ 'app/c.ts': 'c\n', 'lib/d.ts': 'd\n' })
    expect(signalsOf(repository, 'app')).toMatchObject({
      touched: ['a.ts'],
      uncommitted: ['c.ts'],
      commits: 1,
    })
  })
})

describe('the commit that added a path', () => {
  it('is the oldest one with a file below it, and later commits are counted', () => {
    const { repository } = published()
    const added = repository.commit('add', { 'openspec/changes/a/proposal.md': 'a\n' })
    repository.commit('work', { 'src/a.ts': 'a\n' })
    repository.commit('tasks', { 'openspec/changes/a/tasks.md': 'a\n' })
    const git = createGit(repository.path, {})
    expect(git.since('openspec/changes/a')).toEqual({ commit: added, count: 3 })
    expect(git.since('openspec/changes/a/tasks.md')?.count).toBe(1)
    expect(createGit(join(repository.path, 'openspec'), {}).since('changes/a')?.commit).toBe(added)
  })

  it('is that of the file itself, also when a later one lies beside it and the name is odd', () => {
    const { repository } = published()
    const first = repository.commit('one', { 'specs/ä b/spec.md': 'one\n', 'specs/c.md': 'c\n' })
    const second = repository.commit('two', { [`specs/${'a'.repeat(40)}`]: 'two\n', 'specs/c.md': 'd\n' })
    const git = createGit(repository.path, {})
    expect(git.since('specs/ä b/')?.commit).toBe(first)
    expect(git.since('./specs/c.md')?.commit).toBe(first)
    expect(git.since(`specs/${'a'.repeat(40)}`)?.commit).toBe(second)
    expect(git.since('specs')).toEqual({ commit: first, count: 2 })
  })

  it('may be the very first one', () => {
    const { repository, base } = published()
    expect(createGit(repository.path, {}).since('README.md')).toEqual({ commit: base, count: 1 })
  })

  it('is unknown for an untracked path, outside a repository and before the first commit', () => {
    const { repository } = published()
    repository.write({ 'new.ts': 'new\n' })
    expect(createGit(repository.path, {}).since('new.ts')).toBeNull()
    expect(createGit(temporaryDirectory(), {}).since('new.ts')).toBeNull()
    expect(createGit(kept(createRepository()).path, {}).since('new.ts')).toBeNull()
  })

  it('is unknown beyond the edge of a shallow clone, and known within', () => {
    const { repository, remote } = published()
    repository.commit('add', { 'src/late.ts': 'late\n' })
    repository.git('push', '--quiet')
    const edge = createGit(kept(cloneOf(remote, '--depth', '1')).path, {})
    expect(edge.since('src/late.ts')).toBeNull()
    repository.commit('more', { 'src/more.ts': 'more\n' })
    repository.commit('most', { 'src/most.ts': 'most\n' })
    repository.git('push', '--quiet')
    const inside = createGit(kept(cloneOf(remote, '--depth', '3')).path, {})
    expect(inside.since('src/more.ts')?.count).toBe(2)
    expect(inside.since('README.md')).toBeNull()
  })
})

describe('the merge base', () => {
  it("is found for a branch, also one that only the remote has, for a tag and for a commit's SHA", () => {
    const { repository, remote, base } = withFeature()
    repository.git('tag', 'v1', 'main')
    expect(createGit(repository.path, {}).mergeBase('main')).toBe(base)
    expect(createGit(repository.path, {}).mergeBase('v1')).toBe(base)
    expect(createGit(repository.path, {}).mergeBase(base.slice(0, 12))).toBe(base)
    repository.git('push', '--quiet', 'origin', 'feature')
    const clone = kept(cloneOf(remote, '--branch', 'feature'))
    expect(clone.git('branch', '--list', 'main')).toBe('')
    expect(createGit(clone.path, {}).mergeBase('main')).toBe(base)
  })

  it('is null for what is unknown, unrelated or beyond a shallow clone, and outside a repository', () => {
    const { repository, remote } = withFeature()
    const git = createGit(repository.path, {})
    expect(git.mergeBase('nowhere')).toBeNull()
    expect(git.mergeBase('--all')).toBeNull()
    expect(git.mergeBase('')).toBeNull()
    expect(createGit(temporaryDirectory(), {}).mergeBase('main')).toBeNull()
    repository.git('push', '--quiet', 'origin', 'feature')
    const shallow = kept(cloneOf(remote, '--depth', '1', '--branch', 'feature', '--no-single-branch'))
    expect(createGit(shallow.path, {}).mergeBase('main')).toBeNull()
    repository.git('checkout', '--quiet', '--orphan', 'island')
    repository.commit('island')
    expect(git.mergeBase('main')).toBeNull()
  })
})

describe('hashes of files', () => {
  const hashesOf = (repository: Repository, paths: string[]) =>
    createGit(repository.path, {}).hashFiles(paths)

  it("are git's blob ids, of a committed, changed, untracked, empty and binary file", () => {
    const { repository } = published()
    repository.write({ 'README.md': 'changed\n', 'a b.ts': 'x', 'src/ü.ts': 'ü\n', empty: '' })
    writeFileSync(join(repository.path, 'image.bin'), Buffer.from([0, 13, 10, 255, 0, 13, 10]))
    const paths = ['README.md', 'src/old.ts', 'a b.ts', 'src/ü.ts', 'empty', 'image.bin']
    const git = paths.map(path => repository.git('hash-object', '--no-filters', '--', path))
    expect(hashesOf(repository, paths)).toEqual(git)
  })

  it('are null for what is no file: missing, removed, a directory, below a file', () => {
    const { repository } = published()
    repository.write({ 'src/old.ts': null })
    expect(hashesOf(repository, ['missing', 'src/old.ts', 'src', 'README.md/x', 'no/where/x'])).toEqual([
      null,
      null,
      null,
      null,
      null,
    ])
  })

  it('are the same for a text with CRLF and with LF, as the same commit checks out on two machines', () => {
    const { repository } = published()
    const lf = hashesOf(repository, ['README.md'])
    repository.git('config', 'core.autocrlf', 'true')
    repository.write({ 'README.md': null })
    repository.git('checkout', '--', 'README.md')
    expect(repository.git('hash-object', '--no-filters', 'README.md')).not.toBe(lf[0])
    expect(hashesOf(repository, ['README.md'])).toEqual(lf)
    repository.write({ 'README.md': 'read\r me\n' })
    expect(hashesOf(repository, ['README.md'])).not.toEqual(lf)
  })

  it('run no filter of the repository', () => {
    const { repository } = published()
    repository.write({ '.gitattributes': '* filter=broken\n' })
    repository.git('config', 'filter.broken.clean', 'touch ran; false')
    const [id] = hashesOf(repository, ['README.md'])
    expect(id).toBe(repository.git('hash-object', '--no-filters', 'README.md'))
    expect(hashesOf(repository, ['ran'])).toEqual([null])
  })

  it.skipIf(process.platform === 'win32')('of a symbolic link are those of the path in it', () => {
    const { repository } = published()
    symlinkSync('/etc/hostname', join(repository.path, 'link'))
    repository.git('add', 'link')
    expect(hashesOf(repository, ['link'])).toEqual([repository.git('rev-parse', ':link')])
  })

  it.each(['../x', '/etc/hostname', 'a/../../x', 'C:\\x', 'a\0b'])('refuse %j', path => {
    const { repository } = published()
    expect(() => hashesOf(repository, [path])).toThrow(expect.objectContaining({ code: 'PATH_ESCAPES' }))
  })

  it.skipIf(process.platform === 'win32')('refuse a file behind a link that leaves the root', () => {
    const { repository } = published()
    const outside = temporaryDirectory()
    writeFileSync(join(outside, 'secret'), 'secret')
    symlinkSync(outside, join(repository.path, 'out'))
    mkdirSync(join(repository.path, 'deep'))
    symlinkSync('../src', join(repository.path, 'deep/in'))
    expect(hashesOf(repository, ['deep/in/old.ts'])).toEqual(hashesOf(repository, ['src/old.ts']))
    expect(() => hashesOf(repository, ['out/secret'])).toThrow(
      expect.objectContaining({ code: 'PATH_ESCAPES' }),
    )
  })
})
