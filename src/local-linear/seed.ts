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
