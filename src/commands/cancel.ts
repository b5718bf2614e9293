import type { Context } from '../adapters/context.ts'
import type { Report } from '../report/report.ts'
import { runCancel } from '../review/end-change.ts'
import { syncReport } from './sync.ts'
import { syncPortsOf } from './sync-ports.ts'
import type { GlobalOptions, Verb } from './verb.ts'

interface CancelOptions extends GlobalOptions {
  reason?: string
}

export const cancelVerb: Verb<[change: string], CancelOptions> = {
  usage: 'cancel <change>',
  summary: 'cancel a change: record it in the ledger and move the issue to Canceled',
  about: 'Ends the change in its files and in Linear; no sync ever does this. opsx reopen reverts it.',
  example: 'opsx cancel add-dark-mode --reason "replaced by the new theme"',
  flags: command => command.option('--reason <text>', 'the reason, recorded in the ledger'),
  run: (context, [change], options) => cancel(context, change, options),
}

async function cancel(context: Context, change: string, options: CancelOptions): Promise<Report> {
  const request = { change, reason: options.reason, offline: options.offline === true }
  const outcome = await runCancel(await syncPortsOf(context), request)
  return syncReport(outcome, { ...options, needed: true })
}
