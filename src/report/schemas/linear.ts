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

const ACTION_TYPE = z.enum(['comment', 'move', 'describe', 'record', 'escalate', 'mirror'])

const SYNC_KEYS = {
  plan: z.array(
    z.object({
      change: z.string(),
      issue: TEXT_OR_NULL,
      actions: z.array(
        z.object({ type: ACTION_TYPE, from: TEXT_OR_NULL, to: TEXT_OR_NULL, reason: z.string() }),
      ),
    }),
  ),
  results: z.array(
    z.object({
      change: z.string(),
      action: ACTION_TYPE,
      outcome: z.enum(['done', 'failed', 'existed', 'skipped']),
      error: TEXT_OR_NULL,
    }),
  ),
  requests: COUNT,
  mutations: COUNT,
  writes: TEXTS,
  published: z.nullable(
    z.object({
      commit: TEXT_OR_NULL,
      pushed: TEXT_OR_NULL,
      skipped: z.array(z.object({ path: z.string(), reason: z.string() })),
      commands: TEXTS,
    }),
  ),
  findings: FINDINGS,
}

export const SYNC = documentOf('opsx/sync@1', SYNC_KEYS)

export const BIND = documentOf('opsx/bind@1', { change: z.string(), issue: z.string(), ...SYNC_KEYS })

export const ARCHIVE = documentOf('opsx/archive@1', {
  change: z.string(),
  from: TEXT_OR_NULL,
  to: TEXT_OR_NULL,
  dryRun: z.boolean(),
  archived: z.boolean(),
  specs: z.array(
    z.object({
      capability: z.string(),
      path: z.string(),
      action: z.enum(['create', 'update', 'delete', 'none']),
    }),
  ),
  figures: TEXT_OR_NULL,
  documents: TEXTS,
  forced: TEXTS,
  findings: z.array(z.extend(FINDING, { forced: z.boolean() })),
  resumed: z.nullable(z.object({ change: z.string(), outcome: z.enum(['resumed', 'rolled back']) })),
  writes: TEXTS,
  board: z.nullable(z.object(SYNC_KEYS)),
  failure: z.nullable(z.object({ code: z.string(), message: z.string(), hint: TEXT_OR_NULL })),
})

export const AUDIT = documentOf('opsx/audit@1', {
  capabilities: z.array(
    z.object({
      capability: z.string(),
      state: z.enum(['equal', 'differs', 'unknown']),
      since: TEXT_OR_NULL,
      requirements: TEXTS,
    }),
  ),
  findings: FINDINGS,
})

const NEXT_TRY = z.object({
  change: z.string(),
  transition: z.string(),
  last: z.nullable(z.object({ outcome: z.string(), at: TEXT_OR_NULL })),
  waits: TEXT_OR_NULL,
})

export const WATCH = documentOf('opsx/watch@1', {
  at: z.string(),
  changes: z.array(
    z.object({
      change: z.string(),
      path: z.string(),
      phase: PHASE,
      tasks: z.nullable(DONE_OF),
      decision: DECISION,
      critical: COUNT,
      warning: COUNT,
      worst: z.nullable(FINDING),
      bound: z.boolean(),
      sync: z.nullable(NEXT_TRY),
    }),
  ),
})

const ENTRY = { at: z.string(), transition: z.string(), outcome: z.string(), note: TEXT_OR_NULL }

export const REVIEW = documentOf('opsx/review@1', {
  change: z.string(),
  verb: z.enum(['approve', 'reject', 'reset']),
  entry: z.object({ ...ENTRY, evidence: z.optional(TEXT_OR_NULL) }),
  written: z.boolean(),
  writes: TEXTS,
})

const LANE = z.object({
  change: z.string(),
  stays: z.array(z.object({ phase: PHASE, from: z.string(), to: TEXT_OR_NULL })),
  cycleSeconds: z.nullable(z.number()),
  ended: z.boolean(),
  back: COUNT,
})

const MOVED = z.object({
  change: z.string(),
  issue: z.string(),
  state: z.string(),
  phase: PHASE,
  relation: z.enum(['behind', 'ahead', 'terminal']),
  by: TEXT_OR_NULL,
  at: TEXT_OR_NULL,
  automation: z.nullable(z.boolean()),
})

export const LEDGER = documentOf('opsx/ledger@1', {
  entries: z.array(
    z.object({
      change: z.string(),
      at: TEXT_OR_NULL,
      transition: TEXT_OR_NULL,
      outcome: TEXT_OR_NULL,
      note: TEXT_OR_NULL,
      evidence: TEXT_OR_NULL,
    }),
  ),
  dropped: COUNT,
  failed: COUNT,
  again: z.array(NEXT_TRY),
  lanes: z.array(LANE),
  moved: z.nullable(z.array(MOVED)),
})

export const LEDGER_LINT = documentOf('opsx/ledger-lint@1', {
  changes: COUNT,
  entries: COUNT,
  findings: FINDINGS,
  repairs: z.optional(
    z.array(
      z.object({
        file: z.string(),
        done: z.boolean(),
        conflicts: TEXTS,
        body: z.boolean(),
        stale: TEXTS,
      }),
    ),
  ),
  writes: z.optional(TEXTS),
})
