import type { Context } from '../adapters/context.ts'
import type { Report } from '../report/report.ts'
import { runReopen } from '../review/run-reopen.ts'
import { syncReport } from './sync.ts'
import { syncPortsOf } from './sync-ports.ts'
import type { GlobalOptions, Verb } from './verb.ts'

interface ReopenOptions extends GlobalOptions {
  reason?: string
}

export const reopenVerb: Verb<[change: string], ReopenOptions> = {
  usage: 'reopen <change>',
  summary: 'move an archived, canceled or duplicate change back to In Progress',
  about: 'Moves an archived, canceled or duplicate change and its issue back to In Progress.',
  example: 'opsx reopen add-dark-mode --reason "contrast fails on the settings page"',
  flags: command => command.requiredOption('--reason <text>', 'the reason, recorded in the ledger'),
  run: (context, [change], options) => reopen(context, change, options),
}

async function reopen(context: Context, change: string, options: ReopenOptions): Promise<Report> {
  const request = { change, reason: options.reason, offline: options.offline === true }
  const outcome = await runReopen(await syncPortsOf(context), request)
  return syncReport(outcome, { ...options, needed: true })
}
