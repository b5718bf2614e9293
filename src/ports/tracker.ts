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

export interface LinearTeam {
  id: string
  key: string
  name: string
  states: WorkflowState[]
}

export interface LinearIssue {
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

export interface LinearOrganization {
  id: string
  slug: string
  previousSlugs: string[]
  name: string
}

/** Organization, teams and issues. Issues that do not exist, or that the key has no access to, are absent. */
export interface LinearData {
  organization: LinearOrganization
  teams: LinearTeam[]
  issues: LinearIssue[]
}

export interface LinearComment {
  id: string
  issueId: string
  body: string
  /** ISO 8601, UTC. */
  createdAt: string
}

export interface LinearEvent {
  /** ISO 8601, UTC. */
  at: string
  from: string | null
  to: string | null
  /** Display name of the user or bot. Null when Linear does not return one. */
  actor: string | null
  /** True when an integration or automation did it. */
  automation: boolean
  changedDescription: boolean
}

export interface IssueDetail {
  id: string
  description: string
  /** Newest first, at most 100. */
  comments: LinearComment[]
  /** Newest first, at most 30. */
  history: LinearEvent[]
}

/** A document of a project. */
export interface LinearDocument {
  id: string
  title: string
  url: string
  /** As Linear returns it. The markup may differ from what was sent. */
  content: string
  /** UUID. Null for a document that belongs to no project. */
  projectId: string | null
  /** Display name of the last editor. Null when Linear does not return one. */
  editor: string | null
  /** True when the last editor is the owner of the API key. */
  own: boolean
  /** Number of unresolved comments. An update of the content would detach them. */
  unresolved: number
  trashed: boolean
}

export interface ProjectDocuments {
  /** UUID of the project. Null when there is none that the key has access to. */
  project: string | null
  /** The documents that exist. Trashed ones are included only when they were requested by id. */
  documents: LinearDocument[]
}

/** A team without its states. */
export type TeamName = Pick<LinearTeam, 'id' | 'key' | 'name'>

/** A rule of a team that moves the issues of a pull request. */
export interface GitAutomation {
  /** Key of the team. */
  team: string
  /** Linear's name for a pull request that is a draft, opened, in review, ready to be merged, or merged. */
  event: 'draft' | 'start' | 'review' | 'mergeable' | 'merge'
  /** Pattern of the target branches. Null for all of them. */
  branch: string | null
  state: WorkflowState
}

export interface LinearProject {
  id: string
  slugId: string
  name: string
}

/** The git automations and projects of a workspace. */
export interface Setup {
  automations: GitAutomation[]
  projects: LinearProject[]
}

/** The number of HTTP requests, and of those with a mutation. */
export interface TrackerUsage {
  requests: number
  mutations: number
}

/**
 * The issue tracker. Every method throws OpsxError: LINEAR_AUTH (the key is refused), LINEAR_RATE_LIMITED,
 * LINEAR_UNAVAILABLE (network, 5xx, timeout, after bounded retries), LINEAR_REFUSED (Linear refused this one operation).
 */
export interface Tracker {
  /**
   * Organization, teams (by key) with their states, and issues (by UUID or identifier). One request per about 1,500
   * issues, because Linear allows 10,000 points per request.
   */
  readLinearData(request: { teams: string[]; issues: string[] }): Promise<LinearData>
  /** Descriptions, comments and history of issues (by UUID), and single comments by id. One request per 27 issues. */
  inspect(request: {
    issues: string[]
    comments: string[]
  }): Promise<{ issues: IssueDetail[]; comments: LinearComment[] }>
  /** Every team that the key has access to. One request per 250 teams. */
  readTeams(): Promise<TeamName[]>
  /**
   * The git automations of teams (by key) that set a state, and the projects (by UUID, slugId or exact name) that exist.
   * One request per 40 teams and 250 projects.
   */
  readSetup(request: { teams: string[]; projects: string[] }): Promise<Setup>
  /** Moves an issue. Returns the state in Linear's answer. */
  move(issueId: string, stateId: string): Promise<WorkflowState>
  /** Creates a comment with the given id. Returns `existed` when a comment has that id already. */
  comment(comment: { id: string; issueId: string; body: string }): Promise<'created' | 'existed'>
  /** Replaces the issue's description. */
  describe(issueId: string, description: string): Promise<void>
  /**
   * Documents by id, and documents of a project (UUID or slugId) with exactly one of these titles. One request per 250
   * documents of the project, and one per 80 documents that were found.
   */
  readDocuments(request: { project: string; ids: string[]; titles: string[] }): Promise<ProjectDocuments>
  /** Creates a document with the given id. Returns null when a document has that id already. */
  createDocument(document: {
    id: string
    projectId: string
    title: string
    content: string
  }): Promise<LinearDocument | null>
  /** Replaces the title and the content of a document. */
  updateDocument(document: { id: string; title: string; content: string }): Promise<LinearDocument>
  usage(): TrackerUsage
}

/** Opens the tracker of a workspace, by its slug in linear.yaml. The slug `local` selects the embedded Linear. */
export interface TrackerAccess {
  hasCredential(settings: { slug: string | null }): Promise<boolean>
  /** Throws KEY_MISSING and ENDPOINT_REFUSED. */
  tracker(settings: { slug: string | null }): Promise<Tracker>
}
