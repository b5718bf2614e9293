import { isTerminal, type Phase } from '../change/states.ts'
import type { Ledger } from './ledger.ts'

/** A time that a change spent in one phase, by the transitions that reached Linear. */
export interface PhasePeriod {
  phase: Phase
  /** Epoch milliseconds. */
  from: number
  /** Null while it lasts. */
  to: number | null
}

/**
 * The periods of a change, oldest first, without the one before its first transition, whose start is not recorded.
 * Entries without a readable time, or that go back in time, are skipped.
 */
export function phasePeriodsOf({ entries }: Ledger): PhasePeriod[] {
  const periods: PhasePeriod[] = []
  for (const { at, outcome, to } of entries) {
    const time = at === null ? Number.NaN : Date.parse(at)
    const last = periods.at(-1)
    if (outcome !== 'posted' || to === null || Number.isNaN(time)) continue
    if (last && (time < last.from || to === last.phase)) continue
    if (last) last.to = time
    periods.push({ phase: to, from: time, to: null })
  }
  return periods
}

/**
 * Milliseconds from the first In Progress to the end of the change, or to `now` while it has none; null before the work
 * began. What was waited before counts for nothing, re-queues and reopenings count in full.
 */
export function cycleOf(periods: PhasePeriod[], now: number): { time: number; ended: boolean } | null {
  const start = periods.find(({ phase }) => phase === 'In Progress')
  if (!start) return null
  const last = periods.at(-1)
  const ended = last !== undefined && isTerminal(last.phase)
  return { time: (ended ? last.from : now) - start.from, ended }
}
