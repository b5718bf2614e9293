import { createHash } from 'node:crypto'
import { slugIdOf } from './addresses.ts'
import type { Entity, State } from './records.ts'

const ORGANIZATION = '6f1e0c5a-1a4b-4c58-9d0e-3f5b7c9a2d10'

/** The states of a new Linear team. In Review is created after In Progress, so the API returns it first. */
export const CANONICAL_STATES = [
  { name: 'Backlog', type: 'backlog', position: 0 },
  { name: 'Todo', type: 'unstarted', position: 1 },
  { name: 'In Progress', type: 'started', position: 2 },
  { name: 'In Review', type: 'started', position: 1002 },
  { name: 'Done', type: 'completed', position: 3 },
  { name: 'Canceled', type: 'canceled', position: 4 },
  { name: 'Duplicate', type: 'duplicate', position: 5 },
]

/**
 * A workspace with one team and its seven states, two projects, one user and one integration. The ids are the same in
 * every process, because two processes may serve one directory before either has written the state file.
 */
export function initialState(now: Date): State {
  const at = now.toISOString()
  const newEntity = (sequence: number, id: string): Entity => {
    return { id, createdAt: at, updatedAt: at, archivedAt: null, sequence }
  }
  const organization = { name: 'Local', urlKey: 'local', previousUrlKeys: [] }
  const user = newEntity(1, idOf('user', 'Local User'))
  const team = newEntity(2, idOf('team', 'LOC'))
  const states = CANONICAL_STATES.map((state, index) => ({
    ...newEntity(3 + index, idOf('state', 'LOC', state.name)),
    ...state,
    teamId: team.id,
    color: '#bec2c8',
    description: null,
  }))
  const projects = ['First project', 'Second project'].map((name, index) => {
    const project = newEntity(10 + index, idOf('project', name))
    const text = { name, description: '', content: null, slugId: slugIdOf(project.id) }
    return { ...project, ...text, teamIds: [team.id], creatorId: user.id }
  })
  const account = { displayName: 'local.user', email: 'local.user@local.invalid' }
  const unused = { subType: null, userDisplayName: null, avatarUrl: null }
  return {
    version: 1,
    sequence: 11,
    viewerId: user.id,
    organization: { ...newEntity(0, ORGANIZATION), ...organization },
    users: [{ ...user, ...account, name: 'Local User', active: true, admin: true, app: false }],
    bots: [{ id: idOf('bot', 'GitHub'), name: 'GitHub', type: 'github', ...unused }],
    teams: [{ ...team, key: 'LOC', name: 'Local', lastNumber: 0 }],
    states,
    gitAutomations: [],
    projects,
    issues: [],
    comments: [],
    documents: [],
    documentComments: [],
    history: [],
  }
}

/** A UUID with the form of version 4 that is the same for the same names. */
export function idOf(...names: string[]): string {
  const hex = createHash('sha256')
    .update([ORGANIZATION, ...names].join('\n'))
    .digest('hex')
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) % 4]
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
