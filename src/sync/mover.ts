import type { BoardEvent, BoardIssue, IssueDetail } from '../ports/tracker.ts'

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
