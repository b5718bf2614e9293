import { namedChange } from '../change/named-changes.ts'
import { readChanges } from '../change/read-changes.ts'
import { OpsxError } from '../errors.ts'
import { fixOf, messageOf } from '../findings/message.ts'
import type { TrackedChange } from '../ledger/ledger.ts'
import { trackChange } from '../ledger/track-change.ts'
import type { Workspace } from '../ports/workspace.ts'
import type { SyncOutcome } from '../sync/run-sync.ts'

/** The change of this name with its phase; CHANGE_NOT_FOUND otherwise. */
export function trackedChange(workspace: Workspace, name: string): TrackedChange {
  return namedChange(readChanges(workspace, { archived: 'all' }).map(trackChange), name)
}

/** The reason that a person gave for the ledger; USAGE when it is blank. */
export function requireReason(reason: string | undefined): string {
  const given = reason?.trim() ?? ''
  if (given !== '') return given
  throw new OpsxError('USAGE', '--reason is empty.', {
    hint: 'Give a short reason. It is recorded in the ledger.',
  })
}

/** Throws TRANSITION_REFUSED with the reason when a sync recorded nothing of a decision. */
export function requireRecorded(outcome: SyncOutcome): SyncOutcome {
  if (outcome.plan.changes.length > 0) return outcome
  const refusal = outcome.plan.findings.find(({ code }) => code !== 'board/not-checked')
  const why = refusal ? messageOf(refusal) : 'It would change nothing.'
  throw new OpsxError('TRANSITION_REFUSED', `The decision was not recorded. ${why}`, {
    hint: refusal ? fixOf(refusal) : 'opsx ledger shows the recorded entries.',
  })
}
