import { isTerminal, type Phase, rankOf } from '../change/states.ts'
import type { TrackedChange } from '../ledger/ledger.ts'
import type { Board, BoardEvent, BoardIssue, IssueDetail } from '../ports/tracker.ts'

/** A binding that opsx writes to; a link alone is only shown. */
export function isBound({ proposal, binding }: TrackedChange): boolean {
  return proposal !== null && (binding.source === 'frontmatter' || binding.source === 'change-file')
}

/** Two changes with the same key have one issue: its UUID in Linear, else the file's spelling. */
export function issueKeyOf(change: TrackedChange, board: Board | null): string {
  const { id, identifier } = change.binding
  const known = board === null ? undefined : issueOf(change, board)?.id
  return known ?? id ?? identifier?.toLowerCase() ?? `unbound ${change.name}`
}

/** An issue that several changes are bound to follows the least advanced of them. */
export function sharedTargets(changes: TrackedChange[], board: Board | null): Map<string, Phase> {
  const targets = new Map<string, Phase>()
  for (const change of changes.filter(isBound)) {
    const key = issueKeyOf(change, board)
    const least = targets.get(key)
    if (!least || rankOf(change.phase) < rankOf(least)) targets.set(key, change.phase)
  }
  return targets
}

/** Names of the other changes that still need the issue, for a note; empty when there are none. */
export function sharersOf(change: TrackedChange, changes: TrackedChange[], board: Board | null): string {
  const key = issueKeyOf(change, board)
  const others = changes.filter(other => other !== change && isBound(other) && !isTerminal(other.phase))
  return others
    .filter(other => issueKeyOf(other, board) === key)
    .map(other => other.name)
    .join(', ')
}

/** The bound issue, by UUID, identifier, or an identifier it had before. */
export function issueOf(change: TrackedChange, board: Board): BoardIssue | undefined {
  const { id, identifier } = change.binding
  if (id) return board.issues.find(issue => issue.id === id)
  if (!identifier) return undefined
  return (
    board.issues.find(issue => issue.identifier === identifier) ??
    board.issues.find(issue => issue.previousIdentifiers.includes(identifier))
  )
}

/** The event that brought the issue into its present state; undefined when the history does not reach back so far. */
export function arrivalOf(detail: IssueDetail, issue: BoardIssue): BoardEvent | undefined {
  return detail.history.find(event => event.to === issue.state.name)
}

/** Who moved the issue where it is, for a note or a message. */
export function moverOf(detail: IssueDetail, issue: BoardIssue): string {
  const arrival = arrivalOf(detail, issue)
  if (!arrival) return 'whoever created the issue'
  if (!arrival.actor) return arrival.automation ? 'an automation' : 'somebody'
  return arrival.automation ? `${arrival.actor} (automation)` : arrival.actor
}
