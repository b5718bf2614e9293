import type { Database } from './database.ts'
import { invalidInput } from './errors.ts'
import type { HistoryRecord, IssueRecord } from './records.ts'

/** The user or the integration that makes a change. */
export interface Actor {
  userId: string | null
  botId: string | null
}

/** New values of an issue. Absent properties do not change. Text is stored as given. */
export interface IssueChange {
  title?: string
  description?: string | null
  stateId?: string
  projectId?: string | null
}

/** Changes an issue and writes its history. A change to the same values writes no history. */
export function changeIssue(
  database: Database,
  issue: IssueRecord,
  request: { change: IssueChange; by: Actor },
): void {
  const { change, by } = request
  const event: Partial<HistoryRecord> = {}
  if (change.title !== undefined && change.title !== issue.title) {
    Object.assign(event, { fromTitle: issue.title, toTitle: change.title })
    issue.title = change.title
  }
  if (change.description !== undefined && change.description !== issue.description) {
    event.updatedDescription = true
    issue.description = change.description
  }
  if (change.projectId !== undefined && change.projectId !== issue.projectId) {
    Object.assign(event, { fromProjectId: issue.projectId, toProjectId: change.projectId })
    issue.projectId = change.projectId
  }
  if (change.stateId !== undefined && change.stateId !== issue.stateId) {
    Object.assign(event, { fromStateId: issue.stateId, toStateId: change.stateId })
    issue.stateId = change.stateId
    const { type } = database.get('states', change.stateId, 'WorkflowState')
    Object.assign(issue, stampsOf(type, database.now().toISOString(), issue.startedAt))
  }
  if (Object.keys(event).length > 0) record(database, issue, { event, by })
}

export function archiveIssue(
  database: Database,
  issue: IssueRecord,
  request: { trash: boolean; by: Actor },
): void {
  const { trash, by } = request
  issue.archivedAt = database.now().toISOString()
  issue.trashed = trash ? true : issue.trashed
  record(database, issue, { event: trash ? { trashed: true } : { archived: true }, by })
}

export function restoreIssue(database: Database, issue: IssueRecord, by: Actor): void {
  const event = issue.trashed ? { trashed: false } : { archived: false }
  issue.archivedAt = null
  issue.trashed = null
  record(database, issue, { event, by })
}

export function refuseArchived(issue: IssueRecord): void {
  if (issue.archivedAt !== null) throw invalidInput('Archived issues can not be edited.')
}

/** The timestamps of an issue that follow from the type of its state. */
export function stampsOf(type: string, at: string, startedAt: string | null = null) {
  return {
    startedAt: type === 'started' || type === 'completed' ? (startedAt ?? at) : null,
    completedAt: type === 'completed' ? at : null,
    canceledAt: type === 'canceled' || type === 'duplicate' ? at : null,
  }
}

function record(
  database: Database,
  issue: IssueRecord,
  request: { event: Partial<HistoryRecord>; by: Actor },
): void {
  database.touch(issue)
  database.state.history.push({
    ...database.newEntity(),
    issueId: issue.id,
    actorId: request.by.userId,
    botId: request.by.botId,
    fromStateId: null,
    toStateId: null,
    fromTitle: null,
    toTitle: null,
    fromProjectId: null,
    toProjectId: null,
    updatedDescription: null,
    archived: null,
    trashed: null,
    ...request.event,
  })
}
