import { type Command, Option } from 'commander'
import type { Context } from '../adapters/context.ts'
import { namedChanges } from '../change/named-changes.ts'
import { readChanges } from '../change/read-changes.ts'
import { readRegistry } from '../change/read-registry.ts'
import { isTerminal, PHASES } from '../change/states.ts'
import { perform } from '../cli/global-options.ts'
import { addVerb } from '../cli/program.ts'
import { EXIT, OpsxError } from '../errors.ts'
import { historyOf } from '../ledger/history.ts'
import type { TrackedChange } from '../ledger/ledger.ts'
import { isRequeue } from '../ledger/rounds.ts'
import { cycleOf, staysOf } from '../ledger/stays.ts'
import { trackChange } from '../ledger/track-change.ts'
import type { Lane } from '../report/lanes.ts'
import { formatLedger, type LedgerFacts, ledgerDocument } from '../report/ledger.ts'
import type { Report } from '../report/report.ts'
import { nextTries } from '../sync/next-tries.ts'
import type { GlobalOptions } from './verb.ts'

interface LedgerOptions extends GlobalOptions {
  dropped?: boolean
  since?: string
  until?: string
  outcome?: string
  lanes?: boolean
  remote?: boolean
  fix?: boolean
}

export function addLedger(program: Command, context: Context, exit: (code: number) => void): void {
  addVerb(program, {
    roots: true,
    usage: 'ledger [change...]',
    summary: 'what happened to every change, oldest first, and what Linear is still missing; lint, audit',
    example: [
      'opsx ledger add-dark-mode                 its history, and how long it was where',
      'opsx ledger --dropped --since 2026-01-01  what did not reach Linear, and what sync tries again',
      'opsx ledger --lanes                       the lanes of all changes, with their cycle times',
      'opsx ledger --remote                      which issues are not where their files are, and who moved them',
      'opsx ledger lint                          is every ledger whole',
      'opsx ledger lint --fix                    take the markers of a merge out, keeping the entries of both sides',
      'opsx ledger audit                         do the main specs say what the archive adds up to',
    ].join('\n'),
  })
    .option('--dropped', 'only what did not reach Linear (re-queue entries did)')
    .option('--since <date>', 'only entries of this UTC day or later, YYYY-MM-DD')
    .option('--until <date>', 'only entries before the end of this UTC day, YYYY-MM-DD')
    .addOption(
      new Option('--outcome <outcome>', 'only entries that ended so').choices([
        'posted',
        'dropped',
        'failed',
      ]),
    )
    .option('--lanes', 'draw when each change was in which phase, with its cycle time')
    .option('--remote', 'ask Linear who moved the issues that are ahead of or behind their files')
    .option('--fix', 'with lint: mend conflicts in frontmatter and lock files')
    .action(async (names: string[], _, command: Command) => {
      exit(
        await perform<LedgerOptions>(context, command, async options => {
          const [verb, ...rest] = names
          if (verb === 'audit') return (await import('./ledger-audit.ts')).audit(context)
          if (verb === 'lint') return (await import('./ledger-lint.ts')).lint(context, rest, options)
          return ledger(context, names, options)
        }),
      )
    })
}

/** No network without `--remote`. What sync tries again is about every change asked for, whatever entries are shown. */
export async function ledger(context: Context, names: string[], options: LedgerOptions): Promise<Report> {
  const since = dayOf('--since', options.since)
  const until = dayOf('--until', options.until)
  const all = readChanges(context.workspace(), { archived: 'all' }).map(trackChange)
  const changes = namedChanges(all, names)
  const maximum = readRegistry(context.workspace()).maxReviewRounds
  const git = (await context.git()).facts('openspec/changes')
  const asked = new Set(changes.map(({ name }) => name))
  const now = context.clock.now().getTime()
  const facts: LedgerFacts = {
    entries: historyOf(changes, {
      since,
      until: until && `${until.slice(0, 10)}T24`,
      outcome: options.outcome ?? null,
      missing: options.dropped === true,
    }),
    again: nextTries(all, { git, maximum }).filter(({ change }) => asked.has(change)),
    lanes: changes.filter(({ ledger }) => ledger.entries.length > 0).map(change => laneOf(change, now)),
    shown: names.length > 0 ? 'both' : options.lanes ? 'lanes' : 'entries',
    moved: options.remote && !options.offline ? await movers(context, changes) : null,
    now,
  }
  return {
    schema: 'opsx/ledger@1',
    exitCode: EXIT.ok,
    document: ledgerDocument(facts),
    text: style => formatLedger(facts, style),
  }
}

function dayOf(flag: string, value: string | undefined): string | null {
  if (value === undefined) return null
  if (Number.isNaN(Date.parse(value)))
    throw new OpsxError('USAGE', `${flag} ${value} is no date.`, { hint: 'Write it as 2026-01-31.' })
  return value
}

function laneOf({ name, ledger }: TrackedChange, now: number): Lane {
  const stays = staysOf(ledger)
  const reopened = stays.filter((_, index) => {
    const before = stays[index - 1]
    return before !== undefined && isTerminal(before.phase)
  })
  const back = ledger.entries.filter(isRequeue).length + reopened.length
  const phases = PHASES.filter(phase => stays.some(stay => stay.phase === phase))
  return { change: name, phases, stays, cycle: cycleOf(stays, now), back }
}

async function movers(context: Context, changes: TrackedChange[]): Promise<LedgerFacts['moved']> {
  const { readMovers } = await import('../overview/ledger-movers.ts')
  return readMovers(context, changes)
}
