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
  const proposals = uncommitted.filter(path => PROPOSAL.test(path))
  const kept = new Set(proposals.length === 0 ? [] : recorded(proposals, { workspace, git }))
  return uncommitted.filter(path => !WRITTEN_BY_OPSX.test(path) && !kept.has(path))
}

/** Proposals that differ from HEAD only in opsx's own keys; an unreadable one counts as changed by a person. */
function recorded(
  proposals: string[],
  { workspace, git }: { workspace: Pick<Workspace, 'read'>; git: Pick<Git, 'workspaceAt'> },
): string[] {
  const [first = '', ...others] = proposals
  const head = git.workspaceAt('HEAD', others.length === 0 ? posix.dirname(first) : CHANGES)
  const digestIn = (files: Pick<Workspace, 'read'> | undefined, path: string) => {
    try {
      const text = files?.read(path)
      return text === undefined ? null : digestOfArtifact({ path: 'proposal.md', text })
    } catch (error) {
      if (error instanceof OpsxError) return null
      throw error
    }
  }
  return proposals.filter(path => {
    const committed = digestIn(head, path)
    return committed !== null && committed === digestIn(workspace, path)
  })
}
