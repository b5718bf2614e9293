import type { Git, GitSurvey } from '../../ports/git.ts'
import type { CiEnvironment } from './checkout-role.ts'
import { readMergeBase } from './commit-history.ts'
import { createSince } from './create-since.ts'
import { createGitRun, type GitRun } from './git-run.ts'
import { hashFiles } from './hash-files.ts'
import { mergeTexts, readMergeDrivers, readStages } from './merging.ts'
import { proposeLedger, readProposed } from './propose-ledger.ts'
import { commitLedger, pushLedger } from './publish-ledger.ts'
import { startCheckout } from './read-checkout.ts'
import { readCommitWorkspace } from './read-commit-workspace.ts'
import { factsOf, readFacts } from './read-facts.ts'
import { readSignals, signalsOf } from './read-signals.ts'

/**
 * The git repository around `root`, the workspace root. The root may be a directory inside the repository. `gh` is the
 * command or path of the GitHub command line, which opens pull requests.
 */
export function createGit(root: string, ci: CiEnvironment, gh = 'gh'): Git {
  const run = createGitRun(root)
  return {
    facts: changesDirectory => readFacts(run, ci, changesDirectory),
    signals: () => readSignals(run, ci),
    survey: (changesDirectory, within) => readSurvey(run, ci, { changesDirectory, within }),
    since: createSince(run),
    hashFiles: paths => hashFiles(root, paths),
    mergeDrivers: paths => readMergeDrivers(run, paths),
    mergeBase: ref => readMergeBase(run, ref),
    workspaceAt: (ref, directory) => readCommitWorkspace(run, ref, directory),
    stages: path => readStages(run, path),
    mergeTexts: versions => mergeTexts(run, versions),
    commitLedger: commit => commitLedger(run, commit),
    pushLedger: commit => pushLedger(run, commit),
    proposedLedger: () => readProposed(run),
    proposeLedger: commit => proposeLedger(run, commit, gh),
  }
}

async function readSurvey(
  run: GitRun,
  ci: CiEnvironment,
  { changesDirectory, within }: { changesDirectory: string; within: string | undefined },
): Promise<GitSurvey | undefined> {
  const changes = changesDirectory.replace(/\/+$/, '')
  const checkout = await startCheckout(run, within ?? '.')
  if (checkout === undefined) return undefined
  const below = checkout.files.filter(({ path }) => path.startsWith(`${changes}/`))
  return {
    facts: factsOf(run, ci, { checkout: { ...checkout, files: below }, changes, within }),
    signals: signalsOf(run, ci, checkout),
  }
}
