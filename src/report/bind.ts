import type { Bound } from '../setup/run-bind.ts'
import { printable, type Style } from './style.ts'

/** What bind wrote; the sync that follows has its own text. */
export function formatBind({ change, issue, writes, hasContent }: Bound, style: Style): string {
  const done = writes.length > 0 ? 'is bound to' : 'is already bound to'
  const head = `${style.green(style.ok)} ${printable(change)} ${done} ${printable(issue)}\n`
  if (hasContent) return head
  return `${head}  ${style.dot} proposal.md is still empty, so the issue stays in the backlog.\n`
}
