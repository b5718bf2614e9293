import { execFile, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { OpsxError } from '../../errors.ts'
import { filterSettings } from './filter-settings.ts'
import { gitEnvironment } from './git-environment.ts'

export interface GitOutput {
  status: number
  stdout: Buffer
  stderr: string
}

export interface GitOptions {
  input?: string | Buffer
  /** Added to the environment of this one call. */
  env?: Record<string, string>
  /** Milliseconds. The call fails when git takes longer. */
  timeout?: number
}

/** Runs git in one directory. `text` and `fields` throw GIT_FAILED when the exit status is not 0. */
export interface GitRun {
  readonly directory: string
  /** Returns the output with any exit status. */
  try(args: string[], options?: GitOptions): GitOutput
  /** The same, asynchronously. */
  start(args: string[]): Promise<GitOutput>
  /** Without the last line end. */
  text(args: string[], options?: GitOptions): string
  /** The fields of NUL-terminated output. */
  fields(args: string[], options?: GitOptions): string[]
}

/**
 * Makes paths literal instead of patterns, and turns off what a repository could make git run: hooks, file system
 * monitors, signature checks, remotes that are commands, and a directory of the working tree that is laid out as a bare
 * repository. Repacking is off because it takes long.
 */
const SETTINGS = [
  '--literal-pathspecs',
  ...['core.quotepath=off', 'core.fsmonitor=false', 'log.showSignature=false', 'gc.auto=0'],
  ...['safe.bareRepository=explicit', 'protocol.ext.allow=never'],
  ...['i18n.commitEncoding=UTF-8', 'user.useConfigOnly=true'],
  `core.hooksPath=${process.platform === 'win32' ? 'NUL' : '/dev/null'}`,
].flatMap(setting => (setting.startsWith('--') ? [setting] : ['-c', setting]))

/** Commands that read or write files of the working tree, and may run filters for them. */
const FILTERING = new Set([
  'status',
  'add',
  'diff',
  'update-index',
  'commit',
  'checkout',
  'restore',
  'read-tree',
])
const LIST_FILTERS = ['config', '--show-scope', '-z', '--get-regexp', '^filter\\.']

export function createGitRun(directory: string): GitRun {
  const environment = gitEnvironment(process.env, directory)
  let unfiltered: NodeJS.ProcessEnv | undefined

  /** As the environment, because a key of `-c` ends at its first `=`. */
  function withoutFilters(): NodeJS.ProcessEnv {
    const { stdout } = attempt(LIST_FILTERS)
    const before = Number(environment.GIT_CONFIG_COUNT ?? 0) || 0
    const settings = filterSettings(stdout.toString('utf8'))
    const variables = settings.flatMap(([key, value], index) => [
      [`GIT_CONFIG_KEY_${before + index}`, key],
      [`GIT_CONFIG_VALUE_${before + index}`, value],
    ])
    return { GIT_CONFIG_COUNT: String(before + settings.length), ...Object.fromEntries(variables) }
  }

  function environmentOf([command = '']: string[]): NodeJS.ProcessEnv {
    if (!FILTERING.has(command)) return environment
    unfiltered ??= { ...environment, ...withoutFilters() }
    return unfiltered
  }

  function attempt(args: string[], options: GitOptions = {}): GitOutput {
    const result = spawnSync('git', [...SETTINGS, ...args], {
      cwd: directory,
      env: { ...environmentOf(args), ...options.env },
      stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      ...(options.input === undefined ? {} : { input: options.input }),
      maxBuffer: 2 ** 30,
      timeout: options.timeout ?? 0,
      windowsHide: true,
    })
    if (result.error !== undefined) return notRun(directory, result.error)
    return { status: result.status ?? 128, stdout: result.stdout, stderr: result.stderr.toString('utf8') }
  }

  function start(args: string[]): Promise<GitOutput> {
    const options = {
      cwd: directory,
      env: environmentOf(args),
      maxBuffer: 2 ** 30,
      windowsHide: true,
    } as const
    const ended = new Promise<GitOutput>((resolve, reject) => {
      execFile('git', [...SETTINGS, ...args], { ...options, encoding: 'buffer' }, (error, stdout, stderr) => {
        if (error === null || typeof error.code === 'number')
          resolve({ status: Number(error?.code ?? 0), stdout, stderr: stderr.toString('utf8') })
        else reject(error)
      })
    })
    return ended.catch(error => notRun(directory, error))
  }

  function demand(args: string[], options?: GitOptions): string {
    const output = attempt(args, options)
    if (output.status !== 0) throw gitFailed(args[0] ?? 'git', output.stderr)
    return output.stdout.toString('utf8')
  }

  return {
    directory,
    try: attempt,
    start,
    text: (args, options) => demand(args, options).replace(/\n$/, ''),
    fields: (args, options) => demand(args, options).split('\0').slice(0, -1),
  }
}

function notRun(directory: string, error: Error): GitOutput {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'ETIMEDOUT') {
    return { status: 128, stdout: Buffer.alloc(0), stderr: 'fatal: git took too long' }
  }
  if (code === 'ENOENT' && !isInRepository(directory)) {
    return { status: 128, stdout: Buffer.alloc(0), stderr: 'fatal: not a git repository' }
  }
  throw new OpsxError('GIT_FAILED', `git could not be started: ${error.message}`, {
    hint: 'Install git, and check that it is on PATH.',
    cause: error,
  })
}

