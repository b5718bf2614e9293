import type { Database } from './database.ts'
import type { State } from './records.ts'
import { addBot, addIssue, addProject, addTeam, addUser } from './seed-records.ts'

/** What a fresh workspace holds. Ids that are not given derive from the organization's id and the name. */
export interface Seed {
  organization?: { id?: string; name?: string; urlKey?: string; previousUrlKeys?: string[] }
  /** The first one is the viewer. */
  users?: SeedUser[]
  /** Integrations, such as GitHub's. */
  bots?: SeedBot[]
  teams?: SeedTeam[]
  projects?: SeedProject[]
  issues?: SeedIssue[]
}

export interface SeedUser {
  id?: string
  name: string
  email?: string
  app?: boolean
}

export interface SeedBot {
  id?: string
  name: string
  type?: string
}

export interface SeedState {
  id?: string
  name: string
  type: string
  position?: number
}

export interface SeedTeam {
  id?: string
  key: string
  name?: string
  /** In order of creation, so the API returns the last one first. Default: the seven canonical states. */
  states?: SeedState[]
  /** `state` is the name of a state, or null for "no action". */
  gitAutomations?: { event: string; state: string | null; branchPattern?: string }[]
}

export interface SeedProject {
  id?: string
  name: string
  slugId?: string
  description?: string
  /** Keys of its teams; default: the first team. */
  teams?: string[]
}

export interface SeedIssue {
  id?: string
  /** `KEY-number`; the team with that key must exist. */
  identifier: string
  title?: string
  description?: string
  /** Name of a state; default: the team's first one. */
  state?: string
  /** Name of a project. */
  project?: string
  archived?: boolean
  trashed?: boolean
  previousIdentifiers?: string[]
}

const DEFAULT_SEED = {
  organization: {
    id: '6f1e0c5a-1a4b-4c58-9d0e-3f5b7c9a2d10',
    name: 'Local',
    urlKey: 'local',
    previousUrlKeys: [],
  },
  users: [{ name: 'Local User' }],
  bots: [{ name: 'GitHub', type: 'github' }],
  teams: [{ key: 'LOC', name: 'Local' }],
  projects: [{ name: 'First project' }, { name: 'Second project' }],
  issues: [],
} satisfies Seed

export function emptyState(now: Date): State {
  const at = now.toISOString()
  return {
    version: 1,
    sequence: 0,
    viewerId: '',
    organization: {
      ...DEFAULT_SEED.organization,
      createdAt: at,
      updatedAt: at,
      archivedAt: null,
      sequence: 0,
    },
    users: [],
    bots: [],
    teams: [],
    states: [],
    gitAutomations: [],
    projects: [],
    issues: [],
    comments: [],
    documents: [],
    documentComments: [],
    attachments: [],
    history: [],
  }
}

/**
 * Fills an empty workspace: one team, the seven canonical states, two projects, one person and one integration,
 * or what the seed says. Throws when the seed names a team, state or project that it does not hold.
 */
export function plantSeed(database: Database, seed: Seed): void {
  const { organization, users, bots, teams, projects, issues } = { ...DEFAULT_SEED, ...seed }
  Object.assign(database.state.organization, organization)
  for (const user of users) addUser(database, user)
  for (const bot of bots) addBot(database, bot)
  for (const team of teams) addTeam(database, team)
  for (const project of projects) addProject(database, project)
  for (const issue of issues) addIssue(database, issue)
}
