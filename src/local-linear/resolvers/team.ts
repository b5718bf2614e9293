import type { GitAutomationRecord, TeamRecord } from '../records.ts'
import { absent, byId, type Context, type FieldTable, one, page, plain } from './fields.ts'

const ofTeam = ({ teamId }: { teamId: string }, team: TeamRecord) => teamId === team.id

/** Teams, their workflow states and their git automations. */
export const teamTypes: Record<string, FieldTable> = {
  Query: {
    team: byId('teams', 'Team'),
    teams: page('teams'),
    workflowState: byId('states', 'WorkflowState'),
    workflowStates: page('states'),
  },
  Team: {
    ...plain('id key name createdAt updatedAt archivedAt'),
    displayName: (team: TeamRecord) => team.name,
    issueCount: (team: TeamRecord, _: unknown, { database }: Context) =>
      database.state.issues.filter(issue => issue.teamId === team.id && issue.archivedAt === null).length,
    organization: (_: unknown, __: unknown, { database }: Context) => database.state.organization,
    states: page('states', ofTeam),
    gitAutomationStates: page('gitAutomations', ofTeam),
    issues: page('issues', ofTeam),
    projects: page('projects', ({ teamIds }, team: TeamRecord) => teamIds.includes(team.id)),
  },
  WorkflowState: {
    ...plain('id name type position color description createdAt updatedAt archivedAt'),
    ...absent('inheritedFrom'),
    team: one('teams', 'teamId'),
  },
  GitAutomationState: {
    ...plain('id event branchPattern createdAt updatedAt archivedAt'),
    team: one('teams', 'teamId'),
    state: one('states', 'stateId'),
    targetBranch: ({ branchPattern }: GitAutomationRecord) =>
      branchPattern === null ? null : { branchPattern, isRegex: false },
  },
  GitAutomationTargetBranch: plain('branchPattern isRegex'),
}
