import type { Database } from './database.ts'
import type { CommentRecord, DocumentRecord, IssueRecord, ProjectRecord } from './records.ts'

function addressOf({ state }: Database, kind: string, path: string): string {
  return `https://linear.app/${state.organization.urlKey}/${kind}/${path}`
}

function slugOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}

export function issueUrl(database: Database, { identifier, title }: IssueRecord): string {
  return addressOf(database, 'issue', `${identifier}/${slugOf(title)}`)
}

export function commentUrl(database: Database, { id, issueId }: CommentRecord): string {
  return `${issueUrl(database, database.get('issues', issueId, 'Issue'))}#comment-${id.slice(0, 8)}`
}

export function projectUrl(database: Database, { name, slugId }: ProjectRecord): string {
  return addressOf(database, 'project', `${slugOf(name)}-${slugId}`)
}

export function documentUrl(database: Database, { title, slugId }: DocumentRecord): string {
  return addressOf(database, 'document', `${slugOf(title)}-${slugId}`)
}

export function profileUrl(database: Database, displayName: string): string {
  return addressOf(database, 'profiles', displayName)
}

export function branchNameOf(database: Database, { identifier, title }: IssueRecord): string {
  return `${database.viewer().displayName}/${identifier.toLowerCase()}-${slugOf(title)}`
}

export function slugIdOf(id: string): string {
  return id.replaceAll('-', '').slice(0, 12)
}
