import type { Context } from '../adapters/context.ts'
import { namedChange } from '../change/named-changes.ts'
import { readChanges } from '../change/read-changes.ts'
import { OpsxError } from '../errors.ts'
import type { TrackedChange } from '../ledger/ledger.ts'
import { trackChange } from '../ledger/track-change.ts'
import { fixOf, messageOf } from '../findings/message.ts'
import type { Intent } from '../sync/change-facts.ts'
import { runSync, type SyncOutcome } from '../sync/run-sync.ts'

/** The change of this name with its phase; CHANGE_NOT_FOUND otherwise. */
export function trackedChange(context: Context, name: string): TrackedChange {
  return namedChange(readChanges(context.workspace(), { archived: 'all' }).map(trackChange), name)
}

/** Ends an active change without doing it. Throws TRANSITION_REFUSED for one that has ended, or is not ours to end. */
export async function endChange(
  context: Context,
  intent: Intent,
  options: { offline?: boolean },
): Promise<SyncOutcome> {
  const change = trackedChange(context, intent.change)
  if (change.archived || change.phase === 'Canceled' || change.phase === 'Duplicate') {
    throw new OpsxError('TRANSITION_REFUSED', `${change.name} has already ended: it is ${change.phase}.`, {
      hint: `Take it back first: opsx reopen ${change.name} --reason "…"`,
    })
  }
  if (!change.proposal) {
    throw new OpsxError('TRANSITION_REFUSED', `${change.directory} has no proposal.md to hold the ledger.`, {
      hint: 'A scaffold can simply be deleted.',
    })
  }
  return decided(
    await runSync(context, { ...options, names: [change.name], intent: { ...intent, change: change.name } }),
  )
}

/** A decision that left no trace was refused: say why. */
export function decided(outcome: SyncOutcome): SyncOutcome {
  if (outcome.plan.changes.length > 0) return outcome
  const refusal = outcome.plan.findings.find(({ code }) => code !== 'board/not-checked')
  const why = refusal ? messageOf(refusal) : 'It would change nothing.'
  throw new OpsxError('TRANSITION_REFUSED', `The decision was not recorded. ${why}`, {
    hint: refusal ? fixOf(refusal) : 'opsx ledger shows what is recorded already.',
  })
}
