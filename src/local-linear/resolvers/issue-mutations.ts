import type { Database } from '../database.ts'
import { checkText, discrepancy, invalidArgument } from '../errors.ts'
import { refuseUnsupported } from '../filters.ts'
import { changeIssue, refuseArchived, stampsOf } from '../issue-changes.ts'
import { rewriteMarkdown } from '../markdown-rewrite.ts'
import type { IssueRecord } from '../records.ts'
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

/** Creates an issue with the next number of its team. Throws a GraphQLError for an invalid input. */
export function createIssue({ database, viewer }: Context, input: IssueInput): IssueRecord {
  const known = ['id', 'teamId', 'title', 'description', 'stateId', 'projectId']
  refuseUnsupported(input, known, 'IssueCreateInput')
  checkText('description', input.description)
  if (!input.title) throw invalidArgument('title must be given.')
  const { title } = input
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
    return issue
  })
}

function updateIssue(context: Context, id: string, input: Partial<IssueInput>) {
  refuseUnsupported(input, ['title', 'description', 'stateId', 'projectId'], 'IssueUpdateInput')
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

/** Writing issues. */
export const issueMutations: Record<string, FieldTable> = {
  Mutation: {
    issueCreate: (_: unknown, { input }: { input: IssueInput }, context: Context) =>
      payload(context, { issue: createIssue(context, input) }),
    issueUpdate: (_: unknown, { id, input }: { id: string; input: Partial<IssueInput> }, context: Context) =>
      updateIssue(context, id, input),
  },
}
