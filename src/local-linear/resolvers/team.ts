import { connectionOf, type PageArguments } from '../connection.ts'
import type { GitAutomationRecord, StateRecord, TeamRecord } from '../records.ts'
import { absent, type Context, type FieldTable, plain } from './fields.ts'
import { issueFilter, projectFilter, stateFilter, teamFilter } from './filter-keys.ts'

const teamOf = ({ teamId }: { teamId: string }, _: unknown, { database }: Context) =>
  database.get('teams', teamId, 'Team')

interface TargetBranch {
  branchPattern: string
  isRegex: boolean
}

/** Teams, their workflow states and what their git automation does. */
export const teamTypes: Record<string, FieldTable> = {
  Query: {
    team: (_: unknown, { id }: { id: string }, { database }: Context) => database.get('teams', id, 'Team'),
    teams: (_: unknown, args: PageArguments, { database }: Context) =>
      connectionOf(database.state.teams, args, { type: 'TeamFilter', keys: teamFilter }),
    workflowState: (_: unknown, { id }: { id: string }, { database }: Context) =>
      database.get('states', id, 'WorkflowState'),
    workflowStates: (_: unknown, args: PageArguments, context: Context) =>
      connectionOf(context.database.state.states, args, {
        type: 'WorkflowStateFilter',
        keys: stateFilter(context),
      }),
  },
  Team: {
    ...plain<TeamRecord>('id', 'key', 'name', 'createdAt', 'updatedAt', 'archivedAt'),
    displayName: (team: TeamRecord) => team.name,
    issueCount: (team: TeamRecord, _: unknown, { database }: Context) =>
      database.state.issues.filter(issue => issue.teamId === team.id && issue.archivedAt === null).length,
    organization: (_: unknown, __: unknown, { database }: Context) => database.state.organization,
    states: (team: TeamRecord, args: PageArguments, context: Context) =>
      connectionOf(
        context.database.state.states.filter(({ teamId }) => teamId === team.id),
        args,
        { type: 'WorkflowStateFilter', keys: stateFilter(context) },
      ),
    gitAutomationStates: (team: TeamRecord, args: PageArguments, { database }: Context) =>
      connectionOf(
        database.state.gitAutomations.filter(({ teamId }) => teamId === team.id),
        args,
        { type: 'GitAutomationState', keys: {} },
      ),
    issues: (team: TeamRecord, args: PageArguments, context: Context) =>
      connectionOf(
        context.database.state.issues.filter(({ teamId }) => teamId === team.id),
        args,
        { type: 'IssueFilter', keys: issueFilter(context) },
      ),
    projects: (team: TeamRecord, args: PageArguments, { database }: Context) =>
      connectionOf(
        database.state.projects.filter(({ teamIds }) => teamIds.includes(team.id)),
        args,
        { type: 'ProjectFilter', keys: projectFilter },
      ),
  },
  WorkflowState: {
    ...plain<StateRecord>('id', 'name', 'type', 'position', 'color', 'description'),
    ...plain<StateRecord>('createdAt', 'updatedAt', 'archivedAt'),
    ...absent('inheritedFrom'),
    team: teamOf,
  },
  GitAutomationState: {
    ...plain<GitAutomationRecord>('id', 'event', 'branchPattern', 'createdAt', 'updatedAt', 'archivedAt'),
    team: teamOf,
    state: ({ stateId }: GitAutomationRecord, _: unknown, { database }: Context) =>
      database.find('states', stateId),
    targetBranch: ({ branchPattern }: GitAutomationRecord) =>
      branchPattern === null ? null : { branchPattern, isRegex: false },
  },
  GitAutomationTargetBranch: plain<TargetBranch>('branchPattern', 'isRegex'),
}
