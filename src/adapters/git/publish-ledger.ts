import { OpsxError } from '../../errors.ts'
import type { LedgerCommit, PublishResult } from '../../ports/git.ts'
import { type Advance, advanceBranch, fastForward } from './advance-branch.ts'
import type { GitRun } from './git-run.ts'
import { fetchRefs, pushCommit } from './remote-branch.ts'
import { writeLedgerCommit } from './write-ledger-commit.ts'

const ATTEMPTS = 3

/**
 * One commit of ledger lines on the current branch. Other edits of the same files, staged or not, stay as they are.
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
  throw new OpsxError('GIT_FAILED', `${shortName(branch)} kept moving while the ledger was committed`, {
    hint: 'Run again when no other git command works on this branch.',
  })
}

/**
 * One commit of ledger lines on the upstream of the current branch, built on what the upstream holds: unpushed
 * commits of the user stay unpushed. The current branch follows when it was at the upstream; else `commands` says how
 * to take the commit over. Throws PUBLISH_FAILED and GIT_FAILED; then nothing has changed here.
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
  throw new OpsxError('PUBLISH_FAILED', `${shortName(tracking)} kept moving while the ledger was pushed`, {
    hint: 'Run again; the ledger lines stay in your working tree.',
  })
}

/** The commit is published: that the branch here cannot follow is a message, not a failure. */
function follow(run: GitRun, advance: Advance): boolean {
  try {
    return advance.base === advance.from ? advanceBranch(run, advance) : fastForward(run, advance)
  } catch (error) {
    if (error instanceof OpsxError) return false
    throw error
  }
}

interface Upstream {
  /** Full names: the branch here, the branch of the remote, and what is known of that here. */
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
  return new OpsxError(
    'PUBLISH_FAILED',
    `${shortName(branch)} has no upstream branch to push the ledger to`,
    {
      hint: `Push the branch once: git push --set-upstream origin ${shortName(branch)}`,
    },
  )
}

/** Full name of the current branch. */
function readBranch(run: GitRun): string {
  const output = run.try(['symbolic-ref', '--quiet', 'HEAD'])
  if (output.status === 0) return output.stdout.toString('utf8').trim()
  throw new OpsxError(
    'PUBLISH_FAILED',
    'HEAD is detached, so a commit of the ledger would belong to no branch',
    {
      hint: 'Check out a branch, or use --publish pull-request.',
    },
  )
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
