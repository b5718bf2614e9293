import { type DocumentEntry, registerDocuments } from '../change/registry/registry-edits.ts'
import { carryLedger } from '../ledger/carry-ledger.ts'
import type { Git, LedgerCommit, PublishResult } from '../ports/git.ts'
import type { Workspace } from '../ports/workspace.ts'
import { ownershipOf } from './ownership.ts'
import type { Snapshot } from './plan/change-facts.ts'
import type { LedgerLines } from './plan/sync-plan.ts'

/** How ledger lines leave the working tree. */
export type Publishing = 'none' | 'commit' | 'push' | 'pull-request'

const NOTHING: PublishResult = { commit: null, skipped: [], pushed: null, commands: [] }

export interface Publication {
  how: Publishing
  /** What this run wrote, for the message of the commit. */
  written: Map<string, LedgerLines[]>
  /** Proposals with lines of an earlier run's pull request. */
  taken: string[]
  /** Documents that this run wrote, which the registry lists. */
  registered: DocumentEntry[]
  snapshot: Snapshot
  workspace: Workspace
}

/**
 * Publishes the ledger lines of the working tree that git does not have yet: this run's, and those of earlier runs and
 * of `opsx review` that were not published.
 */
export function publishLedger(git: Git, publication: Publication): PublishResult {
  const { how, written, workspace, taken } = publication
  const edited = editedProposals(publication.snapshot)
  const paths = [...new Set([...written.keys(), ...taken, ...edited])].sort()
  if (how === 'none' || paths.length === 0) return NOTHING
  const commit: LedgerCommit = {
    paths,
    rewrite: (path, text) =>
      path === publication.snapshot.registry.path
        ? registerDocuments(text, publication.registered)
        : carryLedger(text, workspace.read(path) ?? text),
    message: messageOf(written),
  }
  const result = publishAs(git, commit, how)
  return { ...result, skipped: result.skipped.filter(({ path }) => written.has(path)) }
}

function publishAs(git: Git, commit: LedgerCommit, how: Publishing): PublishResult {
  if (how === 'commit') return git.commitLedger(commit)
  return how === 'push' ? git.pushLedger(commit) : git.proposeLedger(commit)
}

/** Proposals of bound changes that differ from HEAD and that this checkout owns. */
function editedProposals({ changes, selected, git }: Snapshot): string[] {
  return changes.flatMap(change => {
    const { proposal, binding } = change
    if (!proposal || !selected.has(change.name) || !git?.dirty.includes(proposal.path)) return []
    if (binding.source === 'none' || binding.source === 'link') return []
    return ownershipOf(change, git).may === 'nothing' ? [] : [proposal.path]
  })
}

function messageOf(written: Map<string, LedgerLines[]>): string {
  const lines = [...written].flatMap(([path, all]) => {
    const name =
      path
        .split('/')
        .at(-2)
        ?.replace(/^\d{4}-\d{2}-\d{2}-/, '') ?? path
    return all.flatMap(({ entries }) => entries.map(entry => `${name}: ${entry.transition} ${entry.outcome}`))
  })
  return ['Record Linear transitions in the change ledger', '', ...lines].join('\n').trimEnd()
}
