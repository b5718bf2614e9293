import { OpsxError } from '../errors.ts'
import { formatLock } from '../figures/lock/format-lock.ts'
import { LOCK_FILE } from '../figures/lock/lock.ts'
import { resolveLock } from '../figures/lock/resolve-lock.ts'
import { mergeProposal } from '../ledger/merge-proposal.ts'
import { segmentsOf } from '../markdown/conflict-segments.ts'
import type { Versions } from '../markdown/three-way.ts'
import type { Git } from '../ports/git.ts'
import type { Workspace } from '../ports/workspace.ts'
import { mergeBaseLock } from '../specs/merge-base-lock.ts'
import { BASE_LOCK } from '../specs/read-specs.ts'

/** What git passes to a merge driver: three files, their path, and labels for the markers. */
export interface DriverCall {
  base: string
  ours: string
  theirs: string
  /** Path in the repository. It determines the kind of merge. */
  path: string
  labels: { ours: string; theirs: string }
}

/** Writes the merged text to the file `ours`. Returns true when it contains conflict markers. */
export function driveMerge({ files, git }: { files: Workspace; git: Git }, call: DriverCall): boolean {
  const versions = {
    base: files.read(call.base) ?? '',
    ours: files.read(call.ours) ?? '',
    theirs: files.read(call.theirs) ?? '',
  }
  const text = mergedText(git, call, versions) ?? git.mergeTexts({ ...versions, labels: call.labels })
  files.write(call.ours, text)
  return segmentsOf(text).some(({ kind }) => kind === 'conflict')
}

/** Null when only git can merge the texts. */
function mergedText(git: Git, { path, labels }: DriverCall, versions: Versions<string>): string | null {
  if (path.endsWith(BASE_LOCK)) return mergeBaseLock(versions)
  if (!path.endsWith(LOCK_FILE)) {
    const merged = mergeProposal(versions, labels, (texts, names) =>
      git.mergeTexts({ ...texts, labels: names }),
    )
    return merged?.text ?? null
  }
  try {
    return formatLock(resolveLock({ ...versions, base: versions.base || undefined }).lock)
  } catch (error) {
    if (error instanceof OpsxError) return null
    throw error
  }
}
