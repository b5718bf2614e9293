import { OpsxError } from '../../errors.ts'
import { type GitRun, gitReason } from './git-run.ts'

/** A remote that does not answer must not block a CI job. */
const NETWORK_MS = 120_000

/** Fetches the refspecs, and removes the remote-tracking branches that the remote deleted. Throws PUBLISH_FAILED. */
export function fetchRefs(run: GitRun, remote: string, refspecs: string[]): void {
  const flags = ['--quiet', '--no-tags', '--prune', '--no-recurse-submodules']
  const output = run.try(['fetch', ...flags, remote, ...refspecs], { timeout: NETWORK_MS })
  if (output.status !== 0) throw refused(`git fetch from ${remote} failed`, gitReason(output.stderr))
}

/**
 * Pushes one commit to one branch (a full ref name). `lease` is the expected tip of the branch, '' for a new branch.
 * Without `lease` only a fast-forward is accepted. Returns `moved` when the branch has another tip than expected.
 * Throws PUBLISH_FAILED with git's reason.
 */
export function pushCommit(
  run: GitRun,
  target: { remote: string; ref: string; sha: string; lease?: string },
): 'pushed' | 'moved' {
  const lease = target.lease === undefined ? [] : [`--force-with-lease=${target.ref}:${target.lease}`]
  const flags = ['--porcelain', '--no-verify', '--no-follow-tags', '--recurse-submodules=no']
  const refspec = `${target.sha}:${target.ref}`
  const output = run.try(['push', ...flags, ...lease, target.remote, refspec], { timeout: NETWORK_MS })
  if (output.status === 0) return 'pushed'
  const answer = output.stdout.toString('utf8')
  if (/^!.*\[rejected\]/m.test(answer)) return 'moved'
  if (/^!.*\[remote rejected\].*(cannot lock ref|failed to update ref|incorrect old value)/m.test(answer))
    return 'moved'
  const branch = target.ref.replace('refs/heads/', '')
  throw refused(`git push to ${branch} of ${target.remote} was refused`, reasonOf(answer, output.stderr))
}

function reasonOf(answer: string, stderr: string): string {
  const rejection = /\[remote rejected\] \((.*)\)/.exec(answer)?.[1]
  const reason = gitReason(stderr.replace(/^(error: failed to push|To ).*$/gm, ''))
  return rejection === undefined || reason.includes(rejection) ? reason : `${reason} (${rejection})`
}

function refused(what: string, reason: string): OpsxError {
  const isProtected = /protected|GH006|GH013|pre-receive|rule violations/i.test(reason)
  const hint = isProtected
    ? 'Use --publish pull-request for a protected branch. The ledger lines are still in your working tree.'
    : 'Check the network, and that you have permission to push. The ledger lines are still in your working tree.'
  return new OpsxError('PUBLISH_FAILED', `${what}: ${reason}`, { hint })
}
