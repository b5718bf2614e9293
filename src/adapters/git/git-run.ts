import { execFile, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { OpsxError } from '../../errors.ts'

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

/** No hooks, file system monitors, signature checks and repacking. Paths are literal, not patterns. */
const SETTINGS = [
  '--literal-pathspecs',
  ...['core.quotepath=off', 'core.fsmonitor=false', 'log.showSignature=false', 'gc.auto=0'],
  ...['i18n.commitEncoding=UTF-8', 'user.useConfigOnly=true'],
  `core.hooksPath=${process.platform === 'win32' ? 'NUL' : '/dev/null'}`,
].flatMap(setting => (setting.startsWith('--') ? [setting] : ['-c', setting]))

/** Variables that git sets for its hooks. With them, git would use another index or repository. */
const HOOK_VARIABLES = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_PREFIX',
  'GIT_COMMON_DIR',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_NAMESPACE',
  'GIT_EXTERNAL_DIFF',
]

export function createGitRun(directory: string): GitRun {
  const environment = gitEnvironment()

  function attempt(args: string[], options: GitOptions = {}): GitOutput {
    const result = spawnSync('git', [...SETTINGS, ...args], {
      cwd: directory,
      env: { ...environment, ...options.env },
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
    const options = { cwd: directory, env: environment, maxBuffer: 2 ** 30, windowsHide: true } as const
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

function gitEnvironment(): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = { ...process.env }
  for (const name of HOOK_VARIABLES) delete environment[name]
  return Object.assign(environment, {
    LC_ALL: 'C',
    LANGUAGE: '',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
  })
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
  const hint = /dubious ownership/.test(stderr)
    ? 'Run git config --global --add safe.directory with the path of the repository.'
    : /index\.lock/.test(stderr)
      ? 'Another git command is running in this repository. Run again when it has ended.'
      : `For details, run git ${command} here.`
  return new OpsxError('GIT_FAILED', `git ${command} failed: ${gitReason(stderr)}`, { hint })
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
