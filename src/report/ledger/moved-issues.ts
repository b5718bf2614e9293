import type { MovedIssue } from '../../overview/ledger-movers.ts'
import { printable, type Style } from '../style.ts'

/** One line per issue; a sentence when there is none. */
export function formatMovers(moved: MovedIssue[], style: Style): string {
  if (moved.length === 0) return 'Every bound issue is in the phase of its change.\n'
  return `Not in the phase of their change:\n${moved.map(issue => formatMoved(issue, style)).join('')}`
}

function formatMoved({ change, issue, state, phase, relation, by, at }: MovedIssue, style: Style): string {
  const how = relation === 'terminal' ? 'closed before' : `${relation === 'ahead' ? 'ahead of' : 'behind'}`
  const when = at === null ? '' : `, ${at.slice(0, 19)}Z`
  const head = `  ${style.yellow(style.warn)} ${printable(issue)} is ${printable(state)}, ${how} ${printable(change)} (${phase})`
  return `${head}\n${style.dim(`      moved by ${printable(by)}${when}`)}\n`
}
