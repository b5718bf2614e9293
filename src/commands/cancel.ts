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
  summary: 'end a change without doing it: the ledger says so and the issue moves to Canceled',
  about: 'Ends the change in files and Linear; only a person does this. opsx reopen takes it back.',
  example: 'opsx cancel add-dark-mode --reason "replaced by the new theme"',
  flags: command => command.option('--reason <text>', 'why, for the ledger'),
  run: (context, [change], options) => cancel(context, change, options),
}

async function cancel(context: Context, change: string, options: CancelOptions): Promise<Report> {
  const request = { change, reason: options.reason, offline: options.offline === true }
  const outcome = await runCancel(await syncPortsOf(context), request)
  return syncReport(outcome, { ...options, needed: true })
}
