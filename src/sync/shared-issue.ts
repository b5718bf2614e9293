import { isTerminal, type Phase, rankOf } from '../change/states.ts'
import type { TrackedChange } from '../ledger/ledger.ts'
import type { Board } from '../ports/tracker.ts'
import { issueOf } from './issue-of.ts'

/** A binding that opsx writes to; a link alone is only shown (DIALECTS). */
export function isBound({ proposal, binding }: TrackedChange): boolean {
  return proposal !== null && (binding.source === 'frontmatter' || binding.source === 'change-file')
}

/** What tells that two changes have one issue: its UUID on the board, else what the file spells. */
export function issueKeyOf(change: TrackedChange, board: Board | null): string {
  const { id, identifier } = change.binding
  const known = board === null ? undefined : issueOf(change, board)?.id
  return known ?? id ?? identifier?.toLowerCase() ?? `unbound ${change.name}`
}

/** An issue that several changes are bound to follows the least advanced of them (LIFECYCLE §1). */
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
