import { OpsxError } from '../errors.ts'
import type { Intent } from '../sync/plan/change-facts.ts'
import { runSync, type SyncOutcome, type SyncPorts } from '../sync/run-sync.ts'
import { requireRecorded, trackedChange } from './decision.ts'

export interface CancelRequest {
  change: string
  reason?: string | undefined
  offline: boolean
}

export interface DuplicateRequest {
  change: string
  /** Name of a change, or identifier of an issue. */
  original: string
  offline: boolean
}

/** Ends a change without doing it. Throws TRANSITION_REFUSED for one that has ended or that this checkout may not end. */
export function runCancel(
  ports: SyncPorts,
  { change, reason, offline }: CancelRequest,
): Promise<SyncOutcome> {
  const note = reason ? `canceled: ${reason}` : 'canceled'
  return endChange(ports, { change, to: 'Canceled', note }, offline)
}

/** Ends a change because another change or issue replaces it. Throws USAGE when that is the change itself. */
export async function runDuplicate(
  ports: SyncPorts,
  { change, original, offline }: DuplicateRequest,
): Promise<SyncOutcome> {
  const isIssue = /^[A-Z][A-Z0-9]*-\d+$/.test(original)
  const name = isIssue ? original : trackedChange(ports.workspace, original).name
  if (name === trackedChange(ports.workspace, change).name) {
    throw new OpsxError('USAGE', `${name} cannot be a duplicate of itself.`, {
      hint: 'Give the change that stays open.',
    })
  }
  return endChange(ports, { change, to: 'Duplicate', note: `duplicate of ${name}` }, offline)
}

async function endChange(ports: SyncPorts, intent: Intent, offline: boolean): Promise<SyncOutcome> {
  const change = trackedChange(ports.workspace, intent.change)
  if (change.archived || change.phase === 'Canceled' || change.phase === 'Duplicate') {
    throw new OpsxError('TRANSITION_REFUSED', `${change.name} has already ended: it is ${change.phase}.`, {
      hint: `Reopen it first: opsx reopen ${change.name} --reason "…"`,
    })
  }
  if (!change.proposal) {
    throw new OpsxError(
      'TRANSITION_REFUSED',
      `${change.directory} has no proposal.md, so there is no place for the ledger.`,
      {
        hint: 'Delete the directory instead.',
      },
    )
  }
  const names = [change.name]
  return requireRecorded(await runSync(ports, { names, offline, intent: { ...intent, change: change.name } }))
}
