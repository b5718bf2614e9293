/** What the embedded Linear stores. Times are ISO 8601 in UTC; ids are UUIDs. */
export interface State {
  version: 1
  /** Grows with every write; breaks ties between equal creation times. */
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
  attachments: AttachmentRecord[]
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

/** An integration or automation, as `ActorBot` shows it. */
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
  /** Null: the team chose "no action". */
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

/** A comment on the text of a document; Linear calls it resolved when somebody settled it. */
export interface DocumentCommentRecord extends Entity {
  documentId: string
  body: string
  userId: string | null
  botId: string | null
  resolvedAt: string | null
}

export interface AttachmentRecord extends Entity {
  issueId: string
  title: string
  subtitle: string | null
  url: string
  metadata: Record<string, unknown>
  creatorId: string | null
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
