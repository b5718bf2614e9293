import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { type Answers, answersOnDisk } from '../../src/adapters/git/answers-on-disk.ts'
import { createGit } from '../../src/adapters/git/git.ts'
import { directoriesCommand } from '../../src/adapters/git/git-facts.ts'
import { REFS_COMMAND, REMOTES_COMMAND } from '../../src/adapters/git/git-refs.ts'
import { createGitRun, keyOf } from '../../src/adapters/git/git-run.ts'
import { PREFIX_COMMAND, parseStatus } from '../../src/adapters/git/git-status.ts'
import { parseTrace, TRACED } from '../../src/adapters/git/git-trace.ts'
import { statusCommand } from '../../src/adapters/git/status-command.ts'
import {
  cloneOf,
  createRemote,
  createRepository,
  type Files,
  type Repository,
  temporaryDirectory,
} from '../support/git-repository.ts'

const CHANGES = 'openspec/changes'
const DIRECTORIES = directoriesCommand('HEAD', { changes: CHANGES })
const ALL = [REMOTES_COMMAND, REFS_COMMAND, PREFIX_COMMAND, DIRECTORIES]
const made: Repository[] = []

afterEach(() => {
  for (const repository of made.splice(0)) repository.remove()
})

function kept(repository: Repository): Repository {
  made.push(repository)
  return repository
}

const change = (name: string, text = 'why\n'): Files => ({ [`${CHANGES}/${name}/proposal.md`]: text })

function withChanges(): Repository {
  const repository = kept(createRepository())
  const names = ['a', 'a-b', 'b', 'archive/2026-01-01-c', 'archive-d', 'größe', 'with space']
  repository.commit('base', Object.assign({ 'src/a.ts': 'a\n' }, ...names.map(name => change(name))))
  return repository
}

async function answersIn(directory: string, within?: string): Promise<Answers> {
  const command = statusCommand(within ?? '.', 'count')
  const { stdout, stderr } = await createGitRun(directory).start(command, TRACED)
  const told = { status: parseStatus(stdout), trace: parseTrace(stderr), changes: CHANGES, within }
  return answersOnDisk({ directory, ...told })
}

/** What git itself says, as what is known says it. */
function asked(directory: string, command: string[]): string {
  return createGitRun(directory).try(command).stdout.toString('utf8').trimEnd()
}

const plain: [string, () => string][] = [
  ['without a remote', () => withChanges().path],
  [
    'with loose and packed refs, and branches in directories',
    () => {
      const repository = withChanges()
      repository.git('branch', 'feature/one')
      repository.git('tag', 'v1')
      repository.git('pack-refs', '--all')
      repository.git('branch', 'feature/two')
      repository.commit('next')
      return repository.path
    },
  ],
  [
    'with several remotes',
    () => {
      const repository = withChanges()
      createRemote(repository)
      repository.git('remote', 'add', 'team/other', 'https://example.com/x.git')
      return repository.path
    },
  ],
  [
    'in a clone, which knows the head of its remote',
    () => kept(cloneOf(kept(createRemote(withChanges())))).path,
  ],
  [
    'with edits that are staged, and others that are not',
    () => {
      const repository = withChanges()
      repository.write({
        ...change('new'),
        ...change('intended'),
        ...change('untracked'),
        ...change('b', 'x\n'),
      })
      repository.git('add', `${CHANGES}/new`)
      repository.git('add', '--intent-to-add', `${CHANGES}/intended`)
      repository.git('rm', '--quiet', '-r', `${CHANGES}/a`)
      repository.git('mv', `${CHANGES}/archive-d`, `${CHANGES}/moved`)
      return repository.path
    },
  ],
  [
    'with files beside the changes, and an archive without changes',
    () => {
      const repository = kept(createRepository())
      const files = { [`${CHANGES}/notes.md`]: 'n\n', [`${CHANGES}/archive/notes.md`]: 'n\n' }
      repository.commit('base', { ...files, ...change('one') })
      return repository.path
    },
  ],
  [
    'with an index of version 4',
    () => {
      const repository = withChanges()
      repository.git('update-index', '--index-version', '4')
      return repository.path
    },
  ],
  [
    'in a second working tree',
    () => {
      const repository = withChanges()
      const path = join(temporaryDirectory(), 'second')
      repository.git('worktree', 'add', '--quiet', '-b', 'second', path)
      writeFileSync(join(path, 'new.md'), 'n\n')
      return path
    },
  ],
  [
    'in a directory of the repository',
    () => {
      const repository = kept(createRepository())
      repository.commit('base', { 'app/openspec/changes/one/proposal.md': 'why\n' })
      return join(repository.path, 'app')
    },
  ],
]

