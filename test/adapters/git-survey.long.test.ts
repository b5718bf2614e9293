import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { createGit } from '../../src/adapters/git/git.ts'
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

function kept(repository: Repository): Repository {
  made.push(repository)
  return repository
}

const change = (name: string, text = 'why\n'): Files => ({ [`${CHANGES}/${name}/proposal.md`]: text })

/** Two changes on main, one of them archived. */
function withChanges(): Repository {
  const repository = kept(createRepository())
  repository.commit('base', { ...change('one'), ...change('archive/2026-01-01-two'), 'src/a.ts': 'a\n' })
  return repository
}

function branched(): Repository {
  const repository = withChanges()
  repository.branch('feature')
  repository.commit('three', { ...change('three'), 'src/b.ts': 'b\n' })
  return repository
}

const situations: [string, () => string][] = [
  ['before the first commit', () => kept(createRepository()).path],
  ['on the default branch', () => withChanges().path],
  [
    'with edits and new files, in and out of the changes',
    () => {
      const repository = withChanges()
      repository.write({ ...change('one', 'more\n'), ...change('new'), 'src/a.ts': 'b\n', 'src/c.ts': 'c\n' })
      repository.git('add', `${CHANGES}/new`)
      return repository.path
    },
  ],
  ['on a branch', () => branched().path],
  [
    'on a branch with a remote whose default branch went on',
    () => {
      const repository = withChanges()
      const remote = kept(createRemote(repository))
      const other = kept(cloneOf(remote))
      other.commit('theirs', change('theirs'))
      other.git('push', '--quiet')
      repository.branch('feature')
      repository.commit('ours', change('ours'))
      repository.git('fetch', '--quiet')
      repository.write(change('next'))
      return repository.path
    },
  ],
  [
    'with a detached HEAD on an old commit',
    () => {
      const repository = withChanges()
      const old = repository.git('rev-parse', 'HEAD')
      repository.commit('newer')
      repository.checkout(old)
      return repository.path
    },
  ],
  ['in a shallow clone', () => kept(cloneOf(branched(), '--depth', '1')).path],
  [
    'in a directory of the repository',
    () => {
      const repository = kept(createRepository())
      repository.commit('base', { 'app/openspec/changes/one/proposal.md': 'why\n' })
      repository.write({ 'app/openspec/changes/one/tasks.md': '- [ ] a\n', 'other.md': 'o\n' })
      return join(repository.path, 'app')
    },
  ],
]

it.each(situations)('returns what facts and signals return: %s', async (_, situation) => {
  const git = createGit(situation(), {})
  const { touched, ...facts } = git.facts(CHANGES) ?? {}
  const survey = await git.survey(CHANGES)
  expect(survey).toEqual({ facts, signals: git.signals() })
})

it.each(situations)('returns the same for one change alone: %s', async (_, situation) => {
  const git = createGit(situation(), {})
  const whole = await git.survey(CHANGES)
  for (const name of ['one', 'new', 'ours', 'theirs', 'three', 'archive/2026-01-01-two', 'absent', 'on']) {
    const within = `${CHANGES}/${name}`
    const isBelow = (path: string) => path === within || path.startsWith(`${within}/`)
    const survey = await git.survey(CHANGES, within)
    expect(survey, name).toEqual({
      facts: {
        ...whole?.facts,
        merged: whole?.facts.merged.filter(isBelow),
        dirty: whole?.facts.dirty.filter(isBelow),
      },
      signals: whole?.signals && {
        ...whole.signals,
        uncommitted: whole.signals.uncommitted.filter(isBelow),
      },
    })
  }
})

it('is undefined outside a repository', async () => {
  expect(await createGit(temporaryDirectory(), {}).survey(CHANGES)).toBeUndefined()
})

it('counts a change that is a submodule on the default branch', async () => {
  const repository = withChanges()
  const head = repository.git('rev-parse', 'HEAD')
  const within = `${CHANGES}/sub`
  repository.git('update-index', '--add', '--cacheinfo', `160000,${head},${within}`)
  repository.git('commit', '--quiet', '-m', 'Sub')
  expect((await createGit(repository.path, {}).survey(CHANGES, within))?.facts.merged).toEqual([within])
})

it('asks git each thing once', async () => {
  const repository = kept(cloneOf(kept(createRemote(withChanges()))))
  repository.branch('feature')
  repository.commit('work', change('new'))
  const trace = join(temporaryDirectory(), 'trace')
  process.env.GIT_TRACE = trace
  try {
    await createGit(repository.path, {}).survey(CHANGES)
  } finally {
    delete process.env.GIT_TRACE
  }
  const asked = [...readFileSync(trace, 'utf8').matchAll(/built-in: git (?:-\S+ )*(\S+)/g)].map(
    ([, word]) => word,
  )
  // The filters of the configuration are listed first; then three commands run at once.
  expect([...asked.slice(0, 1), ...asked.slice(1, 4).sort(), ...asked.slice(4)]).toEqual([
    'config',
    'for-each-ref',
    'remote',
    'status',
    'merge-base',
    'ls-tree',
    'rev-list',
    'diff-tree',
  ])
})
