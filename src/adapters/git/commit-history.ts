import type { GitRun } from './git-run.ts'
import { readRefs } from './read-refs.ts'

/**
 * Full SHA of the commit of a branch, tag or commit; null when there is none in this clone. The name of a remote's branch
 * is accepted too, because a CI checkout has no other local branch than its own.
 */
export function readCommit(run: GitRun, ref: string): string | null {
  const output = run.try(['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`])
  if (output.status === 0) return output.stdout.toString('utf8').trim()
  if (output.stderr.includes('not a git repository')) return null
  return readRefs(run).remote.get(ref) ?? null
}

/** Merge base of HEAD and `ref`. Null when one of them is unknown, or when the merge base is not in this clone. */
export function readMergeBase(run: GitRun, ref: string): string | null {
  const commit = readCommit(run, ref)
  return commit === null ? null : mergeBaseOf(run, commit, 'HEAD')
}

/** The best common ancestor of two commits that exist, or null. */
export function mergeBaseOf(run: GitRun, one: string, other: string): string | null {
  const output = run.try(['merge-base', one, other])
  return output.status === 0 ? output.stdout.toString('utf8').trim() : null
}

/** Commits of HEAD after `base`. Merges are not counted, because merging the default branch is not work on the change. */
export function countSince(run: GitRun, base: string): number {
  return Number(run.text(['rev-list', '--count', '--no-merges', `${base}..HEAD`]))
}
