import type { GitFacts } from '../../ports/git.ts'
import type { GitRun } from './git-run.ts'
import type { Checkout } from './read-checkout.ts'
import type { GitRefs } from './read-refs.ts'

/** The branch according to a CI job. Used only to choose among branches that point at HEAD. */
export interface CiEnvironment {
  GITHUB_REF_NAME?: string | undefined
  GITHUB_HEAD_REF?: string | undefined
  GITHUB_EVENT_NAME?: string | undefined
}

export type CheckoutRole = Pick<GitFacts, 'role' | 'reason'>

/** The role of the checkout, with the reason for `other`. See GitFacts. */
export function roleOf(status: Omit<Checkout, 'base'>, ci: CiEnvironment): CheckoutRole {
  const { refs } = status
  const branch = status.branch ?? remoteBranchAt(status.head, refs, ci)
  if (isAlone(status, refs)) return { role: 'default', reason: '' }
  if (refs.defaultBranch === null) return other(unknownDefault(refs))
  const atDefault = status.head === refs.defaultTip || status.head === refs.local.get(refs.defaultBranch)
  if (branch === refs.defaultBranch || (branch === null && atDefault)) return { role: 'default', reason: '' }
  if (status.head === null) return other('nothing is committed on this branch yet')
  if (branch !== null) return { role: 'branch', reason: '' }
  if (/^pull_request/.test(ci.GITHUB_EVENT_NAME ?? '')) {
    return other("this is a pull request's merge commit; check out its head branch instead")
  }
  return other(`HEAD is detached at ${status.head.slice(0, 10)}, and no branch of the remote points there`)
}

/** True without a remote and without another branch. */
function isAlone(status: Pick<Checkout, 'branch'>, refs: GitRefs): boolean {
  const branches = [...refs.local.keys()]
  return !refs.hasRemote && status.branch !== null && branches.every(name => name === status.branch)
}

/** The remote's branch at a detached HEAD: the branch of the CI job, else the default branch, else any. */
function remoteBranchAt(head: string | null, refs: GitRefs, ci: CiEnvironment): string | null {
  if (head === null) return null
  const here = [...refs.remote].filter(([, tip]) => tip === head).map(([name]) => name)
  const named = [ci.GITHUB_HEAD_REF, ci.GITHUB_REF_NAME].find(
    name => name !== undefined && here.includes(name),
  )
  if (named !== undefined) return named
  const fallback = here.find(name => name === refs.defaultBranch) ?? here[0]
  return fallback ?? null
}

function other(reason: string): CheckoutRole {
  return { role: 'other', reason }
}

function unknownDefault(refs: GitRefs): string {
  if (!refs.hasRemote) return 'no branch is called main or master, and init.defaultBranch names none of them'
  if (refs.remoteName === null) return 'there are several remotes and none is called origin'
  if (refs.remote.size === 0) return `${refs.remoteName} was never fetched; run git fetch, or push first`
  return `the default branch is unknown; run git fetch and git remote set-head ${refs.remoteName} --auto`
}

/** The role of a branch without a merge base. */
export function unrelated(run: GitRun, refs: GitRefs): CheckoutRole {
  return deepened(run, refs, other(`this branch shares no commit with ${refs.defaultBranch}`))
}

/** Replaces the reason in a shallow clone, because there the missing history is the likely reason. */
export function deepened(run: GitRun, refs: GitRefs, role: CheckoutRole): CheckoutRole {
  const explains = role.role === 'other' && refs.hasRemote
  return explains && isShallow(run) ? other(SHALLOW) : role
}

const SHALLOW = 'the clone is shallow; fetch the history (fetch-depth: 0)'

export function isShallow(run: GitRun): boolean {
  return run.text(['rev-parse', '--is-shallow-repository']) === 'true'
}
