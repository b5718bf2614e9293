import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** Identity and default branch by environment, so that tests need no git configuration; also for child processes. */
export const gitEnvironment = {
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: process.platform === 'win32' ? 'NUL' : '/dev/null',
  GIT_CONFIG_COUNT: '3',
  GIT_CONFIG_KEY_0: 'init.defaultBranch',
  GIT_CONFIG_VALUE_0: 'main',
  GIT_CONFIG_KEY_1: 'protocol.file.allow',
  GIT_CONFIG_VALUE_1: 'always',
  GIT_CONFIG_KEY_2: 'advice.detachedHead',
  GIT_CONFIG_VALUE_2: 'false',
  GIT_AUTHOR_NAME: 'Ada Author',
  GIT_AUTHOR_EMAIL: 'ada@example.com',
  GIT_COMMITTER_NAME: 'Ada Author',
  GIT_COMMITTER_EMAIL: 'ada@example.com',
  GIT_TERMINAL_PROMPT: '0',
}

/** Content by path; null removes the file. */
export type Files = Record<string, string | null>

export interface Repository {
  readonly path: string
  /** Standard output without the last line end; throws with git's message. */
  git(...args: string[]): string
  write(files: Files): void
  /** Writes the files, stages everything and commits, also when nothing changed; returns the SHA. */
  commit(message: string, files?: Files): string
  /** Creates a branch at HEAD (or `start`) and checks it out. */
  branch(name: string, start?: string): void
  checkout(name: string): void
  /** `git status --porcelain`, one entry per line, empty when clean. */
  status(): string[]
  /** A second working tree of the same repository, on a new branch. */
  worktree(branch: string): Repository
  remove(): void
}

/** An empty repository on branch main in a temporary directory of its own. */
export function createRepository(): Repository {
  const path = temporaryDirectory()
  runScript(path, `git init --quiet; ${IDENTIFY}`)
  return repositoryAt(path)
}

/** A bare repository, filled from `source` when given; `source` then has it as remote `origin`, with main tracking it. */
export function createRemote(source?: Repository): Repository {
  const remote = repositoryAt(temporaryDirectory())
  remote.git('init', '--quiet', '--bare')
  if (source !== undefined) {
    runScript(
      source.path,
      'git remote add origin "$1"; git push --quiet --set-upstream origin --all; git remote set-head origin --auto',
      remote.path,
    )
  }
  return remote
}

/** A clone; further arguments go to `git clone`, e.g. `--depth`, `1`. */
export function cloneOf(source: Repository, ...args: string[]): Repository {
  const path = temporaryDirectory()
  const url = args.includes('--depth') ? `file://${source.path}` : source.path
  runScript(path, `git clone --quiet "$@" .; ${IDENTIFY}`, ...args, url)
  return repositoryAt(path)
}

/** Installs a shell script as hook, e.g. `pre-receive` of a bare repository that refuses a push. */
export function addHook(repository: Repository, name: string, script: string): void {
  const file = join(repository.git('rev-parse', '--path-format=absolute', '--git-dir'), 'hooks', name)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `#!/bin/sh\n${script}\n`)
  chmodSync(file, 0o755)
}

/** A real path, so that it compares equal to what git prints. */
export function temporaryDirectory(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), 'opsx-git-')))
}

/** Code under test runs git without the environment above, so the repository's own configuration has the identity. */
const IDENTIFY = "git config user.name 'Ada Author'; git config user.email ada@example.com"

/**
 * Several git commands in one shell: a test process of hundreds of megabytes takes some 20 ms to start a process, a
 * shell takes less than one. Returns standard output without the last line end; throws with git's message.
 */
function runScript(path: string, script: string, ...args: string[]): string {
  return run(path, 'sh', ['-ec', script, 'sh', ...args])
}

function run(path: string, command: string, args: string[]): string {
  return execFileSync(command, args, {
    cwd: path,
    encoding: 'utf8',
    env: { ...process.env, ...gitEnvironment },
    stdio: ['ignore', 'pipe', 'pipe'],
  }).replace(/\n$/, '')
}

function repositoryAt(path: string): Repository {
  const git = (...args: string[]) => run(path, 'git', args)

  function write(files: Files): void {
    for (const [name, text] of Object.entries(files)) {
      const file = join(path, name)
      if (text === null) rmSync(file)
      else {
        mkdirSync(dirname(file), { recursive: true })
        writeFileSync(file, text)
      }
    }
  }

  return {
    path,
    git,
    write,
    commit(message, files = {}) {
      write(files)
      const script = 'git add --all; git commit --quiet --allow-empty --message "$1"; git rev-parse HEAD'
      return runScript(path, script, message)
    },
    branch: (name, start = 'HEAD') => void git('checkout', '--quiet', '-b', name, '--no-track', start),
    checkout: name => void git('checkout', '--quiet', name),
    status: () => git('status', '--porcelain', '--untracked-files=all').split('\n').filter(Boolean),
    worktree(branch) {
      const target = join(temporaryDirectory(), 'tree')
      git('worktree', 'add', '--quiet', '-b', branch, target)
      return repositoryAt(target)
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  }
}
