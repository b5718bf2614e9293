import type { Context } from '../adapters/context.ts'
import { EXIT } from '../errors.ts'
import { formatReview } from '../report/ledger/review.ts'
import type { Report } from '../report/report.ts'
import { type ReviewVerb, runReview } from '../review/run-review.ts'
import type { GlobalOptions, Verb, VerbGroup } from './verb.ts'

interface ReviewOptions extends GlobalOptions {
  reason?: string
  by?: string
}

const SUMMARIES: Record<ReviewVerb, string> = {
  approve: 'accept the state of a parked change and restart the count of rounds',
  reject: 'send a verified change back to work; the next sync re-queues it',
  reset: 'restart the count of review rounds',
}

function deciding(verb: ReviewVerb): Verb<[change: string], ReviewOptions> {
  return {
    usage: `${verb} <change>`,
    summary: SUMMARIES[verb],
    example: `opsx review ${verb} add-dark-mode --reason "…"`,
    flags: command =>
      command
        .requiredOption('--reason <text>', 'the reason, recorded in the ledger')
        .option('--by <name>', 'who decided'),
    writes: () => true,
    run: (context, [change], { reason, by }) => review(context, { verb, change, reason, by }),
  }
}

export const reviewVerb: VerbGroup = {
  usage: 'review',
  summary: "record a person's decision about a change in review",
  about: "Records a person's decision about a verification in the ledger; the next sync acts on it.",
  example: 'opsx review reject add-dark-mode --reason "contrast below AA" --by Ada',
  verbs: [deciding('approve'), deciding('reject'), deciding('reset')],
}

async function review(context: Context, request: Parameters<typeof runReview>[1]): Promise<Report> {
  const ports = { workspace: context.workspace(), clock: context.clock }
  const outcome = runReview(ports, request)
  return {
    schema: 'opsx/review@1',
    exitCode: EXIT.ok,
    document: { ...outcome },
    text: style => formatReview(outcome, style),
  }
}
