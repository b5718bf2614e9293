import { isTerminal, type Phase, rankOf } from '../change/states.ts'
import type { TrackedChange } from '../ledger/ledger.ts'
import type { IssueDetail, LinearData, LinearEvent, LinearIssue } from '../ports/tracker.ts'

/** A binding that opsx writes to; a link alone is only shown. */
export function isBound({ proposal, binding }: TrackedChange): boolean {
  return proposal !== null && (binding.source === 'frontmatter' || binding.source === 'change-file')
}

/** Two changes with the same key have one issue: its UUID in Linear, else the file's spelling. */
export function issueKeyOf(change: TrackedChange, linear: LinearData | null): string {
  const { id, identifier } = change.binding
  const known = linear === null ? undefined : issueOf(change, linear)?.id
  return known ?? id ?? identifier?.toLowerCase() ?? `unbound ${change.name}`
}

/** An issue that several changes are bound to follows the least advanced of them. */
export function sharedTargets(changes: TrackedChange[], linear: LinearData | null): Map<string, Phase> {
  const targets = new Map<string, Phase>()
  for (const change of changes.filter(isBound)) {
    const key = issueKeyOf(change, linear)
    const least = targets.get(key)
    if (!least || rankOf(change.phase) < rankOf(least)) targets.set(key, change.phase)
  }
  return targets
}

/** Names of the other changes that still need the issue, for a note; empty when there are none. */
export function sharersOf(
  change: TrackedChange,
  changes: TrackedChange[],
  linear: LinearData | null,
): string {
  const key = issueKeyOf(change, linear)
  const others = changes.filter(other => other !== change && isBound(other) && !isTerminal(other.phase))
  return others
    .filter(other => issueKeyOf(other, linear) === key)
    .map(other => other.name)
    .join(', ')
}

/** The bound issue, by UUID, identifier, or an identifier it had before. */
export function issueOf(change: TrackedChange, linear: LinearData): LinearIssue | undefined {
  const { id, identifier } = change.binding
  if (id) return linear.issues.find(issue => issue.id === id)
  if (!identifier) return undefined
  return (
    linear.issues.find(issue => issue.identifier === identifier) ??
    linear.issues.find(issue => issue.previousIdentifiers.includes(identifier))
  )
}

/** The event that brought the issue into its present state; undefined when the history does not reach back so far. */
export function arrivalOf(detail: IssueDetail, issue: LinearIssue): LinearEvent | undefined {
  return detail.history.find(event => event.to === issue.state.name)
}

/** Who moved the issue where it is, for a note or a message. */
export function moverOf(detail: IssueDetail, issue: LinearIssue): string {
  const arrival = arrivalOf(detail, issue)
  if (!arrival) return 'the creator of the issue'
  if (!arrival.actor) return arrival.automation ? 'an automation' : 'a person'
  return arrival.automation ? `${arrival.actor} (automation)` : arrival.actor
}
