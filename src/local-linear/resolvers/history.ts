import type { HistoryRecord } from '../records.ts'
import { type Context, type FieldTable, plain } from './fields.ts'

/** Who moved, renamed, described, archived or trashed an issue, and when. */
export const historyTypes: Record<string, FieldTable> = {
  IssueHistory: {
    ...plain<HistoryRecord>(
      'id',
      'createdAt',
      'updatedAt',
      'archivedAt',
      'actorId',
      'fromStateId',
      'toStateId',
    ),
    ...plain<HistoryRecord>('fromTitle', 'toTitle', 'fromProjectId', 'toProjectId'),
    ...plain<HistoryRecord>('updatedDescription', 'archived', 'trashed'),
    issue: (event: HistoryRecord, _: unknown, { database }: Context) =>
      database.get('issues', event.issueId, 'Issue'),
    actor: (event: HistoryRecord, _: unknown, { database }: Context) => database.find('users', event.actorId),
    botActor: (event: HistoryRecord, _: unknown, { database }: Context) => database.find('bots', event.botId),
    fromState: (event: HistoryRecord, _: unknown, { database }: Context) =>
      database.find('states', event.fromStateId),
    toState: (event: HistoryRecord, _: unknown, { database }: Context) =>
      database.find('states', event.toStateId),
    fromProject: (event: HistoryRecord, _: unknown, { database }: Context) =>
      database.find('projects', event.fromProjectId),
    toProject: (event: HistoryRecord, _: unknown, { database }: Context) =>
      database.find('projects', event.toProjectId),
  },
}
