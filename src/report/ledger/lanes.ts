import type { Phase } from '../../change/states.ts'
import type { PhasePeriod } from '../../ledger/phase-periods.ts'
import type { Lane } from '../../overview/run-ledger.ts'
import { cut, pad, printable, type Style, widthOf } from '../style.ts'

export function laneDocument({ change, periods, cycle, back }: Lane): Record<string, unknown> {
  return {
    change,
    stays: periods.map(({ phase, from, to }) => ({
      phase,
      from: timeOf(from),
      to: to === null ? null : timeOf(to),
    })),
    cycleSeconds: cycle && Math.round(cycle.time / 1000),
    ended: cycle?.ended ?? false,
    back,
  }
}

const NAME = 11
const TIME = 9

/** One row per phase that the change was in, on one axis of time; a sentence for a change without transitions. */
export function formatLane(lane: Lane, now: number, style: Style): string {
  const { periods, phases } = lane
  const [first] = periods
  if (!first) return `${style.bold(printable(lane.change))}\n  not in Linear yet\n`
  const end = Math.max(now, ...periods.map(period => period.to ?? period.from))
  const ended = lane.cycle?.ended === true
  const axis = { start: first.from, end: ended ? (periods.at(-1)?.from ?? end) : end }
  const width = Math.max(10, Math.min(60, style.columns - NAME - TIME - 7))
  const rows = phases.map(phase => formatRow(phase, { periods, axis, width, style }))
  const head = cut(`${printable(lane.change)}  ${summaryOf(lane)}`, style.columns, style)
  return `${style.bold(head)}\n${rows.join('')}${formatAxis(axis, width, ended)}`
}

interface Axis {
  start: number
  end: number
}

interface Row {
  periods: PhasePeriod[]
  axis: Axis
  width: number
  style: Style
}

function formatRow(phase: Phase, { periods, axis, width, style }: Row): string {
  const own = periods.filter(period => period.phase === phase)
  const cells = Array.from({ length: width }, () => ' ')
  for (const { from, to } of own) {
    const begin = columnOf(from, axis, width)
    const end = to === null ? width - 1 : Math.max(begin, columnOf(to, axis, width) - 1)
    for (let at = begin; at <= end; at += 1) cells[at] = from >= axis.end ? style.dot : style.full
  }
  const time = own.reduce((sum, { from, to }) => sum + Math.max(0, (to ?? axis.end) - from), 0)
  const isEnd = own.every(({ from }) => from >= axis.end)
  const spent = isEnd ? '' : durationOf(time)
  return `  ${pad(phase, NAME)}  ${style.green(cells.join(''))}  ${spent}`.trimEnd().concat('\n')
}

function columnOf(time: number, { start, end }: Axis, width: number): number {
  if (end <= start) return 0
  return Math.min(width - 1, Math.floor(((time - start) / (end - start)) * width))
}

/** Day and, within two days, time of day at both ends. */
function formatAxis({ start, end }: Axis, width: number, ended: boolean): string {
  const length = end - start < 2 * DAY ? 16 : 10
  const from = timeOf(start).replace('T', ' ').slice(0, length)
  const to = ended ? timeOf(end).replace('T', ' ').slice(0, length) : 'now'
  const gap = Math.max(2, width - widthOf(from) - widthOf(to))
  return `  ${' '.repeat(NAME)}  ${from}${' '.repeat(gap)}${to}\n`
}

function summaryOf({ cycle, back }: Lane): string {
  const times = back === 0 ? '' : `, ${back === 1 ? 'once' : `${back} times`} back`
  if (!cycle) return 'not started'
  return `cycle time ${durationOf(cycle.time)}${cycle.ended ? '' : ' so far'}${times}`
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** The two largest units, such as `3d 4h`, `4h 12m`, `25m`, `40s`. */
export function durationOf(milliseconds: number): string {
  const days = Math.floor(milliseconds / DAY)
  const hours = Math.floor((milliseconds % DAY) / HOUR)
  const minutes = Math.floor((milliseconds % HOUR) / MINUTE)
  if (days > 0) return hours > 0 && days < 100 ? `${days}d ${hours}h` : `${days}d`
  if (hours > 0) return minutes > 0 ? `${hours}h ${minutes}m` : `${hours}h`
  return minutes > 0 ? `${minutes}m` : `${Math.round(milliseconds / 1000)}s`
}

function timeOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z')
}
