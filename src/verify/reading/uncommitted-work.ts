import { posix } from 'node:path'
import { OpsxError } from '../../errors.ts'
import type { Git } from '../../ports/git.ts'
import type { Workspace } from '../../ports/workspace.ts'
import { digestOfArtifact } from '../evidence/artifact-digest.ts'

const CHANGES = 'openspec/changes'
const PROPOSAL = /^openspec\/changes\/(?:archive\/)?[^/]+\/proposal\.md$/
/** Includes other changes, so that reports that this run has written do not become findings of the next change. */
const WRITTEN_BY_OPSX =
  /^openspec\/changes\/(?:(?:archive\/)?[^/]+\/(?:verify|verification)\.md|.+\/base\.lock\.json)$/

/**
 * The paths among `uncommitted` that a person changed. Leaves out reports and locks that opsx writes, and proposals
 * that differ from HEAD only in opsx's own keys.
 */
export function uncommittedWork(
  uncommitted: readonly string[],
  { workspace, git }: { workspace: Pick<Workspace, 'read'>; git: Pick<Git, 'workspaceAt'> },
): string[] {
  const [first, ...others] = uncommitted.filter(path => PROPOSAL.test(path))
  const head = first && git.workspaceAt('HEAD', others.length === 0 ? posix.dirname(first) : CHANGES)
  const differsInOwnKeys = (path: string) => {
    const committed = head ? proposalDigest(head, path) : null
    return committed !== null && committed === proposalDigest(workspace, path)
  }
  return uncommitted.filter(
    path => !WRITTEN_BY_OPSX.test(path) && !(PROPOSAL.test(path) && differsInOwnKeys(path)),
  )
}

/** Digest without opsx's own keys; null for a missing or unreadable proposal, which counts as changed by a person. */
function proposalDigest(files: Pick<Workspace, 'read'>, path: string): string | null {
  try {
    const text = files.read(path)
    return text === undefined ? null : digestOfArtifact({ path: 'proposal.md', text })
  } catch (error) {
    if (error instanceof OpsxError) return null
    throw error
  }
}
