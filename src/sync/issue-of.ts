import type { TrackedChange } from '../ledger/ledger.ts'
import type { Board, BoardIssue } from '../ports/tracker.ts'

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
