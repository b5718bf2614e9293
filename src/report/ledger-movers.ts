import type { Phase } from '../change/states.ts'
import { printable, type Style } from './style.ts'

/** An issue that is not where the files of its change are. */
export interface MovedIssue {
  change: string
  issue: string
  state: string
  phase: Phase
  relation: 'behind' | 'ahead' | 'terminal'
  /** Display name of a person or a bot, or a word for what Linear does not name. */
  by: string
  /** ISO 8601, UTC; null when the history does not reach back so far. */
  at: string | null
  automation: boolean | null
}

/** One line per issue; a sentence when there is none. */
export function formatMovers(moved: MovedIssue[], style: Style): string {
  if (moved.length === 0) return 'Every bound issue is where its files are.\n'
  return `Not where their files are:\n${moved.map(issue => formatMoved(issue, style)).join('')}`
}

function formatMoved({ change, issue, state, phase, relation, by, at }: MovedIssue, style: Style): string {
  const how = relation === 'terminal' ? 'closed before' : `${relation === 'ahead' ? 'ahead of' : 'behind'}`
  const when = at === null ? '' : `, ${at.slice(0, 19)}Z`
  const head = `  ${style.yellow(style.warn)} ${printable(issue)} is ${printable(state)}, ${how} ${printable(change)} (${phase})`
  return `${head}\n${style.dim(`      moved by ${printable(by)}${when}`)}\n`
}
