import { branchNameOf, issueUrl } from '../addresses.ts'
import type { IssueRecord } from '../records.ts'
import { absent, type Context, type FieldTable, one, page, payloadFields, plain } from './fields.ts'

const ofIssue = ({ issueId }: { issueId: string }, issue: IssueRecord) => issueId === issue.id

/** Reading issues. `issue(id:)` accepts a UUID or an identifier, old ones included. */
export const issueTypes: Record<string, FieldTable> = {
  Query: {
    issue: (_: unknown, { id }: { id: string }, { database }: Context) => database.issue(id),
    issues: page('issues'),
  },
  IssuePayload: payloadFields('issue'),
  IssueArchivePayload: payloadFields('entity'),
  Issue: {
    ...plain('id identifier previousIdentifiers number title description trashed'),
    ...plain('createdAt updatedAt archivedAt startedAt completedAt canceledAt'),
    ...absent('assignee', 'botActor', 'parent', 'autoClosedAt', 'autoArchivedAt'),
    priority: () => 0,
    labelIds: () => [],
    url: (issue: IssueRecord, _: unknown, { database }: Context) => issueUrl(database, issue),
    branchName: (issue: IssueRecord, _: unknown, { database }: Context) => branchNameOf(database, issue),
    state: one('states', 'stateId'),
    team: one('teams', 'teamId'),
    project: one('projects', 'projectId'),
    creator: one('users', 'creatorId'),
    comments: page('comments', ofIssue),
    history: page('history', ofIssue),
  },
}
