import type { Context } from '../adapters/context.ts'
import { EXIT, OpsxError } from '../errors.ts'
import { runLedger } from '../overview/run-ledger.ts'
import { formatLedger, type LedgerFacts, ledgerDocument } from '../report/ledger/ledger.ts'
import type { Report } from '../report/report.ts'
import { audit } from './ledger-audit.ts'
import { lint } from './ledger-lint.ts'
import type { GlobalOptions, Verb } from './verb.ts'

interface LedgerOptions extends GlobalOptions {
  dropped?: boolean
  since?: string
  until?: string
  outcome?: string
  lanes?: boolean
  remote?: boolean
  fix?: boolean
}

export const ledgerVerb: Verb<[words: string[]], LedgerOptions> = {
  roots: true,
  usage: 'ledger [change...]',
  summary: 'show the transitions of every change, oldest first, and what Linear is still missing',
  example: [
    'opsx ledger add-dark-mode                 its history, and how long it was where',
    'opsx ledger --dropped --since 2026-01-01  what did not reach Linear, and what sync tries again',
    'opsx ledger --lanes                       the lanes of all changes, with their cycle times',
    'opsx ledger --remote                      which issues are not where their files are, and who moved them',
    'opsx ledger lint                          is every ledger whole',
    'opsx ledger lint --fix                    take the markers of a merge out, keeping the entries of both sides',
    'opsx ledger audit                         do the main specs say what the archive adds up to',
  ].join('\n'),
  about: 'Reads the ledgers of all changes, archived ones included. Linear is asked only with --remote.',
  exits: '1 lint or audit found something',
  flags: command =>
    command
      .option('--dropped', 'only what did not reach Linear, without re-queue entries')
      .option('--since <date>', 'only entries of this UTC day or later, YYYY-MM-DD')
      .option('--until <date>', 'only entries before the end of this UTC day, YYYY-MM-DD')
      .addOption(
        command
          .createOption('--outcome <outcome>', 'only entries with this outcome')
          .choices(['posted', 'dropped', 'failed']),
      )
      .option('--lanes', 'draw the phases of each change over time, with its cycle time')
      .option('--remote', 'ask Linear who moved the issues that are ahead of or behind their files')
      .option('--fix', 'with lint: fix conflicts in frontmatter and lock files'),
  writes: ({ fix }) => fix === true,
  run(context, [words], options) {
    const [verb, ...rest] = words
    if (verb === 'audit') return audit(context)
    return verb === 'lint' ? lint(context, rest, options) : ledger(context, words, options)
  },
}

export async function ledger(context: Context, names: string[], options: LedgerOptions): Promise<Report> {
  const since = dayOf('--since', options.since)
  const until = dayOf('--until', options.until)
  const filter = {
    since,
    until: until && `${until.slice(0, 10)}T24`,
    outcome: options.outcome ?? null,
    missing: options.dropped === true,
  }
  const workspace = context.workspace()
  const ports = { workspace, git: await context.git(), clock: context.clock, linear: context }
  const remote = options.remote === true && options.offline !== true
  const overview = await runLedger(ports, { names, filter, remote })
  const shown = names.length > 0 ? 'both' : options.lanes ? 'lanes' : 'entries'
  const facts: LedgerFacts = { ...overview, shown }
  return {
    schema: 'opsx/ledger@1',
    exitCode: EXIT.ok,
    document: ledgerDocument(facts),
    text: style => formatLedger(facts, style),
  }
}

/** A UTC day that exists: `Date.parse` takes February 30 for a day of March. */
function dayOf(flag: string, value: string | undefined): string | null {
  if (value === undefined) return null
  const time = Date.parse(value)
  const day = Number.isNaN(time) ? '' : new Date(time).toISOString().slice(0, 10)
  if (!/^\d{4}-\d\d-\d\d(?:$|T)/.test(value) || (value.length === 10 && day !== value))
    throw new OpsxError('USAGE', `${flag} ${value} is not a date.`, { hint: 'Write it as 2026-01-31.' })
  return value
}
