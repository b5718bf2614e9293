import { randomUUID } from 'node:crypto'
import * as fs from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { OpsxError } from '../errors.ts'
import type { CacheFile } from '../ports/cache-file.ts'
import type { Clock } from '../ports/clock.ts'
import type { Git, GitReader } from '../ports/git.ts'
import type { LocalServer } from '../ports/local-server.ts'
import type { RunLock } from '../ports/lock.ts'
import type { Shell, TrustedCommands } from '../ports/shell.ts'
import type { Terminal } from '../ports/terminal.ts'
import type { Tracker } from '../ports/tracker.ts'
import type { Watcher } from '../ports/watcher.ts'
import type { Workspace } from '../ports/workspace.ts'
import { exposesKey, findKey } from './find-key.ts'
import type { HeadStart } from './git/head-start.ts'
import { createRunLock } from './lock.ts'
import { appendTo, emptyDirectory, writeOutput } from './output-files.ts'
import { type Output, openOutput } from './standard-output.ts'
import { createTerminal } from './terminal.ts'
import { findRoot } from './workspace/find-root.ts'
import { createWorkspace } from './workspace.ts'

/** The process, as far as opsx uses it; tests hand in their own. */
export interface ProcessLike {
  argv: string[]
  cwd(): string
  env: Record<string, string | undefined>
  stdout: Output
  stderr: { write(text: string): unknown; isTTY?: boolean; columns?: number }
  stdin: NodeJS.ReadableStream & { isTTY?: boolean }
}

export interface LinearSettings {
  /** `workspace.slug` of linear.yaml; `local` selects the embedded Linear. */
  slug: string | null
}

/** Composition root: everything that touches the world, built when first asked for. */
export interface Context {
  readonly version: string
  readonly env: Record<string, string | undefined>
  readonly terminal: Terminal
  readonly clock: Clock
  /** Directory the command works in: `-C`, else the current one. */
  readonly directory: string
  /** Moves `directory`; for `-C`. */
  enter(directory: string): void
  /** The repository around `directory`; NOT_A_REPOSITORY without an `openspec/` above it. */
  workspace(): Workspace
  /**
   * The top of the git repository (outside of one `directory`), and every directory at or below it that holds
   * `openspec/` and that git does not ignore, absolute, in order.
   */
  roots(): Promise<{ top: string; roots: string[] }>
  /** Any directory as a workspace, whether or not it holds `openspec/`. */
  workspaceAt(directory: string): Workspace
  git(): Promise<Git>
  /** The same for those who only read, which starts faster. */
  gitReader(): Promise<GitReader>
  /** For runs over hundreds of changes: less memory, at the price of a few milliseconds. */
  prepareForLongRun(): Promise<void>
  /**
   * Where verdicts are kept for the next run, in git's own directory; undefined outside git, and for code that is run from
   * its sources, which change without notice. `build` names the code that gives the verdicts.
   */
  verdictCache(name: string): Promise<{ file: CacheFile; build: string } | undefined>
  /** Keeps two writing runs apart; see LIFECYCLE "Publishing the ledger". */
  lock(): Promise<RunLock>
  /** Runs the commands of figures.yaml in the repository's root. */
  shell(): Promise<Shell>
  /** What the person at this machine accepted for this repository. */
  trustedCommands(): Promise<TrustedCommands>
  /** True when a key is there, or the embedded Linear is used. */
  hasCredential(settings: LinearSettings): Promise<boolean>
  /** True when a `.env` at the root holds a key that git would commit. */
  exposesKey(): Promise<boolean>
  /** The tracker; KEY_MISSING without a key, ENDPOINT_REFUSED for an unsafe endpoint. */
  tracker(settings: LinearSettings): Promise<Tracker>
  /** Starts the embedded Linear of a directory as a server of its own. */
  serveLocal(options: { directory: string; port: number; keepAlive: boolean }): Promise<LocalServer>
  /** Tells when files of the repository are saved. */
  watcher(): Promise<Watcher>
  /** Runs a git command in a directory, for the demo; throws GIT_FAILED. */
  runGit(directory: string, args: string[]): Promise<string>
  /** A new directory of its own under the system's temporary directory, and a function that removes it. */
  temporaryDirectory(name: string): Promise<{ path: string; remove(): void }>
  /** Creates a directory and returns its absolute path; USAGE when it holds something already. */
  emptyDirectory(path: string): Promise<string>
  /** Writes a file of the user's choosing, relative to `directory`; FILE_NOT_WRITTEN. */
  writeOutput(path: string, text: string): void
  /** Appends Markdown to the page of a GitHub step; nothing without GITHUB_STEP_SUMMARY. Never fails the run. */
  appendSummary(text: string): void
  /** Text of a file that ships with opsx, relative to the package. */
  shipped(path: string): string | undefined
  newId(): string
  /** Leaves servers running when the command has ended. */
  keepOpen(): void
  close(): Promise<void>
}

declare const OPSX_VERSION: string | undefined

/** What is known before opsx itself is loaded. */
export interface Started {
  /** What git is asked already. */
  headStart?: HeadStart | undefined
  /** Names the code that runs; undefined for sources, which change without notice. */
  build?: string | undefined
}

