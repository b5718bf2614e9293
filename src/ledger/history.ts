import type { LedgerEntry, TrackedChange } from './ledger.ts'
import { isRequeue } from './rounds.ts'

export interface HistoryEntry extends LedgerEntry {
  change: string
  /** True for a dropped or failed entry that Linear still lacks: not a re-queue, and not posted later. */
  missing: boolean
}

export interface HistoryFilter {
  /** ISO 8601 date or time, UTC; entries before it are left out. */
  since: string | null
  /** ISO 8601 date or time, UTC; entries after it are left out. */
  until: string | null
  /** Only entries with this outcome. */
  outcome: string | null
  /** Only entries that Linear is missing. */
  missing: boolean
}

/** The entries of several changes by time; entries of one change keep their order. */
export function historyOf(changes: TrackedChange[], filter: HistoryFilter): HistoryEntry[] {
  const entries = changes.flatMap(entriesOf)
  const shown = entries.filter(entry => isShown(entry, filter))
  return shown
    .map((entry, index) => ({ entry, index }))
    .sort((a, b) => compareTimes(a.entry.at, b.entry.at) || a.index - b.index)
    .map(({ entry }) => entry)
}

function isShown(entry: HistoryEntry, { since, until, outcome, missing }: HistoryFilter): boolean {
  const at = entry.at ?? ''
  if ((since !== null && at < since) || (until !== null && at > until)) return false
  return (outcome === null || entry.outcome === outcome) && (!missing || entry.missing)
}

function entriesOf(change: TrackedChange): HistoryEntry[] {
  const { entries } = change.ledger
  return entries.map((entry, index) => ({
    ...entry,
    change: change.name,
    missing: isMissing(entry, entries.slice(index + 1)),
  }))
}

function isMissing(entry: LedgerEntry, later: LedgerEntry[]): boolean {
  if (entry.outcome === 'posted' || isRequeue(entry)) return false
  return !later.some(other => {
    if (isRequeue(other) && other.transition === entry.transition) return true
    if (other.outcome !== 'posted') return false
    return other.transition === entry.transition || (entry.to !== null && other.to === entry.to)
  })
}

function compareTimes(one: string | null, other: string | null): number {
  const [a, b] = [one ?? '', other ?? '']
  return a < b ? -1 : a > b ? 1 : 0
}
