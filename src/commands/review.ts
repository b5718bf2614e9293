import type { Command } from 'commander'
import type { Context } from '../adapters/context.ts'
import { perform } from '../cli/global-options.ts'
import { addVerb } from '../cli/program.ts'
import { EXIT, OpsxError } from '../errors.ts'
import { appendLedger, type NewEntry } from '../ledger/append-ledger.ts'
import type { TrackedChange } from '../ledger/ledger.ts'
import { timestampOf } from '../ledger/timestamp.ts'
import type { Report } from '../report/report.ts'
import { formatReview } from '../report/review.ts'
import { trackedChange } from '../review/end-change.ts'
import { requireReason } from '../review/reason.ts'
import type { GlobalOptions } from './verb.ts'

interface ReviewOptions extends GlobalOptions {
  reason?: string
  by?: string
}

export type ReviewVerb = 'approve' | 'reject' | 'reset'

const SUMMARIES: Record<ReviewVerb, string> = {
  approve: 'accept the state of a parked change and restart the count of rounds',
  reject: 'send a verified change back to work; the next sync re-queues it',
  reset: 'restart the count of review rounds',
}

export function addReview(program: Command, context: Context, exit: (code: number) => void): void {
  const review = addVerb(program, {
    usage: 'review',
    summary: "record a person's decision about a change in review",
    example: 'opsx review reject add-dark-mode --reason "contrast below AA" --by Ada',
  })
  for (const verb of ['approve', 'reject', 'reset'] as const) {
    const example = `opsx review ${verb} add-dark-mode --reason "…"`
    addVerb(review, { usage: `${verb} <change>`, summary: SUMMARIES[verb], example })
      .requiredOption('--reason <text>', 'why, for the ledger')
      .option('--by <name>', 'who decided')
      .action(async (change: string, _, command: Command) => {
        exit(
          await perform<ReviewOptions>(context, command, options =>
            decide(context, { verb, change }, options),
          ),
        )
      })
  }
}

/** Writes the decision into the ledger; moves nothing (LIFECYCLE §3). Deciding the same twice writes nothing. */
export async function decide(
  context: Context,
  { verb, change: name }: { verb: ReviewVerb; change: string },
  options: ReviewOptions,
): Promise<Report> {
  const release = (await context.lock()).acquire()
  try {
    const change = trackedChange(context, name)
    requireReason(options.reason)
    const { proposal } = change
    if (!proposal) {
      throw new OpsxError('REVIEW_REFUSED', `${change.directory} has no proposal.md to hold the ledger.`, {
        hint: 'Write one first.',
      })
    }
    const entry = entryOf(change, verb, { at: timestampOf(context.clock.now()), options })
    const keys = verb === 'reject' ? {} : { review_round: 0 }
    const next = isDecided(change, entry)
      ? proposal.text
      : appendLedger(proposal.text, { entries: [entry], keys })
    if (next !== proposal.text) context.workspace().write(proposal.path, next)
    const facts = { change: change.name, verb, entry, written: next !== proposal.text }
    return {
      schema: 'opsx/review@1',
      exitCode: EXIT.ok,
      document: { ...facts, writes: facts.written ? [proposal.path] : [] },
      text: style => formatReview(facts, style),
    }
  } finally {
    release()
  }
}

function entryOf(
  change: TrackedChange,
  verb: ReviewVerb,
  { at, options }: { at: string; options: ReviewOptions },
): NewEntry {
  const by = options.by ? ` (${options.by})` : ''
  const entry = {
    at,
    transition: `review->${verb}`,
    outcome: 'posted' as const,
    note: `${options.reason}${by}`,
  }
  const { digest, decision } = change.verdict
  const decided = decision === 'pass' || decision === 'warn' || decision === 'fail'
  if (digest && (verb === 'reject' ? decided : decision === 'fail')) return { ...entry, evidence: digest }
  if (verb !== 'reject') return entry
  throw new OpsxError('REVIEW_REFUSED', `${change.directory} has no verdict that could be rejected.`, {
    hint: 'A change is rejected after its verify.md was decided.',
  })
}

/** The last entry is already this decision, about this verdict, and the count says so. */
function isDecided({ ledger }: TrackedChange, entry: NewEntry): boolean {
  const last = ledger.entries.at(-1)
  if (last?.transition !== entry.transition || last.evidence !== (entry.evidence ?? null)) return false
  return entry.transition === 'review->reject' || ledger.reviewRound === 0
}