describe('what is known without asking git', () => {
  it.each(plain)('is what git says: %s', async (_, situation) => {
    const directory = situation()
    const answers = await answersIn(directory)
    for (const command of ALL) {
      const answer = answers.get(keyOf(command))?.stdout.toString('utf8').trimEnd()
      expect(answer, command.join(' ')).toBe(asked(directory, command))
    }
  })

  it.each(plain)('is what git says of one change: %s', async (_, situation) => {
    const directory = situation()
    const names = ['a', 'a-b', 'b', 'one', 'größe', 'with space', 'new', 'intended', 'untracked', 'archive-d']
    for (const name of [...names, 'moved', 'notes.md', 'archive/2026-01-01-c', 'archive', 'absent']) {
      const within = `${CHANGES}/${name}`
      const command = directoriesCommand('HEAD', { changes: CHANGES, within })
      const answer = (await answersIn(directory, within)).get(keyOf(command))?.stdout.toString('utf8')
      expect(answer, within).toBe(asked(directory, command))
    }
  })

  it('leaves a change that is a submodule to git', async () => {
    const repository = withChanges()
    const head = repository.git('rev-parse', 'HEAD')
    const within = `${CHANGES}/sub`
    repository.git('update-index', '--add', '--cacheinfo', `160000,${head},${within}`)
    repository.git('commit', '--quiet', '-m', 'Sub')
    const command = directoriesCommand('HEAD', { changes: CHANGES, within })
    expect((await answersIn(repository.path, within)).has(keyOf(command))).toBe(false)
    expect((await createGit(repository.path, {}).survey(CHANGES, within))?.facts.merged).toEqual([within])
  })

  const unusual: [string, string[], (repository: Repository) => void][] = [
    ['a split index', DIRECTORIES, repository => repository.git('update-index', '--split-index')],
    [
      'an index that holds whole directories',
      DIRECTORIES,
      repository => repository.git('sparse-checkout', 'set', '--cone', '--sparse-index', 'src'),
    ],
    [
      'a remote without an address',
      REMOTES_COMMAND,
      repository => repository.git('config', 'remote.x.fetch', 'y'),
    ],
    ['a branch with an odd name', REFS_COMMAND, repository => repository.git('branch', 'ünusual')],
    [
      'a branch that is cut off',
      REFS_COMMAND,
      repository => writeFileSync(join(repository.path, '.git/refs/heads/broken'), 'abc'),
    ],
    [
      'another format of refs',
      REFS_COMMAND,
      repository => repository.git('config', 'extensions.refStorage', 'reftable'),
    ],
  ]

  it.each(unusual)('does not include what is unusual: %s', async (_, command, make) => {
    const repository = withChanges()
    make(repository)
    expect((await answersIn(repository.path)).has(keyOf(command))).toBe(false)
  })

  it('is nothing when git tells nothing of itself', () => {
    const status = { branch: 'main', head: '0'.repeat(40), ahead: null, files: [] }
    const trace = parseTrace('warning: something\n')
    expect(trace.stderr).toBe('warning: something\n')
    const told = { directory: withChanges().path, status, trace, changes: CHANGES }
    expect(answersOnDisk(told)).toEqual(new Map())
  })
})

describe('a survey', () => {
  /** Commands of git that ran while `act` did. */
  async function commandsOf(act: () => Promise<unknown>): Promise<string[]> {
    const directory = mkdtempSync(join(tmpdir(), 'opsx-trace-'))
    const file = join(directory, 'trace')
    process.env.GIT_TRACE = file
    try {
      await act()
    } finally {
      delete process.env.GIT_TRACE
    }
    const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
    rmSync(directory, { recursive: true })
    return [...text.matchAll(/built-in: git (?:-\S+ )*(\S+)/g)].map(match => match[1] ?? '')
  }

  const single = plain.filter(([name]) => !/second|branches/.test(name))

  it.each(single)('asks git once: %s', async (_, situation) => {
    const directory = situation()
    expect(await commandsOf(() => createGit(directory, {}).survey(CHANGES))).toEqual(['status'])
    const within = `${CHANGES}/b`
    expect(await commandsOf(() => createGit(directory, {}).survey(CHANGES, within))).toEqual(['status'])
  })

  it('asks git for what it cannot read', async () => {
    const repository = withChanges()
    repository.git('branch', 'ünusual')
    repository.git('update-index', '--split-index')
    const commands = await commandsOf(() => createGit(repository.path, {}).survey(CHANGES))
    expect(commands).toEqual(['status', 'for-each-ref', 'ls-tree'])
  })

  it('asks on a branch for what that branch did, each once', async () => {
    const repository = kept(cloneOf(kept(createRemote(withChanges()))))
    repository.branch('feature')
    repository.commit('work', change('new'))
    const commands = await commandsOf(() => createGit(repository.path, {}).survey(CHANGES))
    expect(commands).toEqual(['status', 'ls-tree', 'merge-base', 'rev-list', 'diff-tree'])
  })
})
