import { comparison, type FilterKeys, predicateOf } from '../filters.ts'
import type {
  AttachmentRecord,
  CommentRecord,
  DocumentCommentRecord,
  DocumentRecord,
  IssueRecord,
  ProjectRecord,
  StateRecord,
  TeamRecord,
  UserRecord,
} from '../records.ts'
import type { Context } from './fields.ts'

export const userFilter: FilterKeys<UserRecord> = {
  id: comparison('IDComparator', user => [user.id]),
  email: comparison('StringComparator', user => [user.email]),
  name: comparison('StringComparator', user => [user.name]),
}

export const teamFilter: FilterKeys<TeamRecord> = {
  id: comparison('IDComparator', team => [team.id]),
  key: comparison('StringComparator', team => [team.key]),
  name: comparison('StringComparator', team => [team.name]),
}

/** `id` takes UUIDs only: a slugId here matches nothing, without an error. */
export const projectFilter: FilterKeys<ProjectRecord> = {
  id: comparison('EntityIdentifierIDComparator', project => [project.id]),
  slugId: comparison('StringComparator', project => [project.slugId]),
  name: comparison('StringComparator', project => [project.name]),
}

export const attachmentFilter: FilterKeys<AttachmentRecord> = {
  id: comparison('IDComparator', attachment => [attachment.id]),
  url: comparison('StringComparator', attachment => [attachment.url]),
  title: comparison('StringComparator', attachment => [attachment.title]),
}

export function stateFilter({ database }: Context): FilterKeys<StateRecord> {
  return {
    id: comparison('IDComparator', state => [state.id]),
    name: comparison('StringComparator', state => [state.name]),
    type: comparison('StringComparator', state => [state.type]),
    team: filter => {
      const matches = predicateOf(filter, teamFilter, 'TeamFilter')
      return state => matches(database.get('teams', state.teamId, 'Team'))
    },
  }
}

/** `id` takes UUIDs and identifiers, old ones included. */
export function issueFilter(context: Context): FilterKeys<IssueRecord> {
  const { database } = context
  return {
    id: comparison('IssueIDComparator', issue => [issue.id, issue.identifier, ...issue.previousIdentifiers]),
    number: comparison('NumberComparator', issue => [issue.number]),
    title: comparison('StringComparator', issue => [issue.title]),
    team: filter => {
      const matches = predicateOf(filter, teamFilter, 'TeamFilter')
      return issue => matches(database.get('teams', issue.teamId, 'Team'))
    },
    state: filter => {
      const matches = predicateOf(filter, stateFilter(context), 'WorkflowStateFilter')
      return issue => matches(database.get('states', issue.stateId, 'WorkflowState'))
    },
    project: filter => {
      const matches = predicateOf(filter, projectFilter, 'NullableProjectFilter')
      return issue =>
        issue.projectId !== null && matches(database.get('projects', issue.projectId, 'Project'))
    },
  }
}

export function commentFilter(context: Context): FilterKeys<CommentRecord> {
  return {
    id: comparison('IDComparator', comment => [comment.id]),
    issue: filter => {
      const matches = predicateOf(filter, issueFilter(context), 'NullableIssueFilter')
      return comment => matches(context.database.get('issues', comment.issueId, 'Issue'))
    },
  }
}

export const documentCommentFilter: FilterKeys<DocumentCommentRecord> = {
  id: comparison('IDComparator', comment => [comment.id]),
}

export function documentFilter({ database }: Context): FilterKeys<DocumentRecord> {
  return {
    id: comparison('IDComparator', document => [document.id]),
    title: comparison('StringComparator', document => [document.title]),
    slugId: comparison('StringComparator', document => [document.slugId]),
    project: filter => {
      const matches = predicateOf(filter, projectFilter, 'ProjectFilter')
      return document => matches(database.get('projects', document.projectId, 'Project'))
    },
  }
}
