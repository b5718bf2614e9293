import * as z from 'zod/mini'
import { COUNT, documentOf, FINDINGS, TEXT_OR_NULL, TEXTS } from './parts.ts'

const PROJECT = { slug: z.string(), id: TEXT_OR_NULL, name: TEXT_OR_NULL, teams: TEXTS }
const USED = { name: z.string(), changes: COUNT }

export const INIT = documentOf('opsx/init@1', {
  root: z.string(),
  writes: TEXTS,
  gitConfig: TEXTS,
  found: z.object({
    changes: z.object({ open: COUNT, archived: COUNT, bound: COUNT, linked: COUNT, unbound: TEXTS }),
    schemas: z.array(z.object(USED)),
    workspaces: z.array(z.object(USED)),
    teams: z.array(z.object({ key: z.string(), name: TEXT_OR_NULL, id: TEXT_OR_NULL, changes: COUNT })),
    projects: z.array(z.object({ ...PROJECT, changes: COUNT })),
  }),
  configSchema: z.string(),
  registry: z.object({
    dialect: z.enum(['registry', 'legacy', 'none']),
    workspace: TEXT_OR_NULL,
    teams: TEXTS,
  }),
  proposal: z.nullable(
    z.object({
      slug: z.string(),
      organizationId: TEXT_OR_NULL,
      teams: z.array(z.object({ key: z.string(), id: TEXT_OR_NULL, name: TEXT_OR_NULL })),
      projects: z.array(z.object(PROJECT)),
    }),
  ),
  notes: TEXTS,
  next: z.array(z.object({ command: z.string(), does: z.string() })),
})

export const DOCTOR = documentOf('opsx/doctor@1', {
  checks: z.array(z.object({ name: z.string(), says: z.string(), ok: z.boolean() })),
  findings: FINDINGS,
})

export const EXPLAIN = documentOf('opsx/explain@1', {
  pages: z.array(
    z.object({
      code: z.string(),
      family: z.string(),
      exitCode: z.nullable(COUNT),
      means: z.string(),
      why: z.string(),
      fix: z.string(),
      example: z.string(),
    }),
  ),
})

export const COMPLETION = documentOf('opsx/completion@1', { shell: z.string(), script: z.string() })

export const MERGE_DRIVER = documentOf('opsx/merge-driver@1', { path: z.string(), conflict: z.boolean() })

const ISSUE = z.object({
  identifier: z.string(),
  title: z.string(),
  state: z.string(),
  comments: TEXTS,
  description: TEXT_OR_NULL,
})

/** `serve`, `issue` and `board`. */
export const LOCAL = z.union([
  documentOf('opsx/local@1', { url: z.string(), key: z.string() }),
  documentOf('opsx/local@1', { identifier: z.string(), title: z.string() }),
  documentOf('opsx/local@1', { issues: z.array(ISSUE) }),
])

export const ERROR = z.object({
  schema: z.literal('opsx/error@1'),
  ok: z.literal(false),
  error: z.object({ code: z.string(), message: z.string(), hint: TEXT_OR_NULL }),
})

/** `document` is what the command prints in one root: a document of its own schema, or opsx/error@1. */
export const ROOTS = documentOf('opsx/roots@1', {
  roots: z.array(
    z.object({
      root: z.string(),
      exitCode: COUNT,
      document: z.looseObject({ schema: z.string(), ok: z.boolean() }),
    }),
  ),
})
