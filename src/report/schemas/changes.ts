import * as z from 'zod/mini'
import {
  COUNT,
  DECISION,
  DONE_OF,
  documentOf,
  FINDING,
  FINDINGS,
  PHASE,
  TEXT_OR_NULL,
  TEXTS,
} from './parts.ts'

const TASK_COUNTS = { all: DONE_OF, leaf: DONE_OF, deferred: COUNT, dropped: COUNT }

const ARTIFACT = z.object({
  artifact: z.string(),
  file: z.string(),
  state: z.enum(['done', 'template', 'ready', 'waiting', 'skipped']),
  requires: TEXTS,
  waitsFor: TEXTS,
})

const STATUS_CHANGE = z.object({
  change: z.string(),
  path: z.string(),
  archived: z.boolean(),
  schema: TEXT_OR_NULL,
  phase: PHASE,
  binding: z.object({
    source: z.enum(['frontmatter', 'change-file', 'link', 'none']),
    id: TEXT_OR_NULL,
    identifier: TEXT_OR_NULL,
    url: TEXT_OR_NULL,
    team: TEXT_OR_NULL,
    project: TEXT_OR_NULL,
  }),
  board: z.object({
    state: TEXT_OR_NULL,
    relation: z.enum(['in-step', 'behind', 'ahead', 'terminal', 'unknown']),
  }),
  ledger: z.object({
    entries: COUNT,
    lastSyncedState: TEXT_OR_NULL,
    lastSyncedAt: TEXT_OR_NULL,
    reviewRound: z.nullable(COUNT),
    maxReviewRounds: COUNT,
  }),
  tasks: z.nullable(z.object(TASK_COUNTS)),
  verify: z.object({
    file: TEXT_OR_NULL,
    decision: z.enum(['pass', 'warn', 'fail', 'undecided', 'none']),
  }),
  artifacts: z.optional(z.array(ARTIFACT)),
  next: z.optional(
    z.nullable(
      z.object({
        do: z.enum(['write', 'work', 'verify', 'archive']),
        artifact: TEXT_OR_NULL,
        file: TEXT_OR_NULL,
      }),
    ),
  ),
})

export const STATUS = documentOf('opsx/status@1', { changes: z.array(STATUS_CHANGE), findings: FINDINGS })

const COUNTS = { critical: COUNT, warning: COUNT, suggestion: COUNT, info: COUNT }
const REVIEW_COUNTS = { ...COUNTS, carried: COUNT, preExisting: COUNT }

export const VERIFY = documentOf('opsx/verify@1', {
  summary: z.object({
    changes: COUNT,
    pass: COUNT,
    warn: COUNT,
    fail: COUNT,
    ...REVIEW_COUNTS,
    gating: COUNT,
  }),
  changes: z.array(
    z.object({
      change: z.string(),
      decision: DECISION,
      phase: PHASE,
      ready: z.boolean(),
      counts: z.object(REVIEW_COUNTS),
    }),
  ),
  findings: z.array(
    z.extend(FINDING, { preExisting: z.boolean(), gates: z.boolean(), carried: TEXT_OR_NULL }),
  ),
  against: TEXT_OR_NULL,
  writes: TEXTS,
})

const TASK = z.object({
  id: TEXT_OR_NULL,
  text: z.string(),
  status: z.enum(['open', 'done', 'deferred', 'dropped']),
  line: COUNT,
  /** True for a task with tasks below it. */
  parent: z.boolean(),
})

export const TASKS = documentOf('opsx/tasks@1', {
  file: z.string(),
  tasks: z.array(TASK),
  ...TASK_COUNTS,
  changed: z.array(TASK),
  writes: TEXTS,
})

export const NEW = documentOf('opsx/new@1', {
  change: z.string(),
  path: z.string(),
  changeSchema: z.string(),
  writes: TEXTS,
  left: z.array(z.object({ artifact: z.string(), file: z.string() })),
})
