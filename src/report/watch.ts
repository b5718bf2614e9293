import type { TaskCount } from '../change/change.ts'
import type { Phase } from '../change/states.ts'
import type { Finding } from '../findings/finding.ts'
import { messageOf } from '../findings/message.ts'
import type { NextTry } from '../sync/next-tries.ts'
import { findingDocument } from './findings.ts'
import { DECISION_WORDS, placeOf, plural } from './reported.ts'
import { taskBar } from './status.ts'
import { cut, printable, type Style } from './style.ts'

/** An open change at one moment. */
export interface WatchedChange {
  change: string
  directory: string
  phase: Phase
  tasks: TaskCount | null
  /** The decision of a review at this moment. */
  decision: keyof typeof DECISION_WORDS
  /** Counted as in a review, like the decision. */
  critical: number
  warning: number
  /** The first finding that prevents a PASS; null without one. */
  worst: Finding | null
  bound: boolean
  /** The next transition of sync by files and ledger; null when there is none. */
  sync: NextTry | null
}

/** One document of `opsx/watch@1`, on one line. */
export function formatWatchedLine(at: string, changes: WatchedChange[]): string {
  const document = { schema: 'opsx/watch@1', ok: true, at, changes: changes.map(watchedDocument) }
  return `${JSON.stringify(document)}\n`
}

function watchedDocument({ directory, worst, ...change }: WatchedChange): Record<string, unknown> {
  return { ...change, path: directory, worst: worst && findingDocument(worst) }
}

/** Three lines at most per change: phase and tasks, what sync would do, the worst finding. */
export function formatWatched(at: string, changes: WatchedChange[], style: Style): string {
  const time = `${at.slice(11, 19)}Z`
  return changes.map(change => formatOne(time, change, style)).join('')
}

function formatOne(time: string, change: WatchedChange, style: Style): string {
  const { phase, tasks, decision, critical, warning, worst } = change
  const bar = tasks ? `  ${taskBar(tasks, style)}` : ''
  const head = `${style.dim(time)}  ${style.bold(printable(change.change))}  ${phase}${bar}`
  const counts = `${critical} critical, ${plural(warning, 'warning')}`
  const symbol =
    decision === 'pass' ? style.green(style.ok) : style.yellow(decision === 'fail' ? style.bad : style.warn)
  const lines = [
    head,
    `  ${symbol} verify: ${DECISION_WORDS[decision]} (${counts})`,
    ...(worst ? [style.dim(cut(`    ${worstOf(worst)}`, style.columns, style))] : []),
    cut(`  ${style.arrow} sync: ${syncOf(change, style)}`, style.columns, style),
  ]
  return `${lines.join('\n')}\n`
}

function worstOf(worst: Finding): string {
  const place = placeOf(worst)
  return printable(`${place}${place === '' ? '' : ': '}${messageOf(worst)}`)
}

function syncOf({ bound, sync }: WatchedChange, style: Style): string {
  if (!bound) return 'not bound to an issue'
  if (!sync) return 'nothing to do'
  const way = printable(sync.transition).replace(/->|→/, ` ${style.arrow} `)
  return sync.waits === null ? way : `${way} waits: ${printable(sync.waits)}`
}
