import { CHANGES } from '../change/change-directories.ts'
import { namedChanges } from '../change/named-changes.ts'
import { readChanges } from '../change/read-changes.ts'
import { readRegistry } from '../change/registry/read-registry.ts'
import { isTerminal, PHASES, type Phase } from '../change/states.ts'
import { type HistoryEntry, type HistoryFilter, historyOf } from '../ledger/history.ts'
import type { TrackedChange } from '../ledger/ledger.ts'
import { cycleOf, type PhasePeriod, phasePeriodsOf } from '../ledger/phase-periods.ts'
import { isRequeue } from '../ledger/rounds.ts'
import { trackChange } from '../ledger/track-change.ts'
import type { Clock } from '../ports/clock.ts'
import type { Git } from '../ports/git.ts'
import { type NextTry, nextTries } from '../sync/next-tries.ts'
import { type MovedIssue, readMovers } from './ledger-movers.ts'
import type { LinearPorts } from './remote-sync-states.ts'

/** When a change was in which phase. */
export interface Lane {
  change: string
  /** Those it was in, in lifecycle order. */
  phases: Phase[]
  periods: PhasePeriod[]
  /** From the first In Progress, in milliseconds; null before that. */
  cycle: { time: number; ended: boolean } | null
  /** Times that it went back: re-queues and reopenings. */
  back: number
}

export interface LedgerPorts extends LinearPorts {
  git: Git
  clock: Clock
}

export interface LedgerRequest {
  /** Names; empty for every change. */
  names: string[]
  filter: HistoryFilter
  /** Asks Linear. */
  remote: boolean
}

export interface LedgerOverview {
  entries: HistoryEntry[]
  /** About every change asked for, whatever entries are shown. */
  again: NextTry[]
  lanes: Lane[]
  /** Null when opsx did not contact Linear. */
  moved: MovedIssue[] | null
  /** Epoch milliseconds. */
  now: number
}

/** What happened to the changes, and what the next sync tries again. No network without `remote`. */
export async function runLedger(
  ports: LedgerPorts,
  { names, filter, remote }: LedgerRequest,
): Promise<LedgerOverview> {
  const { workspace, clock } = ports
  const all = readChanges(workspace, { archived: 'all' }).map(trackChange)
  const changes = namedChanges(all, names)
  const maximum = readRegistry(workspace).maxReviewRounds
  const git = ports.git.facts(CHANGES)
  const asked = new Set(changes.map(({ name }) => name))
  const now = clock.now().getTime()
  return {
    entries: historyOf(changes, filter),
    again: nextTries(all, { git, maximum }).filter(({ change }) => asked.has(change)),
    lanes: changes.filter(({ ledger }) => ledger.entries.length > 0).map(change => laneOf(change, now)),
    moved: remote ? await readMovers(ports, changes) : null,
    now,
  }
}

function laneOf({ name, ledger }: TrackedChange, now: number): Lane {
  const periods = phasePeriodsOf(ledger)
  const reopened = periods.filter((_, index) => {
    const before = periods[index - 1]
    return before !== undefined && isTerminal(before.phase)
  })
  const back = ledger.entries.filter(isRequeue).length + reopened.length
  const phases = PHASES.filter(phase => periods.some(period => period.phase === phase))
  return { change: name, phases, periods, cycle: cycleOf(periods, now), back }
}
