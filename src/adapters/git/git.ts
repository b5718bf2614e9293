import { resolve } from 'node:path'
import type { Git } from '../../ports/git.ts'
import { mergeTexts, readStages } from './git-merge.ts'
import { proposeLedger, readProposed } from './git-propose.ts'
import { commitLedger, pushLedger } from './git-publish.ts'
import { readerOf } from './git-reader.ts'
import { createGitRun, gitFailed } from './git-run.ts'
import type { CiEnvironment } from './git-standing.ts'

/** A reader that can write as well. `gh` is the GitHub command line to open pull requests with. */
export function createGit(root: string, ci: CiEnvironment, gh = 'gh'): Git {
  const run = createGitRun(root)
  return {
    ...readerOf(run, ci),
    stages: path => readStages(run, path),
    mergeTexts: versions => mergeTexts(run, versions),
    commitLedger: commit => commitLedger(run, commit),
    pushLedger: commit => pushLedger(run, commit),
    proposedLedger: () => readProposed(run),
    proposeLedger: commit => proposeLedger(run, commit, gh),
  }
}

/** The top of the working tree around a directory, absolute; undefined outside a repository. */
export function topLevel(directory: string): string | undefined {
  const output = createGitRun(directory).try(['rev-parse', '--show-cdup'])
  if (output.status === 0) return resolve(directory, output.stdout.toString('utf8').replace(/\n$/, ''))
  if (output.stderr.includes('not a git repository')) return undefined
  throw gitFailed('rev-parse', output.stderr)
}

/** Runs one git command and returns its output without the last line end; throws GIT_FAILED. */
export function runGit(directory: string, args: string[]): string {
  return createGitRun(directory).text(args)
}

/** True when git would not commit the file, or there is no repository to commit it to. Throws GIT_FAILED. */
export function isIgnored(root: string, path: string): boolean {
  // check-ignore knows no literal pathspecs.
  const output = createGitRun(root).try(['--no-literal-pathspecs', 'check-ignore', '-q', '--', path])
  if (output.status <= 1) return output.status === 0
  if (output.stderr.includes('not a git repository')) return true
  throw gitFailed('check-ignore', output.stderr)
}
