import { OpsxError } from '../errors.ts'
import { appendLedger, type NewEntry } from '../ledger/append-ledger.ts'
import type { TrackedChange } from '../ledger/ledger.ts'
import { timestampOf } from '../ledger/timestamp.ts'
import type { Clock } from '../ports/clock.ts'
import type { Workspace } from '../ports/workspace.ts'
import { requireReason, trackedChange } from './decision.ts'

export type ReviewVerb = 'approve' | 'reject' | 'reset'

export interface ReviewRequest {
  verb: ReviewVerb
  change: string
  reason?: string | undefined
  by?: string | undefined
}

export interface ReviewPorts {
  workspace: Workspace
  clock: Clock
}

export interface ReviewOutcome {
  change: string
  verb: ReviewVerb
  entry: NewEntry
  written: boolean
  /** Paths. */
  writes: string[]
}

/** Writes a person's decision into the ledger; moves nothing. Deciding the same twice writes nothing. */
export function runReview({ workspace, clock }: ReviewPorts, request: ReviewRequest): ReviewOutcome {
  const { verb } = request
  const change = trackedChange(workspace, request.change)
  requireReason(request.reason)
  const { proposal } = change
  if (!proposal) {
    throw new OpsxError(
      'REVIEW_REFUSED',
      `${change.directory} has no proposal.md, so there is no place for the ledger.`,
      {
        hint: 'Write proposal.md first.',
      },
    )
  }
  const entry = entryOf(change, request, timestampOf(clock.now()))
  const keys = verb === 'reject' ? {} : { review_round: 0 }
  const next = isDecided(change, entry)
    ? proposal.text
    : appendLedger(proposal.text, { entries: [entry], keys })
  const written = next !== proposal.text
  if (written) workspace.write(proposal.path, next, proposal.text)
  return { change: change.name, verb, entry, written, writes: written ? [proposal.path] : [] }
}

function entryOf(change: TrackedChange, { verb, reason, by }: ReviewRequest, at: string): NewEntry {
  const note = `${reason}${by ? ` (${by})` : ''}`
  const entry = { at, transition: `review->${verb}`, outcome: 'posted' as const, note }
  const { digest, decision } = change.verifyReport
  const decided = decision === 'pass' || decision === 'warn' || decision === 'fail'
  if (digest && (verb === 'reject' ? decided : decision === 'fail')) return { ...entry, evidence: digest }
  if (verb !== 'reject') return entry
  throw new OpsxError('REVIEW_REFUSED', `${change.directory} has no decision in verify.md to reject.`, {
    hint: `Verify it first: opsx verify ${change.name} --write`,
  })
}

/** True when the last entry is this decision about this verify.md, and the count is restarted already. */
function isDecided({ ledger }: TrackedChange, entry: NewEntry): boolean {
  const last = ledger.entries.at(-1)
  if (last?.transition !== entry.transition || last.evidence !== (entry.evidence ?? null)) return false
  return entry.transition === 'review->reject' || ledger.reviewRound === 0
}
