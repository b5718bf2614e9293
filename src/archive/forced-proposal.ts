import { appendLedger } from '../ledger/append-ledger.ts'
import type { Workspace } from '../ports/workspace.ts'
import type { Writing } from './apply-archive.ts'
import type { ArchivePlan } from './plan-archive.ts'

/** The proposal with the refusals that were forced in its ledger; null when none was. Throws EDIT_REFUSED. */
export function forcedProposal({ from, entries }: ArchivePlan, workspace: Workspace): Writing | null {
  const path = `${from}/proposal.md`
  const before = workspace.read(path)
  if (entries.length === 0 || before === undefined) return null
  return { path, before, after: appendLedger(before, { entries, keys: {} }) }
}
