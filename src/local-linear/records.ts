/** The stored workspace. Times are ISO 8601 in UTC; ids are UUIDs. */
export interface State {
  version: 1
  /** Grows with every write. It orders records that have the same creation time. */
  sequence: number
  /** The user behind the API key. */
  viewerId: string
  organization: OrganizationRecord
  users: UserRecord[]
  bots: BotRecord[]
  teams: TeamRecord[]
  states: StateRecord[]
  gitAutomations: GitAutomationRecord[]
  projects: ProjectRecord[]
  issues: IssueRecord[]
  comments: CommentRecord[]
  documents: DocumentRecord[]
  documentComments: DocumentCommentRecord[]
  history: HistoryRecord[]
}

export interface Entity {
  id: string
  createdAt: string
  updatedAt: string
  archivedAt: string | null
  sequence: number
}

export interface OrganizationRecord extends Entity {
  name: string
  urlKey: string
  previousUrlKeys: string[]
}

export interface UserRecord extends Entity {
  name: string
  displayName: string
  email: string
  active: boolean
  admin: boolean
  app: boolean
}

/** An integration or automation; `ActorBot` in the API. */
export interface BotRecord {
  id: string
  name: string
  type: string
  subType: string | null
  userDisplayName: string | null
  avatarUrl: string | null
}

export interface TeamRecord extends Entity {
  key: string
  name: string
  /** Number of the newest issue. */
  lastNumber: number
}

export interface StateRecord extends Entity {
  teamId: string
  name: string
  type: string
  position: number
  color: string
  description: string | null
}

export interface GitAutomationRecord extends Entity {
  teamId: string
  event: string
  /** Null when the team chose "no action". */
  stateId: string | null
  branchPattern: string | null
}

export interface ProjectRecord extends Entity {
  name: string
  description: string
  content: string | null
  slugId: string
  teamIds: string[]
  creatorId: string | null
}

export interface IssueRecord extends Entity {
  teamId: string
  number: number
  identifier: string
  previousIdentifiers: string[]
  title: string
  description: string | null
  stateId: string
  projectId: string | null
  creatorId: string | null
  trashed: boolean | null
  startedAt: string | null
  completedAt: string | null
  canceledAt: string | null
}

export interface CommentRecord extends Entity {
  issueId: string
  body: string
  userId: string | null
  botId: string | null
  editedAt: string | null
}

export interface DocumentRecord extends Entity {
  projectId: string
  title: string
  content: string | null
  slugId: string
  creatorId: string | null
  updatedById: string | null
  trashed: boolean | null
}

/** A comment on the text of a document. `resolvedAt` is null while the comment is unresolved. */
export interface DocumentCommentRecord extends Entity {
  documentId: string
  body: string
  userId: string | null
  botId: string | null
  resolvedAt: string | null
}

export interface HistoryRecord extends Entity {
  issueId: string
  actorId: string | null
  botId: string | null
  fromStateId: string | null
  toStateId: string | null
  fromTitle: string | null
  toTitle: string | null
  fromProjectId: string | null
  toProjectId: string | null
  updatedDescription: boolean | null
  archived: boolean | null
  trashed: boolean | null
}