export function createContext(process: ProcessLike, { headStart, build }: Started = {}): Context {
  let directory = process.cwd()
  const closers: (() => Promise<void>)[] = []
  const environment = process.env
  const terminal = createTerminal({
    env: environment,
    stdout: openOutput(process),
    get stderr() {
      return process.stderr
    },
    get stdin() {
      return process.stdin
    },
  })

  function root(): string {
    const found = findRoot(directory)
    if (found) return found
    throw new OpsxError('NOT_A_REPOSITORY', `There is no openspec/ directory in ${directory} or above it.`, {
      hint: 'Run opsx init there, or point to the repository with -C; opsx status --all-roots looks below.',
    })
  }

  const context: Context = {
    version: versionOf(),
    env: environment,
    terminal,
    clock: { now: () => new Date() },
    get directory() {
      return directory
    },
    enter(next) {
      const at = resolve(directory, next)
      if (!fs.statSync(at, { throwIfNoEntry: false })?.isDirectory()) {
        throw new OpsxError('USAGE', `${next} is no directory.`, { hint: 'Give -C a directory that exists.' })
      }
      directory = at
    },
    workspace: () => createWorkspace(root()),
    async roots() {
      const [{ isIgnored, topLevel }, { findRoots }] = await Promise.all([
        import('./git/git.ts'),
        import('./workspace/find-roots.ts'),
      ])
      const repository = topLevel(directory)
      const top = repository ?? directory
      const skip = (root: string) => repository !== undefined && isIgnored(root, 'openspec')
      return { top, roots: findRoots(top, skip) }
    },
    workspaceAt: path => createWorkspace(resolve(directory, path)),
    async git() {
      const { createGit } = await import('./git/git.ts')
      return createGit(findRoot(directory) ?? directory, environment)
    },
    async gitReader() {
      const { createGitReader } = await import('./git/git-reader.ts')
      return createGitReader(findRoot(directory) ?? directory, environment, headStart)
    },
    async prepareForLongRun() {
      const { prepareForLongRun } = await import('./long-run.ts')
      prepareForLongRun()
    },
    async verdictCache(name) {
      if (build === undefined) return undefined
      const [{ commonDirectory }, { createCacheFile }] = await Promise.all([
        import('./git/common-directory.ts'),
        import('./cache-file.ts'),
      ])
      const common = commonDirectory(root())
      return common === undefined ? undefined : { file: createCacheFile(common, root(), name), build }
    },
    async lock() {
      const { commonDirectory } = await import('./git/common-directory.ts')
      const at = root()
      return createRunLock(commonDirectory(at) ?? at)
    },
    async shell() {
      const { createShell } = await import('./shell.ts')
      return createShell({ directory: root(), env: environment })
    },
    async trustedCommands() {
      const { createTrustedCommands } = await import('./trusted-commands.ts')
      return createTrustedCommands(root(), environment)
    },
    async hasCredential(settings) {
      return settings.slug === 'local' || (await findKey(environment, findRoot(directory))) !== undefined
    },
    exposesKey: () => exposesKey(root()),
    async tracker(settings) {
      const { openTracker } = await import('./open-tracker.ts')
      const opened = await openTracker({
        settings,
        env: environment,
        key: await findKey(environment, findRoot(directory)),
        root: findRoot(directory) ?? directory,
        schema: () => context.shipped('dist/linear-schema.graphql') ?? '',
        log: line => terminal.err(`${line}\n`),
      })
      closers.push(opened.close)
      return opened.tracker
    },
    async serveLocal(options) {
      const { serveLocal } = await import('./open-tracker.ts')
      const server = await serveLocal({
        ...options,
        schema: context.shipped('dist/linear-schema.graphql') ?? '',
      })
      closers.push(() => server.close())
      return server
    },
    watcher: async () => (await import('./watcher.ts')).createWatcher(root()),
    runGit: async (at, args) => (await import('./git/git.ts')).runGit(at, args),
    async temporaryDirectory(name) {
      const { tmpdir } = await import('node:os')
      const path = fs.mkdtempSync(join(tmpdir(), `${name}-`))
      return { path, remove: () => fs.rmSync(path, { recursive: true, force: true }) }
    },
    emptyDirectory: async path => emptyDirectory(directory, path),
    writeOutput: (path, text) => writeOutput(directory, path, text),
    appendSummary(text) {
      const file = environment.GITHUB_STEP_SUMMARY
      const reason = file ? appendTo(file, text) : undefined
      if (reason !== undefined) terminal.err(`The step summary cannot be written: ${reason}\n`)
    },
    shipped(path) {
      const file = join(packageDirectory(), path)
      return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined
    },
    newId: () => randomUUID(),
    keepOpen() {
      closers.length = 0
    },
    async close() {
      for (const close of closers.splice(0)) await close()
    },
  }
  return context
}

function versionOf(): string {
  return typeof OPSX_VERSION === 'string' ? OPSX_VERSION : '0.0.0-source'
}

/** The nearest directory with a `package.json` of ours: above `dist/` when installed, above `src/adapters/` from sources. */
function packageDirectory(): string {
  const here = dirname(fileURLToPath(import.meta.url))
  return fs.existsSync(join(here, '..', 'templates')) ? join(here, '..') : join(here, '..', '..')
}
