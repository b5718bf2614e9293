import type { Command } from 'commander'
import { readChanges } from '../change/read-changes.ts'
import type { Context } from '../context.ts'
import { EXIT, OpsxError } from '../errors.ts'
import { historyOf } from '../ledger/history.ts'
import { trackChange } from '../ledger/track-change.ts'
import { formatHistory, historyDocument } from '../report/ledger.ts'
import type { Report } from '../report/report.ts'
import { type GlobalOptions, perform } from './global-options.ts'
import { namedChanges } from './named-changes.ts'
import { addVerb } from './program.ts'

interface LedgerOptions extends GlobalOptions {
  dropped?: boolean
  since?: string
}

export function addLedger(program: Command, context: Context, exit: (code: number) => void): void {
  addVerb(program, {
    usage: 'ledger [change|audit]',
    summary: 'what happened to every change, oldest first, and what Linear is still missing',
    example: 'opsx ledger add-dark-mode\nopsx ledger audit\nopsx ledger --dropped --since 2026-01-01 --json',
  })
    .option('--dropped', 'only what did not reach Linear (re-queue entries did)')
    .option('--since <date>', 'only entries of this UTC day or later, YYYY-MM-DD')
    .action(async (change: string | undefined, _, command: Command) => {
      exit(
        await perform<LedgerOptions>(context, command, async options => {
          if (change !== 'audit') return ledger(context, change, options)
          return (await import('./ledger-audit.ts')).audit(context)
        }),
      )
    })
}

export function ledger(context: Context, name: string | undefined, options: LedgerOptions): Report {
  const { since } = options
  if (since !== undefined && Number.isNaN(Date.parse(since))) {
    throw new OpsxError('USAGE', `--since ${since} is no date.`, { hint: 'Write it as 2026-01-31.' })
  }
  const all = readChanges(context.workspace(), { archived: 'all' }).map(trackChange)
  const changes = namedChanges(all, name === undefined ? [] : [name])
  const history = historyOf(changes, { since: since ?? null, missing: options.dropped === true })
  return {
    schema: 'opsx/ledger@1',
    exitCode: EXIT.ok,
    document: historyDocument(history),
    text: style => formatHistory(history, style),
  }
}
