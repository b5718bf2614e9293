import { posix } from 'node:path'
import { OpsxError } from '../../errors.ts'
import type { Git } from '../../ports/git.ts'
import type { Workspace } from '../../ports/workspace.ts'
import { digestOfArtifact } from '../evidence/artifact-digest.ts'

const CHANGES = 'openspec/changes'
const PROPOSAL = /^openspec\/changes\/(?:archive\/)?[^/]+\/proposal\.md$/
/** Of any change, so that a run over several does not make the reports it has just written a reason to write again. */
const WRITTEN_BY_OPSX =
  /^openspec\/changes\/(?:(?:archive\/)?[^/]+\/(?:verify|verification)\.md|.+\/base\.lock\.json)$/

/**
 * Paths among `uncommitted` that hold work of people: the reports and locks that opsx writes are left out, for they are
 * written before they can be committed, and so is a proposal that differs from HEAD in nothing but opsx's own keys,
 * which sync writes after that.
 */
export function uncommittedWork(
  uncommitted: readonly string[],
  { workspace, git }: { workspace: Pick<Workspace, 'read'>; git: Pick<Git, 'workspaceAt'> },
): string[] {
  const proposals = uncommitted.filter(path => PROPOSAL.test(path))
  const kept = new Set(proposals.length === 0 ? [] : recorded(proposals, { workspace, git }))
  return uncommitted.filter(path => !WRITTEN_BY_OPSX.test(path) && !kept.has(path))
}

/** Proposals whose difference is the ledger's; one that cannot be read on either side is work. */
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
