import type { HistoryEntry } from '../../ledger/history.ts'
import type { MovedIssue } from '../../overview/ledger-movers.ts'
import type { Lane } from '../../overview/run-ledger.ts'
import type { NextTry } from '../../sync/next-tries.ts'
import { cut, printable, type Style } from '../style.ts'
import { formatLane, laneDocument } from './lanes.ts'

/** What `opsx ledger` shows. */
export interface LedgerFacts {
  entries: HistoryEntry[]
  again: NextTry[]
  lanes: Lane[]
  /** What of entries and lanes is printed. */
  shown: 'entries' | 'lanes' | 'both'
  /** Null when Linear was not read. */
  moved: MovedIssue[] | null
  /** Epoch milliseconds. */
  now: number
}

/** `opsx/ledger@1` (FORMATS.md). */
export function ledgerDocument({ entries, again, lanes, moved }: LedgerFacts): Record<string, unknown> {
  return {
    entries: entries.map(({ change, at, transition, outcome, note, evidence }) => ({
      change,
      at,
      transition,
      outcome,
      note,
      evidence,
    })),
    dropped: entries.filter(entry => entry.missing && entry.outcome !== 'failed').length,
    failed: entries.filter(entry => entry.missing && entry.outcome === 'failed').length,
    again,
    lanes: lanes.map(laneDocument),
    moved,
  }
}

/** The entries, the lanes, the next tries of sync, and the moved issues with the users who moved them. */
export function formatLedger(facts: LedgerFacts, style: Style): string {
  const { entries, again, lanes, shown, moved, now } = facts
  const drawn = lanes.map(lane => formatLane(lane, now, style))
  const blocks = [
    ...(shown === 'lanes' && lanes.length > 0 ? [] : [formatHistory(entries, style)]),
    ...(shown === 'entries' ? [] : drawn),
    formatAgain(again, style),
    moved ? formatMovers(moved, style) : '',
  ]
  return blocks.filter(block => block !== '').join('\n')
}

/** One line per entry, grouped under its change. */
function formatHistory(entries: HistoryEntry[], style: Style): string {
  if (entries.length === 0) return 'The ledger has no such entries.\n'
  const names = [...new Set(entries.map(entry => entry.change))]
  const blocks = names.map(name => {
    const lines = entries.filter(entry => entry.change === name).map(entry => formatEntry(entry, style))
    return `${style.bold(printable(name))}\n${lines.join('\n')}\n`
  })
  return blocks.join('\n')
}

function formatEntry(entry: HistoryEntry, style: Style): string {
  const symbol =
    entry.outcome === 'posted'
      ? style.green(style.ok)
      : entry.missing
        ? style.red(style.bad)
        : style.yellow(style.warn)
  const head = `  ${symbol} ${(entry.at ?? '-').padEnd(20)}  ${printable(entry.outcome).padEnd(7)}  ${wayOf(entry.transition, style)}`
  return entry.note
    ? `${head}\n${style.dim(cut(`      ${printable(entry.note)}`, style.columns, style))}`
    : head
}

function wayOf(transition: string, style: Style): string {
  return printable(transition).replace(/->|→/, ` ${style.arrow} `)
}

function formatAgain(again: NextTry[], style: Style): string {
  if (again.length === 0) return ''
  const lines = again.map(({ change, transition, last, waits }) => {
    const tried =
      last && last.outcome !== 'posted' ? `, ${printable(last.outcome)} ${last.at ?? ''}`.trimEnd() : ''
    const head = `  ${waits ? style.warn : style.dot} ${printable(change)}: ${wayOf(transition, style)}${tried}`
    return waits
      ? `${head}\n${style.dim(cut(`      waits: ${printable(waits)}`, style.columns, style))}`
      : head
  })
  return `Not in Linear yet; opsx sync will try:\n${lines.join('\n')}\n`
}

/** One line per issue; a sentence when there is none. */
function formatMovers(moved: MovedIssue[], style: Style): string {
  if (moved.length === 0) return 'Every bound issue is in the phase of its change.\n'
  return `Not in the phase of their change:\n${moved.map(issue => formatMoved(issue, style)).join('')}`
}

function formatMoved({ change, issue, state, phase, relation, by, at }: MovedIssue, style: Style): string {
  const how = relation === 'terminal' ? 'closed before' : relation === 'ahead' ? 'ahead of' : 'behind'
  const when = at === null ? '' : `, ${at.slice(0, 19)}Z`
  const head = `  ${style.yellow(style.warn)} ${printable(issue)} is ${printable(state)}, ${how} ${printable(change)} (${phase})`
  return `${head}\n${style.dim(`      moved by ${printable(by)}${when}`)}\n`
}
