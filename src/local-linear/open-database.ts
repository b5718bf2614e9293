import { Database } from './database.ts'
import type { State } from './records.ts'
import type { Seed } from './seed.ts'
import { addBot, addIssue, addProject, addTeam, addUser } from './seed-records.ts'

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

/** The workspace of a state file, or of the seed when there is no such file. */
export function openDatabase(options: {
  now: () => Date
  seed?: Seed | undefined
  stateFile?: string | undefined
}): Database {
  const { now, seed = {}, stateFile } = options
  const seeded = new Database({ now, state: emptyState(now()) })
  plantSeed(seeded, seed)
  return new Database({ now, state: seeded.state, stateFile })
}

function emptyState(now: Date): State {
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
 * unless the seed sets them. Throws when the seed names a team, state or project that is not in it.
 */
function plantSeed(database: Database, seed: Seed): void {
  const { organization, users, bots, teams, projects, issues } = { ...DEFAULT_SEED, ...seed }
  Object.assign(database.state.organization, organization)
  for (const user of users) addUser(database, user)
  for (const bot of bots) addBot(database, bot)
  for (const team of teams) addTeam(database, team)
  for (const project of projects) addProject(database, project)
  for (const issue of issues) addIssue(database, issue)
}
