import type { Git } from '../ports/git.ts'
import type { IndexVersions } from './repair-proposal.ts'

/** What git calls the other commit while it merges, rebases or picks. */
const OTHER_SIDES = ['MERGE_HEAD', 'REBASE_HEAD', 'CHERRY_PICK_HEAD']

/**
 * The versions of a file that git could not merge: from the index, or, once it was added there with its markers, from the
 * commits that are being merged. Null when git has no such merge.
 */
export function readMergeVersions(git: Git, path: string): IndexVersions | null {
  const staged = git.stages(path)
  if (staged) {
    const { base, ours, theirs } = staged
    return ours === null || theirs === null ? null : { base, ours, theirs }
  }
  const textAt = (ref: string) => git.workspaceAt(ref, 'openspec')?.read(path)
  const ours = textAt('HEAD')
  for (const ref of ours === undefined ? [] : OTHER_SIDES) {
    const theirs = textAt(ref)
    if (ours === undefined || theirs === undefined) continue
    const start = ref === 'MERGE_HEAD' ? git.mergeBase(ref) : `${ref}^`
    return { base: (start === null ? undefined : textAt(start)) ?? null, ours, theirs }
  }
  return null
}
