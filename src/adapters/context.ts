import { resolve } from 'node:path'
import { OpsxError } from '../errors.ts'
import type { Clock } from '../ports/clock.ts'
import type { Git } from '../ports/git.ts'
import type { LocalServer } from '../ports/local-server.ts'
import type { RunLock } from '../ports/lock.ts'
import type { Shell, TrustedCommands } from '../ports/shell.ts'
import type { Terminal } from '../ports/terminal.ts'
import type { Tracker } from '../ports/tracker.ts'
import type { Watcher } from '../ports/watcher.ts'
import type { Workspace } from '../ports/workspace.ts'
import { exposesKey, findKey } from './find-key.ts'
import type { LinearSettings } from './open-tracker.ts'
import {
  appendSummary,
  emptyDirectory,
  existingDirectory,
  temporaryDirectory,
  writeOutput,
} from './output-files.ts'
import { readShipped, VERSION } from './package-files.ts'
import { createTerminal, type TerminalProcess } from './terminal.ts'
import { findRoot } from './workspace/find-root.ts'
import { createWorkspace, type GitView } from './workspace.ts'

/** What opsx uses of Node's `process`. Tests pass their own. */
export interface ProcessLike extends TerminalProcess {
  argv: string[]
  cwd(): string
}

/** The ports of one run, each built when it is first used. */
export interface Context {
  readonly version: string
  readonly env: Record<string, string | undefined>
  readonly terminal: Terminal
  readonly clock: Clock
  /** The directory of `-C`, else the current one. */
  readonly directory: string
  /** Changes `directory`, for `-C`. Throws USAGE. */
  enter(directory: string): void
  /** The repository around `directory`. Throws NOT_A_REPOSITORY without an `openspec/` in it or above it. */
  workspace(): Workspace
  /**
   * `top`: the top of the git repository, or `directory` outside a repository. `roots`: the directories at or below `top`
   * with an `openspec/` that git does not ignore, sorted. All paths are absolute.
   */
  roots(): Promise<{ top: string; roots: string[] }>
  /** Any directory as a workspace, with or without `openspec/`. */
  workspaceAt(directory: string): Workspace
  git(): Promise<Git>
  /** Prevents two runs from writing at the same time. */
  lock(): Promise<RunLock>
  /** Runs the commands of figures.yaml in the repository's root. */
  shell(): Promise<Shell>
  /** The commands of this repository that the user of this machine accepted. */
  trustedCommands(): Promise<TrustedCommands>
  /** True with an API key, and for the embedded Linear. */
  hasCredential(settings: LinearSettings): Promise<boolean>
  /** True when a `.env` at the root contains an API key and git does not ignore it. */
  exposesKey(): Promise<boolean>
  /** Throws KEY_MISSING without an API key, ENDPOINT_REFUSED for an unsafe endpoint. */
  tracker(settings: LinearSettings): Promise<Tracker>
  /** Starts the embedded Linear of a directory as a server of its own. */
  serveLocal(options: { directory: string; port: number; keepAlive: boolean }): Promise<LocalServer>
  /** Reports files of the repository that were saved. */
  watcher(): Promise<Watcher>
  /** Runs a git command in a directory and returns its output. Throws GIT_FAILED. */
  runGit(directory: string, args: string[]): Promise<string>
  /** A new directory under the system's temporary directory, and a function that removes it. */
  temporaryDirectory(name: string): Promise<{ path: string; remove(): void }>
  /** Creates a directory and returns its absolute path. Throws USAGE when it is not empty. */
  emptyDirectory(path: string): Promise<string>
  /** Writes a file that the user named, relative to `directory`. Throws FILE_NOT_WRITTEN. */
  writeOutput(path: string, text: string): void
  /** Appends Markdown to the summary of a GitHub step, when GITHUB_STEP_SUMMARY is set. Never fails the run. */
  appendSummary(text: string): void
  /** Text of a file in opsx's package, by its path in the package. Undefined when there is none. */
  shipped(path: string): string | undefined
  newId(): string
  /** Leaves servers open when the command ends. */
  keepOpen(): void
  close(): Promise<void>
}

