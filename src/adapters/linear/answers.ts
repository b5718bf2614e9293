import * as z from 'zod/mini'
import { OpsxError } from '../../errors.ts'
import type {
  IssueDetail,
  LinearComment,
  LinearData,
  LinearEvent,
  LinearIssue,
  WorkflowState,
} from '../../ports/tracker.ts'

export const STATE = z.object({
  id: z.string(),
  name: z.string(),
  type: z.enum(['triage', 'backlog', 'unstarted', 'started', 'completed', 'canceled', 'duplicate']),
  position: z.number(),
})

const TEAM = z.object({
  id: z.string(),
  key: z.string(),
  name: z.string(),
  states: z.object({ nodes: z.array(STATE) }),
})

const ISSUE = z.object({
  id: z.string(),
  identifier: z.string(),
  previousIdentifiers: z.array(z.string()),
  title: z.string(),
  url: z.string(),
  archivedAt: z.nullable(z.string()),
  trashed: z.nullable(z.boolean()),
  state: STATE,
  team: z.object({ id: z.string(), key: z.string() }),
  project: z.nullable(z.object({ id: z.string(), slugId: z.string(), name: z.string() })),
})

const ISSUES = z.object({ nodes: z.array(ISSUE) })

const BOARD = z.object({
  organization: z.object({
    id: z.string(),
    urlKey: z.string(),
    previousUrlKeys: z.array(z.string()),
    name: z.string(),
  }),
  teams: z.optional(z.object({ nodes: z.array(TEAM) })),
})

const COMMENT = z.object({ id: z.string(), body: z.string(), createdAt: z.string() })

const NAMED = z.nullable(z.object({ name: z.nullable(z.string()) }))

const EVENT = z.object({
  createdAt: z.string(),
  updatedDescription: z.nullable(z.boolean()),
  fromState: NAMED,
  toState: NAMED,
  actor: z.nullable(z.object({ displayName: z.string(), app: z.boolean() })),
  botActor: NAMED,
})

const DETAIL = z.object({
  id: z.string(),
  description: z.nullable(z.string()),
  comments: z.object({ nodes: z.array(COMMENT) }),
  history: z.object({ nodes: z.array(EVENT) }),
})

const INSPECTION = z.object({
  issues: z.optional(z.object({ nodes: z.array(DETAIL) })),
  comments: z.optional(z.object({ nodes: z.array(z.extend(COMMENT, { issueId: z.nullable(z.string()) })) })),
})

const MOVED = z.object({
  issueUpdate: z.object({ success: z.literal(true), issue: z.object({ state: STATE }) }),
})
const DESCRIBED = z.object({ issueUpdate: z.object({ success: z.literal(true) }) })
const COMMENTED = z.object({
  commentCreate: z.object({ success: z.literal(true), comment: z.object({ id: z.string() }) }),
})

/** `blocks` is the number of aliases `issues0`, `issues1`, …. Throws LINEAR_UNAVAILABLE on another shape. */
export function parseBoard(data: unknown, blocks: number): LinearData {
  const { organization, teams } = parsedAnswer(BOARD, data)
  const aliases = Array.from({ length: blocks }, (_, index) => `issues${index}`)
  const answers = data as Record<string, unknown>
  return {
    organization: {
      id: organization.id,
      slug: organization.urlKey,
      previousSlugs: organization.previousUrlKeys,
      name: organization.name,
    },
    teams: (teams?.nodes ?? []).map(team => ({ ...team, states: team.states.nodes })),
    issues: aliases.flatMap(alias => parsedAnswer(ISSUES, answers[alias]).nodes.map(issueOf)),
  }
}

function issueOf({ archivedAt, trashed, ...issue }: z.infer<typeof ISSUE>): LinearIssue {
  return { ...issue, archived: archivedAt !== null, trashed: trashed === true }
}

export interface Inspection {
  issues: IssueDetail[]
  comments: LinearComment[]
}

/** Throws LINEAR_UNAVAILABLE on another shape. */
export function parseInspection(data: unknown): Inspection {
  const { issues, comments } = parsedAnswer(INSPECTION, data)
  return {
    issues: (issues?.nodes ?? []).map(detailOf),
    comments: (comments?.nodes ?? []).map(comment => ({ ...comment, issueId: comment.issueId ?? '' })),
  }
}

function detailOf({ id, description, comments, history }: z.infer<typeof DETAIL>): IssueDetail {
  return {
    id,
    description: description ?? '',
    comments: comments.nodes.map(comment => ({ ...comment, issueId: id })).sort(newestFirst('createdAt')),
    history: history.nodes.map(eventOf).sort(newestFirst('at')),
  }
}

/** An integration has a bot or an app as its actor. Linear's own automations have no actor. */
function eventOf(event: z.infer<typeof EVENT>): LinearEvent {
  const { actor, botActor } = event
  return {
    at: event.createdAt,
    from: event.fromState?.name ?? null,
    to: event.toState?.name ?? null,
    actor: botActor?.name ?? actor?.displayName ?? null,
    automation: botActor !== null || actor === null || actor.app,
    changedDescription: event.updatedDescription === true,
  }
}

function newestFirst<Key extends string>(key: Key) {
  return (a: Record<Key, string>, b: Record<Key, string>) => (a[key] < b[key] ? 1 : a[key] > b[key] ? -1 : 0)
}

/** The state of the issue after the mutation. Throws LINEAR_UNAVAILABLE on another shape. */
export function parseMoved(data: unknown): WorkflowState {
  return parsedAnswer(MOVED, data).issueUpdate.issue.state
}

/** Throws LINEAR_UNAVAILABLE unless the answer confirms the new description. */
export function parseDescribed(data: unknown): void {
  parsedAnswer(DESCRIBED, data)
}

/** Throws LINEAR_UNAVAILABLE unless the answer confirms the new comment. */
export function parseCommented(data: unknown): void {
  parsedAnswer(COMMENTED, data)
}

/** The data in the shape of the schema. Throws LINEAR_UNAVAILABLE on another shape. */
export function parsedAnswer<Schema extends z.ZodMiniType>(schema: Schema, data: unknown): z.output<Schema> {
  const result = z.safeParse(schema, data)
  if (result.success) return result.data
  const path = result.error.issues[0]?.path.map(String).join('.') || 'data'
  throw new OpsxError('LINEAR_UNAVAILABLE', `The answer of Linear has an unexpected form at ${path}.`, {
    hint: 'Check that the endpoint is Linear’s GraphQL API, or update opsx.',
  })
}
