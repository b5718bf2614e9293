import * as z from 'zod/mini'
import type { Phase } from '../../change/states.ts'

export const COUNT = z.int().check(z.nonnegative())
export const TEXT_OR_NULL = z.nullable(z.string())
export const TEXTS = z.array(z.string())
export const PHASE = z.enum([
  'Backlog',
  'Todo',
  'In Progress',
  'In Review',
  'Done',
  'Canceled',
  'Duplicate',
] satisfies Phase[])
export const DECISION = z.enum(['pass', 'warn', 'fail'])
export const DONE_OF = z.object({ done: COUNT, total: COUNT })
/** A figure's value: a number, a list of names, or a digest. */
export const FIGURE_VALUE = z.union([z.number(), TEXTS, z.string()])

/** A finding in any document. `figure`, `asserted` and `measured` are only in findings about figures. */
export const FINDING = z.object({
  code: z.string(),
  severity: z.enum(['critical', 'warning', 'suggestion', 'info']),
  message: z.string(),
  file: TEXT_OR_NULL,
  line: z.nullable(COUNT),
  column: z.nullable(COUNT),
  change: TEXT_OR_NULL,
  fix: z.string(),
  evidence: z.record(z.string(), z.union([z.string(), z.number()])),
  figure: z.optional(z.union([z.string(), z.number()])),
  asserted: z.optional(z.union([z.string(), z.number()])),
  measured: z.optional(z.union([z.string(), z.number()])),
})
export const FINDINGS = z.array(FINDING)

/** The document of a command: `schema` and `ok`, then keys of its own. */
export function documentOf<Name extends string, Shape extends z.core.$ZodLooseShape>(
  name: Name,
  shape: Shape,
) {
  return z.object({ schema: z.literal(name), ok: z.boolean(), ...shape })
}
