import { branchNameOf, issueUrl } from '../addresses.ts'
import { connectionOf, type PageArguments } from '../connection.ts'
import type { IssueRecord } from '../records.ts'
import { absent, type Context, type FieldTable, payloadFields, plain } from './fields.ts'
import { attachmentFilter, commentFilter, issueFilter } from './filter-keys.ts'

/** The records of one list that belong to an issue. */
function ofIssue<T extends { issueId: string }>(records: T[], issue: IssueRecord): T[] {
  return records.filter(({ issueId }) => issueId === issue.id)
}

/** Reading issues. `issue(id:)` takes a UUID or an identifier, old ones included. */
export const issueTypes: Record<string, FieldTable> = {
  Query: {
    issue: (_: unknown, { id }: { id: string }, { database }: Context) => database.issue(id),
    issues: (_: unknown, args: PageArguments, context: Context) =>
      connectionOf(context.database.state.issues, args, { type: 'IssueFilter', keys: issueFilter(context) }),
  },
  IssuePayload: payloadFields('issue'),
  IssueArchivePayload: payloadFields('entity'),
  Issue: {
    ...plain<IssueRecord>(
      'id',
      'identifier',
      'previousIdentifiers',
      'number',
      'title',
      'description',
      'trashed',
    ),
    ...plain<IssueRecord>('createdAt', 'updatedAt', 'archivedAt', 'startedAt', 'completedAt', 'canceledAt'),
    ...absent('assignee', 'botActor', 'parent', 'autoClosedAt', 'autoArchivedAt'),
    priority: () => 0,
    labelIds: () => [],
    url: (issue: IssueRecord, _: unknown, { database }: Context) => issueUrl(database, issue),
    branchName: (issue: IssueRecord, _: unknown, { database }: Context) => branchNameOf(database, issue),
    state: (issue: IssueRecord, _: unknown, { database }: Context) =>
      database.get('states', issue.stateId, 'WorkflowState'),
    team: (issue: IssueRecord, _: unknown, { database }: Context) =>
      database.get('teams', issue.teamId, 'Team'),
    project: (issue: IssueRecord, _: unknown, { database }: Context) =>
      database.find('projects', issue.projectId),
    creator: (issue: IssueRecord, _: unknown, { database }: Context) =>
      database.find('users', issue.creatorId),
    comments: (issue: IssueRecord, args: PageArguments, context: Context) =>
      connectionOf(ofIssue(context.database.state.comments, issue), args, {
        type: 'CommentFilter',
        keys: commentFilter(context),
      }),
    attachments: (issue: IssueRecord, args: PageArguments, { database }: Context) =>
      connectionOf(ofIssue(database.state.attachments, issue), args, {
        type: 'AttachmentFilter',
        keys: attachmentFilter,
      }),
    history: (issue: IssueRecord, args: PageArguments, { database }: Context) =>
      connectionOf(ofIssue(database.state.history, issue), args, { type: 'IssueHistory', keys: {} }),
  },
}
