import { resolve } from 'node:path'
import { createGitRun, gitFailed } from './git-run.ts'

/** The top of the working tree around a directory, absolute; undefined outside a repository. Throws GIT_FAILED. */
export function topLevel(directory: string): string | undefined {
  return readDirectory(directory, '--show-cdup')
}

/** The git directory that all working trees of the repository share, absolute; undefined outside a repository. Throws GIT_FAILED. */
export function commonDirectory(directory: string): string | undefined {
  return readDirectory(directory, '--git-common-dir')
}

function readDirectory(directory: string, flag: string): string | undefined {
  const output = createGitRun(directory).try(['rev-parse', flag])
  if (output.status === 0) return resolve(directory, output.stdout.toString('utf8').replace(/\n$/, ''))
  if (output.stderr.includes('not a git repository')) return undefined
  throw gitFailed('rev-parse', output.stderr)
}

/** True when git would not commit the file, or there is no repository to commit it to. Throws GIT_FAILED. */
export function isIgnored(root: string, path: string): boolean {
  // check-ignore rejects literal pathspecs.
  const output = createGitRun(root).try(['--no-literal-pathspecs', 'check-ignore', '-q', '--', path])
  if (output.status <= 1) return output.status === 0
  if (output.stderr.includes('not a git repository')) return true
  throw gitFailed('check-ignore', output.stderr)
}

/** Runs one git command and returns its output without the last line end; throws GIT_FAILED. */
export function runGit(directory: string, args: string[]): string {
  return createGitRun(directory).text(args)
}
