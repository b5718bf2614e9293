import { printable, type Style } from './style.ts'

export interface Bound {
  change: string
  issue: string
  writes: string[]
  /** False while the proposal is empty: the issue then stays where it is. */
  hasContent: boolean
}

/** What bind wrote; the milestone that follows is told by the sync. */
export function formatBind({ change, issue, writes, hasContent }: Bound, style: Style): string {
  const done = writes.length > 0 ? 'is bound to' : 'is already bound to'
  const head = `${style.green(style.ok)} ${printable(change)} ${done} ${printable(issue)}\n`
  if (hasContent) return head
  return `${head}  ${style.dot} proposal.md says nothing yet, so the issue stays in the backlog until it does.\n`
}
