import type { Command } from 'commander'
import type { Context } from '../adapters/context.ts'
import { perform } from '../cli/global-options.ts'
import { addVerb } from '../cli/program.ts'
import type { Report } from '../report/report.ts'
import { endChange } from '../review/end-change.ts'
import { syncReport } from './sync.ts'
import type { GlobalOptions } from './verb.ts'

interface CancelOptions extends GlobalOptions {
  reason?: string
}

export function addCancel(program: Command, context: Context, exit: (code: number) => void): void {
  addVerb(program, {
    usage: 'cancel <change>',
    summary: 'end a change without doing it: the ledger says so and the issue moves to Canceled',
    example: 'opsx cancel add-dark-mode --reason "replaced by the new theme"',
  })
    .option('--reason <text>', 'why, for the ledger')
    .action(async (change: string, _, command: Command) => {
      exit(await perform<CancelOptions>(context, command, options => cancel(context, change, options)))
    })
}

export async function cancel(context: Context, change: string, options: CancelOptions): Promise<Report> {
  const note = options.reason ? `cancelled: ${options.reason}` : 'cancelled'
  const outcome = await endChange(context, { change, to: 'Canceled', note }, options)
  return syncReport(outcome, { ...options, needed: true })
}
