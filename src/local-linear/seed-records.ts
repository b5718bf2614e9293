import { createHash } from 'node:crypto'
import type { Database } from './database.ts'
import { stampsOf } from './issue-changes.ts'
import { rewriteMarkdown } from './markdown-rewrite.ts'
import type { IssueRecord, ProjectRecord } from './records.ts'
import type { SeedBot, SeedIssue, SeedProject, SeedState, SeedTeam, SeedUser } from './seed.ts'

/** The states of a new Linear team. In Review is created after In Progress, so the API returns it before. */
export const CANONICAL_STATES: SeedState[] = [
  { name: 'Backlog', type: 'backlog', position: 0 },
  { name: 'Todo', type: 'unstarted', position: 1 },
  { name: 'In Progress', type: 'started', position: 2 },
  { name: 'In Review', type: 'started', position: 1002 },
  { name: 'Done', type: 'completed', position: 3 },
  { name: 'Canceled', type: 'canceled', position: 4 },
  { name: 'Duplicate', type: 'duplicate', position: 5 },
]

export function addUser(database: Database, { id, name, email, app = false }: SeedUser): void {
  const handle = name.toLowerCase().replace(/\s+/g, '.')
  const user = database.newEntity(id ?? idOf(database, 'user', name))
  database.state.viewerId ||= user.id
  const contact = { displayName: handle, email: email ?? `${handle}@local.invalid` }
  database.state.users.push({ ...user, name, ...contact, active: true, admin: true, app })
}

export function addBot(database: Database, { id, name, type = 'integration' }: SeedBot): void {
  const unknown = { subType: null, userDisplayName: null, avatarUrl: null }
  database.state.bots.push({ id: id ?? idOf(database, 'bot', name), name, type, ...unknown })
}

export function addTeam(database: Database, seed: SeedTeam): void {
  const { key, name = key, states = CANONICAL_STATES, gitAutomations = [] } = seed
  const team = { ...database.newEntity(seed.id ?? idOf(database, 'team', key)), key, name, lastNumber: 0 }
  database.state.teams.push(team)
  for (const [index, { id, name, type, position = index }] of states.entries()) {
    const state = database.newEntity(id ?? idOf(database, 'state', key, name))
    const looks = { color: '#bec2c8', description: null }
    database.state.states.push({ ...state, teamId: team.id, name, type, position, ...looks })
  }
  for (const { event, state, branchPattern = null } of gitAutomations) {
    const automation = database.newEntity(idOf(database, 'automation', key, event, branchPattern ?? ''))
    const stateId = state === null ? null : stateNamed(database, team.id, state).id
    database.state.gitAutomations.push({ ...automation, teamId: team.id, event, stateId, branchPattern })
  }
}

export function addProject(database: Database, seed: SeedProject): ProjectRecord {
  const { state } = database
  const id = seed.id ?? idOf(database, 'project', seed.name)
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
  const entity = database.newEntity(seed.id ?? idOf(database, 'issue', seed.identifier))
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

export function slugIdOf(id: string): string {
  return id.replaceAll('-', '').slice(0, 12)
}

/** A UUID of version 4's shape that is the same for the same names in the same organization. */
function idOf({ state }: Database, ...names: string[]): string {
  const hex = createHash('sha256')
    .update([state.organization.id, ...names].join('\n'))
    .digest('hex')
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) % 4]
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

function missing(what: string): never {
  throw new Error(`the embedded Linear has no ${what}`)
}
