import { phaseNamed } from '../change/states.ts'
import { type Finding, finding } from '../findings/finding.ts'
import type { LedgerEntry, TrackedChange } from './ledger.ts'

/** Finds broken and invented ledger entries. Entries are oldest first. */
export function lintLedger(change: TrackedChange, maximum: number): Finding[] {
  const { proposal, ledger } = change
  if (!proposal) return []
  const place = { change: change.name, file: proposal.path }
  const round = ledger.reviewRound ?? 0
  const over = round > maximum ? [finding('ledger/over-maximum', 'warning', { round, maximum }, place)] : []
  return [
    ...conflicts(proposal.text, place),
    ...over,
    ...ledger.entries.flatMap((entry, index) => lintEntry(entry, ledger.entries[index - 1], place)),
    ...recordMismatch(change, place),
  ]
}

type Place = { change: string; file: string }

function conflicts(text: string, place: Place): Finding[] {
  const match = /^(?:<{7}|>{7})(?: .*)?$/m.exec(text.slice(0, 200_000))
  if (!match) return []
  const line = text.slice(0, match.index).split('\n').length
  return [finding('ledger/conflict-markers', 'critical', {}, { ...place, line })]
}

function lintEntry(entry: LedgerEntry, previous: LedgerEntry | undefined, place: Place): Finding[] {
  const found: Finding[] = []
  const { at, from, to, transition } = entry
  if (at && /T00:00:00(?:\.0+)?Z?$/.test(at))
    found.push(finding('ledger/placeholder-time', 'info', { at }, place))
  if (at && previous?.at && Date.parse(at) < Date.parse(previous.at)) {
    found.push(finding('ledger/backward-time', 'warning', { at, previous: previous.at }, place))
  }
  if (from && to && entry.outcome === 'posted' && isIllegal(from, to)) {
    found.push(finding('ledger/illegal-transition', 'warning', { transition }, place))
  }
  return found
}

const ORDER = ['Backlog', 'Todo', 'In Progress', 'In Review', 'Done']

/** Backward is legal from review to progress, and by reopening what has ended. */
function isIllegal(from: string, to: string): boolean {
  if (to === 'Canceled' || to === 'Duplicate') return false
  const ended = from === 'Done' || from === 'Canceled' || from === 'Duplicate'
  if (ended) return ORDER.indexOf(to) < 0 || to === 'Done'
  if (from === 'In Review' && to === 'In Progress') return false
  return ORDER.indexOf(to) <= ORDER.indexOf(from)
}

/** The last synced state is that of the last posted transition, or of a later one that Linear already had. */
function recordMismatch({ ledger }: TrackedChange, place: Place): Finding[] {
  const recorded = ledger.lastSyncedState && phaseNamed(ledger.lastSyncedState)
  const posted = ledger.entries.findLastIndex(({ outcome, to }) => outcome === 'posted' && to !== null)
  const last = ledger.entries[posted]
  if (!recorded || !last?.to || last.to === recorded) return []
  const found = ledger.entries
    .slice(posted + 1)
    .some(({ to, outcome }) => outcome === 'dropped' && to === recorded)
  if (found) return []
  return [finding('ledger/record-mismatch', 'warning', { recorded, posted: last.to }, place)]
}
