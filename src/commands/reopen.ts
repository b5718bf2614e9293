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
  summary: 'take an archived, cancelled or duplicate change back to In Progress',
  about: 'Takes an archived, cancelled or duplicate change back to work, and its issue with it.',
  example: 'opsx reopen add-dark-mode --reason "contrast fails on the settings page"',
  flags: command => command.requiredOption('--reason <text>', 'why, for the ledger'),
  run: (context, [change], options) => reopen(context, change, options),
}

async function reopen(context: Context, change: string, options: ReopenOptions): Promise<Report> {
  const request = { change, reason: options.reason, offline: options.offline === true }
  const outcome = await runReopen(await syncPortsOf(context), request)
  return syncReport(outcome, { ...options, needed: true })
}
