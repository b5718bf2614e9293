import { OpsxError } from '../../errors.ts'
import type { LedgerCommit, PublishResult } from '../../ports/git.ts'
import { type Advance, advanceBranch, fastForward } from './advance-branch.ts'
import type { GitRun } from './git-run.ts'
import { fetchRefs, pushCommit } from './remote-branch.ts'
import { writeLedgerCommit } from './write-ledger-commit.ts'

const ATTEMPTS = 3

/**
 * Commits ledger lines on the current branch. Other edits of the same files stay uncommitted, staged or not.
 * Throws GIT_FAILED, and PUBLISH_FAILED on a detached HEAD.
 */
export function commitLedger(run: GitRun, commit: LedgerCommit): PublishResult {
  const branch = readBranch(run)
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const from = readTip(run, 'HEAD')
    if (from === null)
      return resultOf({ skipped: commit.paths.map(path => ({ path, reason: 'not committed yet' })) })
    const built = writeLedgerCommit(run, commit, { sha: from, name: shortName(branch) })
    const { sha: to, skipped } = built
    if (to === null) return resultOf({ skipped })
    if (advanceBranch(run, { commit, built, branch, from, base: from, to }))
      return resultOf({ commit: to, skipped })
  }
  throw new OpsxError(
    'GIT_FAILED',
    `${shortName(branch)} changed ${ATTEMPTS} times while opsx committed to it.`,
    {
      hint: 'Run again when no other git command is running on this branch.',
    },
  )
}

/**
 * Pushes one commit of ledger lines to the upstream of the current branch. Its parent is the tip of the upstream, so the
 * user's own commits are not pushed. The current branch moves to the new commit when it was at the upstream. Otherwise
 * `commands` contains the command for the user. Throws PUBLISH_FAILED and GIT_FAILED, and then nothing has changed here.
 */
export function pushLedger(run: GitRun, commit: LedgerCommit): PublishResult {
  const upstream = readUpstream(run)
  const { branch, remote, ref, tracking } = upstream
  const head = readTip(run, 'HEAD')
  const first = readTip(run, tracking)
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (attempt > 0 || first === null) fetchRefs(run, remote, [`+${ref}:${tracking}`])
    const base = readTip(run, tracking)
    if (base === null) throw noUpstream(branch)
    const built = writeLedgerCommit(run, commit, { sha: base, name: shortName(tracking) })
    const { sha: to, skipped } = built
    if (to === null) return resultOf({ skipped })
    if (pushCommit(run, { remote, ref, sha: to }) === 'moved') continue
    const follows =
      head === first && head !== null && follow(run, { commit, built, branch, from: head, base, to })
    const commands = follows ? [] : ['git pull --rebase --autostash']
    return resultOf({ commit: to, skipped, pushed: shortName(ref), commands })
  }
  throw new OpsxError(
    'PUBLISH_FAILED',
    `${shortName(tracking)} changed ${ATTEMPTS} times while opsx pushed to it.`,
    {
      hint: 'Run again. The ledger lines are still in your working tree.',
    },
  )
}

/** False when the local branch cannot move to the commit. That is not a failure, because the commit is pushed. */
function follow(run: GitRun, advance: Advance): boolean {
  try {
    return advance.base === advance.from ? advanceBranch(run, advance) : fastForward(run, advance)
  } catch (error) {
    if (error instanceof OpsxError) return false
    throw error
  }
}

interface Upstream {
  /** Full names of the local branch, the remote's branch and the remote-tracking branch. */
  branch: string
  ref: string
  tracking: string
  remote: string
}

function readUpstream(run: GitRun): Upstream {
  const branch = readBranch(run)
  const format = '--format=%(upstream)%00%(upstream:remotename)%00%(upstream:remoteref)'
  const [tracking = '', remote = '', ref = ''] = run.text(['for-each-ref', format, branch]).split('\0')
  if (tracking === '' || remote === '' || ref === '') throw noUpstream(branch)
  return { branch, ref, tracking, remote }
}

function noUpstream(branch: string): OpsxError {
  return new OpsxError('PUBLISH_FAILED', `${shortName(branch)} has no upstream branch.`, {
    hint: `Push the branch once: git push --set-upstream origin ${shortName(branch)}`,
  })
}

/** Full name of the current branch. */
function readBranch(run: GitRun): string {
  const output = run.try(['symbolic-ref', '--quiet', 'HEAD'])
  if (output.status === 0) return output.stdout.toString('utf8').trim()
  throw new OpsxError('PUBLISH_FAILED', 'HEAD is detached, so there is no branch to commit to.', {
    hint: 'Check out a branch, or use --publish pull-request.',
  })
}

/** Commit of a ref, or null when there is no such commit. */
export function readTip(run: GitRun, ref: string): string | null {
  const output = run.try(['rev-parse', '--quiet', '--verify', `${ref}^{commit}`])
  return output.status === 0 ? output.stdout.toString('utf8').trim() : null
}

export function resultOf(result: Partial<PublishResult>): PublishResult {
  return { commit: null, skipped: [], pushed: null, commands: [], ...result }
}

export function shortName(ref: string): string {
  return ref.replace(/^refs\/(heads|remotes)\//, '')
}
