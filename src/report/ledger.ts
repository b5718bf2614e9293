import type { HistoryEntry } from '../ledger/history.ts'
import { cut, printable, type Style } from './style.ts'

/** `opsx/ledger@1` (FORMATS.md). */
export function historyDocument(entries: HistoryEntry[]): Record<string, unknown> {
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
  }
}

/** One line per entry, grouped under its change when there are several. */
export function formatHistory(entries: HistoryEntry[], style: Style): string {
  if (entries.length === 0) return 'The ledger has no such entries.\n'
  const names = [...new Set(entries.map(entry => entry.change))]
  const blocks = names.map(name => {
    const lines = entries.filter(entry => entry.change === name).map(entry => formatEntry(entry, style))
    return `${style.bold(printable(name))}\n${lines.join('\n')}\n`
  })
  const missing = entries.filter(entry => entry.missing).length
  const tail =
    missing > 0 ? `\n${missing} not on the board yet; opsx sync tries again what is still due.\n` : ''
  return blocks.join('\n') + tail
}

function formatEntry(entry: HistoryEntry, style: Style): string {
  const symbol =
    entry.outcome === 'posted'
      ? style.green(style.ok)
      : entry.missing
        ? style.red(style.bad)
        : style.yellow(style.warn)
  const way = printable(entry.transition).replace(/->|→/, ` ${style.arrow} `)
  const head = `  ${symbol} ${(entry.at ?? '-').padEnd(20)}  ${printable(entry.outcome).padEnd(7)}  ${way}`
  return entry.note
    ? `${head}\n${style.dim(cut(`      ${printable(entry.note)}`, style.columns, style))}`
    : head
}
