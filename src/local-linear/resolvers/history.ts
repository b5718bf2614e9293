import { type FieldTable, one, plain } from './fields.ts'

/** Events of an issue: moved, renamed, described, archived or trashed, with actor and time. */
export const historyTypes: Record<string, FieldTable> = {
  IssueHistory: {
    ...plain('id createdAt updatedAt archivedAt actorId fromStateId toStateId fromTitle toTitle'),
    ...plain('fromProjectId toProjectId updatedDescription archived trashed'),
    issue: one('issues', 'issueId'),
    actor: one('users', 'actorId'),
    botActor: one('bots', 'botId'),
    fromState: one('states', 'fromStateId'),
    toState: one('states', 'toStateId'),
    fromProject: one('projects', 'fromProjectId'),
    toProject: one('projects', 'toProjectId'),
  },
}