/** True when the directory, or one above it, has a `.git`. Needed on a machine without git. */
function isInRepository(directory: string): boolean {
  if (existsSync(join(directory, '.git'))) return true
  return directory !== dirname(directory) && isInRepository(dirname(directory))
}

/** An error for a git command that failed, with git's own reason. */
export function gitFailed(command: string, stderr: string): OpsxError {
  if (/tell me who you are|empty ident|auto-detection is disabled|unable to auto-detect/i.test(stderr)) {
    return new OpsxError('GIT_FAILED', 'git cannot commit: user.name or user.email is not configured', {
      hint: "Run git config user.name 'Your Name' and git config user.email you@example.com.",
    })
  }
  const refused = refusalOf(stderr)
  if (refused) return refused
  const hint = /index\.lock/.test(stderr)
    ? 'Another git command is running in this repository. Run again when it has ended.'
    : `For details, run git ${command} here.`
  return new OpsxError('GIT_FAILED', `git ${command} failed: ${gitReason(stderr)}`, { hint })
}

/** An error for a repository that git itself does not use. Undefined for any other reason. */
function refusalOf(stderr: string): OpsxError | undefined {
  const [, bare] = /cannot use bare repository '([^']*)'/.exec(stderr) ?? []
  if (bare !== undefined) {
    return new OpsxError('GIT_REFUSED', `git does not use ${bare}: it is laid out as a bare repository.`, {
      hint: 'Remove its files HEAD, config, objects and refs when they are not yours, or use a clone of your own.',
    })
  }
  const [, owned] = /dubious ownership in repository at '([^']*)'/.exec(stderr) ?? []
  if (owned === undefined) return undefined
  return new OpsxError('GIT_REFUSED', `git does not use ${owned}: it belongs to another user.`, {
    hint: `When you trust it: git config --global --add safe.directory ${owned}`,
  })
}

/** The line of git's standard error that contains the reason, without its prefix. */
export function gitReason(stderr: string): string {
  const lines = stderr
    .split(/\r\n|\r|\n/)
    .map(line => line.trim())
    .filter(line => line !== '')
  const reason =
    lines.find(line => /^remote: +(error|fatal)\b/i.test(line)) ??
    lines.find(line => /^remote: +\S/.test(line)) ??
    lines.find(line => /^(fatal|error): (?!failed to push)/.test(line)) ??
    lines.find(line => line.includes('rejected')) ??
    lines[0]
  return reason?.replace(/^(remote:\s*)?((fatal|error):\s*)?/i, '') ?? 'it gave no reason'
}
