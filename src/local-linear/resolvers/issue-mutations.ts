import type { Database } from '../database.ts'
import { discrepancy, invalidArgument } from '../errors.ts'
import { refuseUnmodelled } from '../filters.ts'
import { archiveIssue, changeIssue, refuseArchived, restoreIssue, stampsOf } from '../issue-changes.ts'
import { rewriteMarkdown } from '../markdown-rewrite.ts'
import type { IssueRecord } from '../records.ts'
import { checkText } from '../text-limits.ts'
import { type Context, type FieldTable, payload } from './fields.ts'

interface IssueInput {
  id?: string
  teamId: string
  title?: string
  description?: string | null
  stateId?: string
  projectId?: string | null
}

/** Throws when the state or the project belongs to another team. */
function checkTeam(
  database: Database,
  teamId: string,
  input: { stateId?: string; projectId?: string | null },
): void {
  if (input.stateId && database.get('states', input.stateId, 'WorkflowState').teamId !== teamId)
    throw discrepancy()
  if (input.projectId && !database.get('projects', input.projectId, 'Project').teamIds.includes(teamId)) {
    throw discrepancy()
  }
}

function createIssue(context: Context, input: IssueInput) {
  const known = ['id', 'teamId', 'title', 'description', 'stateId', 'projectId']
  refuseUnmodelled(input, known, 'IssueCreateInput')
  checkText('description', input.description)
  if (!input.title) throw invalidArgument('title must be given.')
  const { title } = input
  const { database, viewer } = context
  return database.write(() => {
    database.checkNewId('issues', input.id, 'Issue')
    const team = database.get('teams', input.teamId, 'Team')
    checkTeam(database, team.id, input)
    const entity = database.newEntity(input.id)
    const firstState = database.state.states.find(({ teamId }) => teamId === team.id)?.id
    const state = database.get('states', input.stateId ?? firstState ?? '', 'WorkflowState')
    team.lastNumber += 1
    const issue: IssueRecord = {
      ...entity,
      teamId: team.id,
      number: team.lastNumber,
      identifier: `${team.key}-${team.lastNumber}`,
      previousIdentifiers: [],
      title,
      description: input.description ? rewriteMarkdown(input.description) : null,
      stateId: state.id,
      projectId: input.projectId ?? null,
      creatorId: viewer.userId,
      trashed: null,
      ...stampsOf(state.type, entity.createdAt),
    }
    database.state.issues.push(issue)
    return payload(context, { issue })
  })
}

function updateIssue(context: Context, id: string, input: Partial<IssueInput>) {
  refuseUnmodelled(input, ['title', 'description', 'stateId', 'projectId'], 'IssueUpdateInput')
  checkText('description', input.description)
  if (input.title === '' || input.title === null) throw invalidArgument('title must not be empty.')
  const { database, viewer } = context
  return database.write(() => {
    const issue = database.issue(id)
    refuseArchived(issue)
    checkTeam(database, issue.teamId, input)
    const description = input.description ? { description: rewriteMarkdown(input.description) } : {}
    changeIssue(database, issue, { change: { ...input, ...description }, by: viewer })
    return payload(context, { issue })
  })
}

function archive(context: Context, id: string, trash: boolean) {
  const { database, viewer } = context
  return database.write(() => {
    const issue = database.issue(id)
    if (issue.archivedAt === null || (trash && !issue.trashed))
      archiveIssue(database, issue, { trash, by: viewer })
    return payload(context, { entity: issue })
  })
}

function unarchive(context: Context, id: string) {
  const { database, viewer } = context
  return database.write(() => {
    const issue = database.issue(id)
    if (issue.archivedAt !== null) restoreIssue(database, issue, viewer)
    return payload(context, { entity: issue })
  })
}

/** Writing issues. `issueDelete` moves an issue to the trash, as in Linear; no issue is removed. */
export const issueMutations: Record<string, FieldTable> = {
  Mutation: {
    issueCreate: (_: unknown, { input }: { input: IssueInput }, context: Context) =>
      createIssue(context, input),
    issueUpdate: (_: unknown, { id, input }: { id: string; input: Partial<IssueInput> }, context: Context) =>
      updateIssue(context, id, input),
    issueArchive: (_: unknown, { id, trash }: { id: string; trash?: boolean }, context: Context) =>
      archive(context, id, trash === true),
    issueUnarchive: (_: unknown, { id }: { id: string }, context: Context) => unarchive(context, id),
    issueDelete: (_: unknown, args: { id: string }, context: Context) => {
      refuseUnmodelled(args, ['id'], 'Mutation.issueDelete, argument')
      return archive(context, args.id, true)
    },
  },
}
