import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { OpsxError } from '../../errors.ts'
import { type GitOutput, gitEnvironment, gitWords, startGit } from './git-process.ts'
import type { HeadStart } from './head-start.ts'

export interface GitOptions {
  input?: string | Buffer
  /** Added to the environment of this one call. */
  env?: Record<string, string>
  /** Milliseconds; the call then fails like any other. */
  timeout?: number
}

/** Runs git in one directory. `try` hands back any exit status, `text` and `fields` throw GIT_FAILED unless it is 0. */
export interface GitRun {
  readonly directory: string
  /** As `try`, while this process goes on. */
  start(args: string[], env?: Record<string, string>): Promise<GitOutput>
  try(args: string[], options?: GitOptions): GitOutput
  text(args: string[], options?: GitOptions): string
  /** The fields of NUL-terminated output. */
  fields(args: string[], options?: GitOptions): string[]
}

/** `headStart`: a command that may run already, so that it need not be started. */
export function createGitRun(directory: string, headStart?: HeadStart): GitRun {
  const environment = gitEnvironment()

  function attempt(args: string[], options: GitOptions = {}): GitOutput {
    const result = spawnSync('git', gitWords(args), {
      cwd: directory,
      env: { ...environment, ...options.env },
      input: options.input ?? '',
      maxBuffer: 2 ** 30,
      timeout: options.timeout ?? 0,
      windowsHide: true,
    })
    if (result.error !== undefined) return notRun(directory, result.error)
    return { status: result.status ?? 128, stdout: result.stdout, stderr: result.stderr.toString('utf8') }
  }

  async function start(args: string[], env?: Record<string, string>): Promise<GitOutput> {
    const running = headStart?.take(directory, args)
    const output = await (running ?? startGit({ directory, args, environment: { ...environment, ...env } }))
    return output instanceof Error ? notRun(directory, output) : output
  }

  return runOf({ directory, start, try: attempt })
}

/** A run that has these answers already, by `keyOf` their arguments, asks another one for the rest, and once each. */
export function answering(run: GitRun, answers: Map<string, GitOutput>): GitRun {
  return runOf({
    directory: run.directory,
    start: (args, env) => run.start(args, env),
    try(args, options) {
      const output = (options ? undefined : answers.get(keyOf(args))) ?? run.try(args, options)
      if (!options) answers.set(keyOf(args), output)
      return output
    },
  })
}

export function keyOf(args: string[]): string {
  return args.join('\0')
}

function runOf({ directory, start, try: attempt }: Pick<GitRun, 'directory' | 'start' | 'try'>): GitRun {
  function demand(args: string[], options?: GitOptions): string {
    const output = attempt(args, options)
    if (output.status !== 0) throw gitFailed(args[0] ?? 'git', output.stderr)
    return output.stdout.toString('utf8')
  }

  return {
    directory,
    start,
    try: attempt,
    text: (args, options) => demand(args, options).replace(/\n$/, ''),
    fields: (args, options) => demand(args, options).split('\0').slice(0, -1),
  }
}

function notRun(directory: string, error: Error): GitOutput {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'ETIMEDOUT') {
    return { status: 128, stdout: Buffer.alloc(0), stderr: 'fatal: no answer in time' }
  }
  if (code === 'ENOENT' && !holdsRepository(directory)) {
    return { status: 128, stdout: Buffer.alloc(0), stderr: 'fatal: not a git repository' }
  }
  throw new OpsxError('GIT_FAILED', `git could not be started: ${error.message}`, {
    hint: 'Install git and make sure that it is on PATH.',
    cause: error,
  })
}

/** True when a directory, or one above it, holds `.git`. */
export function holdsRepository(directory: string): boolean {
  if (existsSync(join(directory, '.git'))) return true
  return directory !== dirname(directory) && holdsRepository(dirname(directory))
}

/** An error for a git command that ended badly, with git's own reason. */
export function gitFailed(command: string, stderr: string): OpsxError {
  if (/tell me who you are|empty ident|auto-detection is disabled|unable to auto-detect/i.test(stderr)) {
    return new OpsxError('GIT_FAILED', 'git does not know who commits: user.name or user.email is missing', {
      hint: "Run git config user.name 'Your Name' and git config user.email you@example.com.",
    })
  }
  const hint = /dubious ownership/.test(stderr)
    ? 'Run git config --global --add safe.directory with the path of the repository.'
    : /index\.lock/.test(stderr)
      ? 'Another git command is running in this repository; run again when it has ended.'
      : `Run git ${command} here to see more.`
  return new OpsxError('GIT_FAILED', `git ${command} failed: ${gitReason(stderr)}`, { hint })
}

/** The one line of git's standard error that says why, without its prefix. */
export function gitReason(stderr: string): string {
  const lines = stderr
    .split(/\r\n|\r|\n/)
    .map(line => line.trim())
    .filter(line => line !== '')
  const telling =
    lines.find(line => /^remote: +(error|fatal)\b/i.test(line)) ??
    lines.find(line => /^remote: +\S/.test(line)) ??
    lines.find(line => /^(fatal|error): (?!failed to push)/.test(line)) ??
    lines.find(line => line.includes('rejected')) ??
    lines[0]
  return telling?.replace(/^(remote:\s*)?((fatal|error):\s*)?/i, '') ?? 'it gave no reason'
}
