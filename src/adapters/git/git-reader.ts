import type { GitReader } from '../../ports/git.ts'
import { readCommitWorkspace } from './commit-workspace.ts'
import { readFacts } from './git-facts.ts'
import { readMergeBase } from './git-history.ts'
import { readMergeDrivers } from './git-merge-drivers.ts'
import { createGitRun, type GitRun } from './git-run.ts'
import { readSignals } from './git-signals.ts'
import { createSince } from './git-since.ts'
import type { CiEnvironment } from './git-standing.ts'
import { survey } from './git-survey.ts'
import { hashFiles } from './hash-files.ts'
import type { HeadStart } from './head-start.ts'

/**
 * The git repository around `root`, the workspace root, which may be a directory inside the repository.
 * `headStart`: what runs there already.
 */
export function createGitReader(root: string, ci: CiEnvironment, headStart?: HeadStart): GitReader {
  return readerOf(createGitRun(root, headStart), ci)
}

export function readerOf(run: GitRun, ci: CiEnvironment): GitReader {
  return {
    facts: changesDirectory => readFacts(run, ci, changesDirectory),
    signals: () => readSignals(run, ci),
    survey: (changesDirectory, within) => survey(run, ci, { changesDirectory, within }),
    since: createSince(run),
    hashFiles: paths => hashFiles(run.directory, paths),
    mergeDrivers: paths => readMergeDrivers(run, paths),
    mergeBase: ref => readMergeBase(run, ref),
    workspaceAt: (ref, directory) => readCommitWorkspace(run, ref, directory),
  }
}
