import * as z from 'zod/mini'
import type { GitAutomation, LinearProject, Setup, TeamName } from '../../ports/tracker.ts'
import { parsedAnswer, STATE as STATE_ANSWER } from './answers.ts'
import { type Document, queryOf, STATE } from './documents.ts'
import type { Requester } from './requester.ts'
import { dataOf, reading } from './tracker-operations.ts'

/** Teams and projects per request, below Linear's limit of points. */
export const SETUP_TEAMS = 40
export const SETUP_PROJECTS = 250
const TEAMS_PER_PAGE = 250
const AUTOMATIONS_PER_TEAM = 50

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

const TEAM_PAGE = z.object({
  teams: z.object({
    nodes: z.array(z.object({ id: z.string(), key: z.string(), name: z.string() })),
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.nullable(z.string()) }),
  }),
})

const PROJECTS = z.optional(
  z.object({ nodes: z.array(z.object({ id: z.string(), slugId: z.string(), name: z.string() })) }),
)

const AUTOMATION = z.object({
  event: z.enum(['draft', 'start', 'review', 'mergeable', 'merge']),
  targetBranch: z.nullable(z.object({ branchPattern: z.string() })),
  state: z.nullable(STATE_ANSWER),
})

const SETUP = z.object({
  teams: z.optional(
    z.object({
      nodes: z.array(
        z.object({ key: z.string(), gitAutomationStates: z.object({ nodes: z.array(AUTOMATION) }) }),
      ),
    }),
  ),
  byId: PROJECTS,
  bySlug: PROJECTS,
  byName: PROJECTS,
})

/** One page of all teams. */
export function teamsDocument(after: string | null): Document {
  return {
    document: `query OpsxTeams($after: String) {
      teams(first: ${TEAMS_PER_PAGE}, after: $after) {
        nodes { id key name }
        pageInfo { hasNextPage endCursor }
      }
    }`,
    variables: { after },
  }
}

/** Git automations of teams by key, and projects by UUID, slugId and name. At least one list must not be empty. */
export function setupDocument({ teams, projects }: { teams: string[]; projects: string[] }): Document {
  const parameters: string[] = []
  const parts: string[] = []
  const variables: Record<string, unknown> = {}
  const declare = (name: string, type: string, value: unknown) => {
    parameters.push(`$${name}: ${type}`)
    variables[name] = value
  }
  if (teams.length > 0) {
    declare('keys', '[String!]!', teams)
    parts.push(`teams(first: ${teams.length}, filter: { key: { in: $keys } }) {
      nodes { key gitAutomationStates(first: ${AUTOMATIONS_PER_TEAM}) {
        nodes { event targetBranch { branchPattern } ${STATE} }
      } }
    }`)
  }
  const uuids = projects.filter(ref => UUID.test(ref))
  if (uuids.length > 0) {
    declare('uuids', '[ID!]!', uuids)
    parts.push(projectsPart('byId', uuids.length, 'id: { in: $uuids }'))
  }
  if (projects.length > 0) {
    declare('refs', '[String!]!', projects)
    parts.push(projectsPart('bySlug', projects.length, 'slugId: { in: $refs }'))
    parts.push(projectsPart('byName', projects.length, 'name: { in: $refs }'))
  }
  return { document: queryOf('OpsxSetup', parameters, parts), variables }
}

function projectsPart(alias: string, first: number, filter: string): string {
  return `${alias}: projects(first: ${first}, filter: { ${filter} }) { nodes { id slugId name } }`
}

/** See Tracker.readTeams. */
export async function readTeams(requester: Requester): Promise<TeamName[]> {
  const teams: TeamName[] = []
  for (let after: string | null | undefined; after !== null; ) {
    const operation = reading('to list the teams', teamsDocument(after ?? null))
    const page = parsedAnswer(TEAM_PAGE, await dataOf(requester, operation)).teams
    teams.push(...page.nodes)
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null
  }
  return teams
}

/** See Tracker.readSetup. */
export async function readSetup(
  requester: Requester,
  request: { teams: string[]; projects: string[] },
): Promise<Setup> {
  const automations: GitAutomation[] = []
  const projects = new Map<string, LinearProject>()
  const pages = Math.max(request.teams.length / SETUP_TEAMS, request.projects.length / SETUP_PROJECTS)
  for (let page = 0; page < pages; page += 1) {
    const part = {
      teams: request.teams.slice(page * SETUP_TEAMS, (page + 1) * SETUP_TEAMS),
      projects: request.projects.slice(page * SETUP_PROJECTS, (page + 1) * SETUP_PROJECTS),
    }
    const data = await dataOf(
      requester,
      reading('to read the settings of the workspace', setupDocument(part)),
    )
    const { teams, byId, bySlug, byName } = parsedAnswer(SETUP, data)
    automations.push(...(teams?.nodes ?? []).flatMap(automationsOf))
    for (const found of [byId, bySlug, byName])
      for (const project of found?.nodes ?? []) projects.set(project.id, project)
  }
  return { automations, projects: [...projects.values()] }
}

/** An automation without a state does nothing. */
function automationsOf(team: NonNullable<z.infer<typeof SETUP>['teams']>['nodes'][number]): GitAutomation[] {
  return team.gitAutomationStates.nodes.flatMap(({ event, targetBranch, state }) =>
    state ? [{ team: team.key, event, branch: targetBranch?.branchPattern ?? null, state }] : [],
  )
}
