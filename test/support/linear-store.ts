import { slugIdOf } from '../../src/local-linear/addresses.ts'
import type { Database } from '../../src/local-linear/database.ts'
import { type Actor, archiveIssue, changeIssue, restoreIssue } from '../../src/local-linear/issue-changes.ts'
import { rewriteMarkdown } from '../../src/local-linear/markdown-rewrite.ts'
import type {
  CommentRecord,
  DocumentCommentRecord,
  DocumentRecord,
  HistoryRecord,
  IssueRecord,
  ProjectRecord,
  State,
} from '../../src/local-linear/records.ts'
import {
  addIssue,
  addProject,
  projectNamed,
  type SeedIssue,
  type SeedProject,
  stateNamed,
} from './linear-seed.ts'

/**
 * The workspace as its people and integrations touch it, beside the API and uncounted. `by` is the name of a person
 * or an integration (default: the viewer). Issues are named by UUID or identifier. Throws for names it does not know.
 */
export class Store {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** Everything that is stored, as of now. */
  get state(): State {
    this.#database.refresh()
    return this.#database.state
  }

  issue(reference: string): IssueRecord {
    this.#database.refresh()
    return this.#database.issue(reference)
  }

  /** Name of the state an issue is in. */
  stateOf(reference: string): string {
    return this.#database.get('states', this.issue(reference).stateId, 'WorkflowState').name
  }

  /** Oldest first. */
  comments(reference: string): CommentRecord[] {
    const { id } = this.issue(reference)
    return this.state.comments.filter(({ issueId }) => issueId === id)
  }

  /** Oldest first. */
  history(reference: string): HistoryRecord[] {
    const { id } = this.issue(reference)
    return this.state.history.filter(({ issueId }) => issueId === id)
  }

  /** Oldest first. */
  documents(projectName: string): DocumentRecord[] {
    const { id } = projectNamed(this.#database, projectName)
    return this.state.documents.filter(({ projectId }) => projectId === id)
  }

  addIssue(seed: SeedIssue): IssueRecord {
    return this.#write(database => addIssue(database, seed))
  }

  addProject(seed: SeedProject): ProjectRecord {
    return this.#write(database => addProject(database, seed))
  }

  moveIssue(reference: string, stateName: string, by?: string): void {
    this.#write(database => {
      const issue = database.issue(reference)
      const { id } = stateNamed(database, issue.teamId, stateName)
      changeIssue(database, issue, { change: { stateId: id }, by: this.#actor(by) })
    })
  }

  editIssue(reference: string, change: { title?: string; description?: string }, by?: string): void {
    this.#write(database => {
      const text =
        change.description === undefined ? {} : { description: rewriteMarkdown(change.description) }
      changeIssue(database, database.issue(reference), {
        change: { ...change, ...text },
        by: this.#actor(by),
      })
    })
  }

  archiveIssue(reference: string, by?: string): void {
    this.#write(database =>
      archiveIssue(database, database.issue(reference), { trash: false, by: this.#actor(by) }),
    )
  }

  trashIssue(reference: string, by?: string): void {
    this.#write(database =>
      archiveIssue(database, database.issue(reference), { trash: true, by: this.#actor(by) }),
    )
  }

  restoreIssue(reference: string, by?: string): void {
    this.#write(database => restoreIssue(database, database.issue(reference), this.#actor(by)))
  }

  /** Gone for good, with all that belongs to it. */
  deleteIssue(reference: string): void {
    this.#write(database => {
      const { state } = database
      const { id } = database.issue(reference)
      state.issues = state.issues.filter(issue => issue.id !== id)
      state.comments = state.comments.filter(({ issueId }) => issueId !== id)
      state.history = state.history.filter(({ issueId }) => issueId !== id)
    })
  }

  addComment(reference: string, body: string, by?: string): CommentRecord {
    return this.#write(database => {
      const { id: issueId } = database.issue(reference)
      const text = rewriteMarkdown(body)
      const comment = { ...database.newEntity(), issueId, body: text, ...this.#actor(by), editedAt: null }
      database.state.comments.push(comment)
      return comment
    })
  }

  deleteComment(id: string): void {
    this.#write(({ state }) => {
      state.comments = state.comments.filter(comment => comment.id !== id)
    })
  }

  addDocument(projectName: string, title: string, content: string): DocumentRecord {
    return this.#write(database => {
      const entity = database.newEntity()
      const author = { creatorId: database.state.viewerId, updatedById: database.state.viewerId }
      const project = projectNamed(database, projectName)
      const text = { title, content: rewriteMarkdown(content), slugId: slugIdOf(entity.id) }
      const document = { ...entity, projectId: project.id, ...text, ...author, trashed: null }
      database.state.documents.push(document)
      return document
    })
  }

  editDocument(id: string, change: { title?: string; content?: string }, by?: string): void {
    this.#write(database => {
      const document = database.get('documents', id, 'Document')
      if (change.title !== undefined) document.title = change.title
      if (change.content !== undefined) document.content = rewriteMarkdown(change.content)
      document.updatedById = this.#actor(by).userId
      database.touch(document)
    })
  }

  trashDocument(id: string): void {
    this.#write(database => {
      const document = database.get('documents', id, 'Document')
      document.trashed = true
      document.archivedAt = database.now().toISOString()
    })
  }

  /** A comment on a document's text, which nobody has resolved yet. */
  commentOnDocument(documentId: string, body: string, by?: string): DocumentCommentRecord {
    return this.#write(database => {
      const comment = { ...database.newEntity(), documentId, body, ...this.#actor(by), resolvedAt: null }
      database.state.documentComments.push(comment)
      return comment
    })
  }

  /** Every identifier of the team changes; the old ones still resolve. */
  renameTeam(key: string, newKey: string): void {
    this.#write(({ state }) => {
      const team = state.teams.find(team => team.key === key)
      if (!team) throw new Error(`the embedded Linear has no team ${key}`)
      team.key = newKey
      for (const issue of state.issues.filter(({ teamId }) => teamId === team.id)) {
        issue.previousIdentifiers.push(issue.identifier)
        issue.identifier = `${newKey}-${issue.number}`
      }
    })
  }

  /** An issue goes to another team, into its state of the same name; the old identifier still resolves. */
  moveToTeam(reference: string, key: string): void {
    this.#write(database => {
      const issue = database.issue(reference)
      const team = database.state.teams.find(team => team.key === key)
      if (!team) throw new Error(`the embedded Linear has no team ${key}`)
      const state = database.get('states', issue.stateId, 'WorkflowState').name
      team.lastNumber += 1
      issue.previousIdentifiers.push(issue.identifier)
      Object.assign(issue, {
        teamId: team.id,
        number: team.lastNumber,
        identifier: `${key}-${team.lastNumber}`,
        stateId: stateNamed(database, team.id, state).id,
      })
      database.touch(issue)
    })
  }

  renameWorkspace(urlKey: string): void {
    this.#write(({ state: { organization } }) => {
      organization.previousUrlKeys = [...organization.previousUrlKeys, organization.urlKey]
      organization.urlKey = urlKey
    })
  }

  #write<T>(work: (database: Database) => T): T {
    return this.#database.write(() => work(this.#database))
  }

  #actor(name: string | undefined): Actor {
    const { users, bots, viewerId } = this.#database.state
    if (name === undefined) return { userId: viewerId, botId: null }
    const bot = bots.find(bot => bot.name === name)
    const user = users.find(user => user.name === name)
    if (!bot && !user) throw new Error(`the embedded Linear knows nobody called ${name}`)
    return { userId: bot ? null : (user?.id ?? null), botId: bot?.id ?? null }
  }
}
