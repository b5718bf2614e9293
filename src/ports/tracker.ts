/** Linear's own category of a workflow state. */
export type StateType =
  | 'triage'
  | 'backlog'
  | 'unstarted'
  | 'started'
  | 'completed'
  | 'canceled'
  | 'duplicate'

export interface WorkflowState {
  id: string
  name: string
  type: StateType
  position: number
}

export interface BoardTeam {
  id: string
  key: string
  name: string
  states: WorkflowState[]
}

export interface BoardIssue {
  id: string
  identifier: string
  previousIdentifiers: string[]
  title: string
  url: string
  state: WorkflowState
  team: { id: string; key: string }
  project: { id: string; slugId: string; name: string } | null
  archived: boolean
  trashed: boolean
}

export interface BoardOrganization {
  id: string
  slug: string
  previousSlugs: string[]
  name: string
}

/** What one request of the board answers. Issues that do not exist, or that the key may not see, are absent. */
export interface Board {
  organization: BoardOrganization
  teams: BoardTeam[]
  issues: BoardIssue[]
}

export interface BoardComment {
  id: string
  issueId: string
  body: string
  /** ISO 8601, UTC. */
  createdAt: string
}

export interface BoardEvent {
  /** ISO 8601, UTC. */
  at: string
  from: string | null
  to: string | null
  /** Display name of the person or bot; null when Linear does not say. */
  actor: string | null
  /** True when an integration or automation did it. */
  automation: boolean
  changedDescription: boolean
}

export interface IssueDetail {
  id: string
  description: string
  /** Newest first, at most 100. */
  comments: BoardComment[]
  /** Newest first, at most 30. */
  history: BoardEvent[]
}

/** A document of a project. */
export interface BoardDocument {
  id: string
  title: string
  url: string
  /** As Linear writes it: the markup may differ from what was sent. */
  content: string
  /** UUID; null for a document that belongs to something else. */
  projectId: string | null
  /** Display name of who edited it last; null when Linear does not say. */
  editor: string | null
  /** True when that was the owner of the key. */
  own: boolean
  /** Comments that nobody resolved; an update of the content would detach them. */
  unresolved: number
  trashed: boolean
}

export interface ProjectDocuments {
  /** UUID of the project; null when there is none that this key may see. */
  project: string | null
  /** Those asked for that exist, trashed ones included when they were asked for by id. */
  documents: BoardDocument[]
}

/** A team by its names alone. */
export type TeamName = Pick<BoardTeam, 'id' | 'key' | 'name'>

/** When a pull request moves the issues of a team that it is linked to. */
export interface GitAutomation {
  /** Key of the team. */
  team: string
  /** As Linear names it: a pull request that is drafted, opened, in review, ready to be merged, or merged. */
  event: 'draft' | 'start' | 'review' | 'mergeable' | 'merge'
  /** Pattern of the branches it is about; null for all of them. */
  branch: string | null
  state: WorkflowState
}

export interface BoardProject {
  id: string
  slugId: string
  name: string
}

/** How a workspace is set up, as far as it concerns what opsx does there. */
export interface Setup {
  automations: GitAutomation[]
  projects: BoardProject[]
}

/** How much a run cost. `requests` counts every HTTP request, `mutations` those that carried a mutation. */
export interface TrackerUsage {
  requests: number
  mutations: number
}

/**
 * The issue tracker. Every method throws OpsxError: LINEAR_AUTH (the key is refused), LINEAR_RATE_LIMITED,
 * LINEAR_UNAVAILABLE (network, 5xx, timeout, after bounded retries), LINEAR_REFUSED (Linear said no to this one thing).
 */
export interface Tracker {
  /**
   * Organization, teams (by key) with their states, and issues (UUID or identifier), in one request per about 1,500 issues, which is what the 10,000-point cap allows.
   */
  readBoard(request: { teams: string[]; issues: string[] }): Promise<Board>
  /** Descriptions, comments and history of a few issues (by UUID), plus single comments by id, in one request per 27 issues. */
  inspect(request: {
    issues: string[]
    comments: string[]
  }): Promise<{ issues: IssueDetail[]; comments: BoardComment[] }>
  /** Every team that the key may see, in one request per 250. */
  readTeams(): Promise<TeamName[]>
  /**
   * The git automations of teams (by key) that set a state, and the projects (by UUID, slugId or exact name) that exist,
   * in one request per 40 teams and 250 projects.
   */
  readSetup(request: { teams: string[]; projects: string[] }): Promise<Setup>
  /** Moves an issue and returns the state that Linear says it is in now. */
  move(issueId: string, stateId: string): Promise<WorkflowState>
  /** Creates a comment with the caller's id; `existed` when that very id is already there. */
  comment(comment: { id: string; issueId: string; body: string }): Promise<'created' | 'existed'>
  /** Replaces the issue's description. */
  describe(issueId: string, description: string): Promise<void>
  /**
   * Documents by id, and those of a project (UUID or slugId) that have one of these titles exactly, over all its pages: one
   * request per 250 documents of the project, and one per 80 of those found.
   */
  readDocuments(request: { project: string; ids: string[]; titles: string[] }): Promise<ProjectDocuments>
  /** Creates a document with the caller's id; null when that very id is already there. */
  createDocument(document: {
    id: string
    projectId: string
    title: string
    content: string
  }): Promise<BoardDocument | null>
  /** Replaces title and content of a document. */
  updateDocument(document: { id: string; title: string; content: string }): Promise<BoardDocument>
  usage(): TrackerUsage
}

/** Opens the tracker of a workspace, by its slug in linear.yaml; `local` is the embedded Linear. */
export interface TrackerAccess {
  hasCredential(settings: { slug: string | null }): Promise<boolean>
  /** Throws KEY_MISSING and ENDPOINT_REFUSED. */
  tracker(settings: { slug: string | null }): Promise<Tracker>
}
