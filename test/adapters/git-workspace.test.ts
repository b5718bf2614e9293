import { readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { createGit } from '../../src/adapters/git/git.ts'
import { createWorkspace } from '../../src/adapters/workspace.ts'
import type { Workspace } from '../../src/ports/workspace.ts'
import {
  cloneOf,
  createRemote,
  createRepository,
  type Files,
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

const FILES: Files = {
  'README.md': 'read me\n',
  'openspec/config.yaml': 'schema: x\r\ntwo: 2\r\n',
  'openspec/changes/a/proposal.md': '\uFEFF# ä\n',
  'openspec/changes/B/tasks.md': 'the same\n',
  'openspec/changes/a-b/tasks.md': 'the same\n',
  'openspec/changes/empty.md': '',
}

function committed(files: Files = FILES): Repository {
  const repository = kept(createRepository())
  repository.commit('files', files)
  return repository
}

function workspaceOf(repository: Repository, ref = 'HEAD', directory = 'openspec'): Workspace {
  const workspace = createGit(repository.path, {}).workspaceAt(ref, directory)
  if (workspace === undefined) throw new Error(`no commit ${ref}`)
  return workspace
}

/** Processes of git that an action starts. */
function processesOf(action: () => void): number {
  const file = join(temporaryDirectory(), 'trace')
  process.env.GIT_TRACE2_EVENT = file
  try {
    action()
  } finally {
    delete process.env.GIT_TRACE2_EVENT
  }
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(line => line.includes('"event":"start"')).length
}

describe('a commit as a workspace', () => {
  it('has the digests of the files that were committed', () => {
    const repository = committed()
    const commit = workspaceOf(repository)
    const tree = createWorkspace(repository.path)
    for (const path of Object.keys(FILES)) {
      expect(commit.digest(path)).toBe(tree.digest(path))
      expect(commit.stamp(path)).toMatch(/^[0-9a-f]{40}$/)
    }
  })

  it('reads the bytes of the commit, whatever the working tree has', () => {
    const repository = committed()
    repository.write({ 'openspec/changes/a/proposal.md': null, 'openspec/config.yaml': 'other\n' })
    repository.write({ 'openspec/changes/new/proposal.md': 'untracked\n' })
    const workspace = workspaceOf(repository)
    expect(workspace.root).toBe(repository.path)
    for (const [path, text] of Object.entries(FILES)) expect(workspace.read(path)).toBe(text)
    expect(workspace.read('openspec/changes/new/proposal.md')).toBeUndefined()
    expect(workspace.read('openspec/changes')).toBeUndefined()
    expect(workspace.digest('openspec/changes')).toBeUndefined()
    expect(workspace.read('./openspec/changes//empty.md')).toBe('')
  })

  it('lists directories in code-unit order, and nothing for what is none', () => {
    const workspace = workspaceOf(committed())
    const entries = [
      { name: 'B', directory: true },
      { name: 'a', directory: true },
      { name: 'a-b', directory: true },
      { name: 'empty.md', directory: false },
    ]
    expect(workspace.list('openspec/changes')).toEqual(entries)
    expect(workspace.list('openspec/changes/')).toEqual(entries)
    expect(workspace.list('openspec/none')).toEqual([])
    expect(workspace.list('openspec/changes/empty.md')).toEqual([])
  })

  it('lacks what is neither a file nor a directory of it', () => {
    const workspace = workspaceOf(committed())
    const paths = ['openspec', 'openspec/changes/a/', 'openspec/changes/empty.md', 'README.md', '.']
    expect(paths.filter(path => workspace.lacks(path))).toEqual([])
    for (const path of [
      'openspec/none',
      'openspec/changes/a/none',
      'none.md',
      'openspec/changes/empty.md/a',
    ]) {
      expect(workspace.lacks(path), path).toBe(true)
    }
  })

  it('reads the files outside the directory too', () => {
    const workspace = workspaceOf(committed())
    expect(workspace.list('')).toEqual([
      { name: 'README.md', directory: false },
      { name: 'openspec', directory: true },
    ])
    expect(workspace.list('.')).toEqual(workspace.list(''))
  })

  it('is that of any commit: an older one, a tag, a branch that only the remote has', () => {
    const repository = committed()
    const first = repository.git('rev-parse', 'HEAD')
    repository.git('tag', '--annotate', '--message', 'one', 'v1')
    repository.commit('later', { 'openspec/changes/empty.md': 'full\n' })
    repository.git('branch', 'side')
    const clone = kept(cloneOf(kept(createRemote(repository))))
    expect(workspaceOf(repository, first).read('openspec/changes/empty.md')).toBe('')
    expect(workspaceOf(repository, 'v1').read('openspec/changes/empty.md')).toBe('')
    expect(workspaceOf(clone, 'side').read('openspec/changes/empty.md')).toBe('full\n')
  })

  it('is undefined for a ref that is unknown here, and outside a repository', () => {
    const git = createGit(committed().path, {})
    expect(git.workspaceAt('nowhere', 'openspec')).toBeUndefined()
    expect(git.workspaceAt('--help', 'openspec')).toBeUndefined()
    expect(git.workspaceAt('0'.repeat(40), 'openspec')).toBeUndefined()
    expect(createGit(temporaryDirectory(), {}).workspaceAt('main', 'openspec')).toBeUndefined()
  })

  it('is empty where the commit has no such directory', () => {
    const workspace = workspaceOf(committed({ 'README.md': 'read me\n' }))
    expect(workspace.list('openspec')).toEqual([])
    expect(workspace.read('openspec/config.yaml')).toBeUndefined()
    expect(workspace.read('README.md')).toBe('read me\n')
  })

  it('has the paths of the workspace when that is a directory of a larger repository', () => {
    const repository = committed({ 'app/openspec/config.yaml': 'app\n', 'openspec/config.yaml': 'top\n' })
    const workspace = createGit(join(repository.path, 'app'), {}).workspaceAt('HEAD', 'openspec')
    expect(workspace?.read('openspec/config.yaml')).toBe('app\n')
    expect(workspace?.list('')).toEqual([{ name: 'openspec', directory: true }])
    expect(workspace?.root).toBe(join(repository.path, 'app'))
  })

  it.skipIf(process.platform === 'win32')('leaves out links and submodules', () => {
    const repository = committed()
    symlinkSync('config.yaml', join(repository.path, 'openspec/link.yaml'))
    repository.git('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},openspec/module`)
    repository.git('add', 'openspec/link.yaml')
    repository.git('commit', '--quiet', '--message', 'links')
    const workspace = workspaceOf(repository)
    expect(workspace.list('openspec').map(entry => entry.name)).toEqual(['changes', 'config.yaml'])
    expect(workspace.read('openspec/link.yaml')).toBeUndefined()
  })

  it('refuses bytes that are no text, paths that leave the root, and writing', () => {
    const repository = committed()
    writeFileSync(join(repository.path, 'openspec/image.bin'), Buffer.from([0, 255, 254]))
    repository.commit('binary')
    const workspace = workspaceOf(repository)
    const refused = (code: string) => expect.objectContaining({ code })
    expect(() => workspace.read('openspec/image.bin')).toThrow(refused('FILE_UNREADABLE'))
    expect(() => workspace.read('../x')).toThrow(refused('PATH_ESCAPES'))
    expect(() => workspace.list('/etc')).toThrow(refused('PATH_ESCAPES'))
    expect(() => workspace.write('openspec/x', '')).toThrow('a commit cannot be written to')
    expect(() => workspace.move('openspec/x', 'y')).toThrow('a commit cannot be written to')
  })

  it('fetches a thousand files with one process, in whatever order they are read', () => {
    const names = Array.from({ length: 1000 }, (_, index) => `openspec/changes/c${index}/proposal.md`)
    const repository = committed(
      Object.fromEntries(names.map((name, index) => [name, `text ${index % 900}\n`])),
    )
    const started = processesOf(() => {
      const workspace = workspaceOf(repository)
      expect(workspace.list('openspec/changes')).toHaveLength(1000)
      const texts = names.toReversed().map(name => workspace.read(name))
      expect(texts).toEqual(names.map((_, index) => `text ${index % 900}\n`).toReversed())
    })
    expect(started).toBe(3)
  })

  it('keeps large files in memory one at a time', () => {
    const large = 'x'.repeat(2 ** 20 + 1)
    const repository = committed({ 'openspec/a.md': 'a\n', 'openspec/b.md': large, 'openspec/c.md': 'c\n' })
    const started = processesOf(() => {
      const workspace = workspaceOf(repository)
      expect(workspace.read('openspec/a.md')).toBe('a\n')
      expect(workspace.read('openspec/c.md')).toBe('c\n')
    })
    expect(started).toBe(3)
    expect(workspaceOf(repository).read('openspec/b.md')).toBe(large)
  })
})
