import * as z from 'zod/mini'
import { COUNT, documentOf, FIGURE_VALUE, FINDINGS, TEXT_OR_NULL, TEXTS } from './parts.ts'

const PLACE = { file: z.string(), line: COUNT }
const FORMER = z.object({ value: FIGURE_VALUE, at: z.string(), commit: TEXT_OR_NULL })

const LISTED = z.object({
  figure: z.string(),
  kind: z.enum(['number', 'set', 'digest']),
  value: z.nullable(FIGURE_VALUE),
  unit: z.string(),
  state: z.enum(['fresh', 'stale', 'unmeasured']),
  reason: TEXT_OR_NULL,
  budget: TEXT_OR_NULL,
  derive: TEXT_OR_NULL,
  at: TEXT_OR_NULL,
  commit: TEXT_OR_NULL,
  platform: TEXT_OR_NULL,
  previous: z.array(FORMER),
  proven: z.nullable(z.object({ at: z.string(), against: z.string() })),
})

const MEASURED = z.object({
  figure: z.string(),
  outcome: z.enum(['new', 'changed', 'confirmed', 'same', 'elsewhere', 'failed']),
  value: z.nullable(FIGURE_VALUE),
  before: z.nullable(FIGURE_VALUE),
  unit: z.string(),
  agrees: z.boolean(),
  reason: TEXT_OR_NULL,
})

const shape = <Shape extends z.core.$ZodLooseShape>(keys: Shape) => documentOf('opsx/figures@1', keys)

/** One shape for each verb of `opsx figures`. */
export const FIGURES = z.union([
  shape({ figures: z.array(MEASURED), check: z.boolean(), findings: FINDINGS, writes: TEXTS }),
  shape({ figures: z.array(LISTED), findings: FINDINGS }),
  shape({
    summary: z.object({
      bound: COUNT,
      unbound: COUNT,
      formerValues: COUNT,
      critical: COUNT,
      warning: COUNT,
      suggestion: COUNT,
      info: COUNT,
    }),
    findings: FINDINGS,
  }),
  shape({
    edits: z.array(z.object({ ...PLACE, figure: z.string(), before: z.string(), after: z.string() })),
    refused: z.array(z.object({ ...PLACE, figure: z.string(), reason: z.string() })),
    findings: FINDINGS,
    writes: TEXTS,
  }),
  shape({
    proposals: z.array(z.object({ ...PLACE, figures: TEXTS, insert: z.string() })),
    writes: TEXTS,
  }),
  shape({
    settled: z.array(z.object({ figure: z.string(), taken: z.enum(['ours', 'theirs']), stale: z.boolean() })),
    writes: TEXTS,
  }),
  shape({
    proofs: z.array(
      z.object({ figure: z.string(), asserted: z.string(), shown: z.string(), caught: z.boolean() }),
    ),
    writes: TEXTS,
  }),
  shape({ renamed: z.object({ from: z.string(), to: z.string() }), writes: TEXTS }),
])
