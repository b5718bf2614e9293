import { slugIdOf } from '../../src/local-linear/addresses.ts'
import { Database } from '../../src/local-linear/database.ts'
import { CANONICAL_STATES, idOf, initialState } from '../../src/local-linear/initial-state.ts'
import { stampsOf } from '../../src/local-linear/issue-changes.ts'
import { rewriteMarkdown } from '../../src/local-linear/markdown-rewrite.ts'
import type { IssueRecord, ProjectRecord, State } from '../../src/local-linear/records.ts'

/** What a workspace has at the beginning. Ids that are not given derive from the names. */
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
  users: [{ name: 'Local User' }],
  bots: [{ name: 'GitHub', type: 'github' }],
  teams: [{ key: 'LOC', name: 'Local' }],
  projects: [{ name: 'First project' }, { name: 'Second project' }],
  issues: [],
} satisfies Seed

/**
 * The workspace that a seed describes. What the seed leaves out is as in a fresh workspace. Throws when the seed names a
 * team, state or project that is not in it.
 */
export function stateOf(seed: Seed, now: Date): State {
  const { organization, users, bots, teams, projects, issues } = { ...DEFAULT_SEED, ...seed }
  const empty = { users: [], bots: [], teams: [], states: [], projects: [], viewerId: '', sequence: 0 }
  const database = new Database({ now: () => now, state: { ...initialState(now), ...empty } })
  Object.assign(database.state.organization, organization)
  for (const user of users) addUser(database, user)
  for (const bot of bots) addBot(database, bot)
  for (const team of teams) addTeam(database, team)
  for (const project of projects) addProject(database, project)
  for (const issue of issues) addIssue(database, issue)
  return database.state
}

function addUser(database: Database, { id, name, email, app = false }: SeedUser): void {
  const handle = name.toLowerCase().replace(/\s+/g, '.')
  const user = database.newEntity(id ?? idOf('user', name))
  database.state.viewerId ||= user.id
  const contact = { displayName: handle, email: email ?? `${handle}@local.invalid` }
  database.state.users.push({ ...user, name, ...contact, active: true, admin: true, app })
}

function addBot(database: Database, { id, name, type = 'integration' }: SeedBot): void {
  const unknown = { subType: null, userDisplayName: null, avatarUrl: null }
  database.state.bots.push({ id: id ?? idOf('bot', name), name, type, ...unknown })
}

function addTeam(database: Database, seed: SeedTeam): void {
  const { key, name = key, states = CANONICAL_STATES as SeedState[], gitAutomations = [] } = seed
  const team = { ...database.newEntity(seed.id ?? idOf('team', key)), key, name, lastNumber: 0 }
  database.state.teams.push(team)
  for (const [index, { id, name, type, position = index }] of states.entries()) {
    const state = database.newEntity(id ?? idOf('state', key, name))
    const looks = { color: '#bec2c8', description: null }
    database.state.states.push({ ...state, teamId: team.id, name, type, position, ...looks })
  }
  for (const { event, state, branchPattern = null } of gitAutomations) {
    const automation = database.newEntity(idOf('automation', key, event, branchPattern ?? ''))
    const stateId = state === null ? null : stateNamed(database, team.id, state).id
    database.state.gitAutomations.push({ ...automation, teamId: team.id, event, stateId, branchPattern })
  }
}

export function addProject(database: Database, seed: SeedProject): ProjectRecord {
  const { state } = database
  const id = seed.id ?? idOf('project', seed.name)
  const keys = seed.teams ?? state.teams.slice(0, 1).map(({ key }) => key)
  const project: ProjectRecord = {
    ...database.newEntity(id),
    name: seed.name,
    description: seed.description ?? '',
    content: null,
    slugId: seed.slugId ?? slugIdOf(id),
    teamIds: state.teams.filter(({ key }) => keys.includes(key)).map(team => team.id),
    creatorId: state.viewerId,
  }
  state.projects.push(project)
  return project
}

export function addIssue(database: Database, seed: SeedIssue): IssueRecord {
  const { state } = database
  const [, key, digits] = /^(.+)-(\d+)$/.exec(seed.identifier) ?? []
  const team = state.teams.find(team => team.key === key) ?? missing(`team of ${seed.identifier}`)
  const workflow = stateNamed(database, team.id, seed.state)
  const entity = database.newEntity(seed.id ?? idOf('issue', seed.identifier))
  const issue: IssueRecord = {
    ...entity,
    archivedAt: seed.archived || seed.trashed ? entity.createdAt : null,
    teamId: team.id,
    number: Number(digits),
    identifier: seed.identifier,
    previousIdentifiers: seed.previousIdentifiers ?? [],
    title: seed.title ?? seed.identifier,
    description: seed.description === undefined ? null : rewriteMarkdown(seed.description),
    stateId: workflow.id,
    projectId: seed.project === undefined ? null : projectNamed(database, seed.project).id,
    creatorId: state.viewerId,
    trashed: seed.trashed ? true : null,
    ...stampsOf(workflow.type, entity.createdAt),
  }
  team.lastNumber = Math.max(team.lastNumber, issue.number)
  state.issues.push(issue)
  return issue
}

/** A state of a team by name, the team's first one without a name. Throws when there is none. */
export function stateNamed({ state }: Database, teamId: string, name?: string) {
  const states = state.states.filter(candidate => candidate.teamId === teamId)
  const found = name === undefined ? states[0] : states.find(candidate => candidate.name === name)
  return found ?? missing(`state ${name}`)
}

export function projectNamed({ state }: Database, name: string): ProjectRecord {
  return state.projects.find(project => project.name === name) ?? missing(`project ${name}`)
}

function missing(what: string): never {
  throw new Error(`the embedded Linear has no ${what}`)
}