export function createContext(process: ProcessLike): Context {
  const { env } = process
  let directory = process.cwd()
  const closers: (() => Promise<void>)[] = []
  /** Known as soon as the lock is asked for: a command that only reads starts no git for it. */
  let gitView: GitView | undefined
  const terminal = createTerminal(process)
  const rootOrDirectory = () => findRoot(directory) ?? directory
  const root = () => rootAround(directory)
  const key = () => findKey(env, findRoot(directory))

  return {
    version: VERSION,
    env,
    terminal,
    clock: { now: () => new Date() },
    get directory() {
      return directory
    },
    enter(next) {
      directory = existingDirectory(directory, next)
    },
    workspace: () => createWorkspace(root(), () => gitView),
    workspaceAt: path => createWorkspace(resolve(directory, path)),
    roots: () => rootsAround(directory),
    async git() {
      const [{ createGit }, { namedRepository }] = await Promise.all([
        import('./git/git.ts'),
        import('./git/git-environment.ts'),
      ])
      const named = namedRepository(env, rootOrDirectory())
      if (named) terminal.err(`Using the repository of GIT_DIR: ${named.directory}\n`)
      return createGit(rootOrDirectory(), env)
    },
    async lock() {
      const [git, { createRunLock }] = await Promise.all([import('./git/repository.ts'), import('./lock.ts')])
      const at = rootOrDirectory()
      gitView = {
        ignored: () => git.ignoredFiles(at),
        exclude: pattern => git.excludeFiles(at, pattern),
      }
      const common = git.commonDirectory(at)
      if (common !== undefined) return createRunLock(common, git.gitDirectory(at))
      return createRunLock((await import('./trusted-commands.ts')).stateWithoutGit(at, env))
    },
    shell: async () => (await import('./shell.ts')).createShell({ directory: root(), env }),
    trustedCommands: async () => (await import('./trusted-commands.ts')).createTrustedCommands(root(), env),
    hasCredential: async ({ slug }) => slug === 'local' || (await key()) !== undefined,
    exposesKey: () => exposesKey(root()),
    async tracker(settings) {
      const { openTracker } = await import('./open-tracker.ts')
      const log = (line: string) => terminal.err(`${line}\n`)
      const opened = await openTracker({ settings, env, key: await key(), root: rootOrDirectory(), log })
      closers.push(opened.close)
      return opened.tracker
    },
    async serveLocal(options) {
      const server = await (await import('./open-tracker.ts')).serveLocal(options)
      closers.push(server.close)
      return server
    },
    watcher: async () => (await import('./watcher.ts')).createWatcher(root()),
    runGit: async (at, args) => (await import('./git/repository.ts')).runGit(at, args),
    temporaryDirectory: async name => temporaryDirectory(name),
    emptyDirectory: async path => emptyDirectory(directory, path),
    writeOutput: (path, text) => writeOutput(directory, path, text),
    appendSummary(text) {
      const reason = appendSummary(env.GITHUB_STEP_SUMMARY, text)
      if (reason !== undefined) terminal.err(`The step summary was not written: ${reason}\n`)
    },
    shipped: readShipped,
    newId: () => crypto.randomUUID(),
    keepOpen() {
      closers.length = 0
    },
    async close() {
      for (const close of closers.splice(0)) await close()
    },
  }
}

function rootAround(directory: string): string {
  const found = findRoot(directory)
  if (found) return found
  throw new OpsxError('NOT_A_REPOSITORY', `There is no openspec/ directory in ${directory} or above it.`, {
    hint: 'Run opsx init there, or name the repository with -C. To search the directories below: opsx status --all-roots',
  })
}

async function rootsAround(directory: string): Promise<{ top: string; roots: string[] }> {
  const [{ isIgnored, topLevel }, { findRoots }] = await Promise.all([
    import('./git/repository.ts'),
    import('./workspace/find-roots.ts'),
  ])
  const repository = topLevel(directory)
  const top = repository ?? directory
  const skip = (root: string) => repository !== undefined && isIgnored(root, 'openspec')
  return { top, roots: findRoots(top, skip) }
}
