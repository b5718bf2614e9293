import * as z from 'zod/mini'
import { recordOf } from '../../markdown/parse-yaml.ts'
import { FIELDS, firstOf, PARSE } from './figure-fields.ts'
import { captureProblem, patternProblem } from './pattern-problem.ts'

export const NAME = /^[a-zA-Z][a-zA-Z0-9_-]*$/
const LONGEST_TIMEOUT = 3600

const MANUAL_REASON = 'a manual value needs manual: <number>, by: <who> and evidence: <file:line>'
const MEASURE_REASON = 'measure needs a command under run or a value under manual'

function whole(most: number, reason: string) {
  return z.nullish(z.int(reason).check(z.gte(1, reason), z.lte(most, reason)))
}

const MANUAL = z.object({ manual: z.number(), by: z.string(), evidence: z.string() })
const COMMAND = z.object(
  {
    manual: z.optional(z.never(MANUAL_REASON)),
    run: z.string(MEASURE_REASON).check(z.regex(/\S/, MEASURE_REASON)),
    parse: z.nullish(PARSE),
    runs: whole(100, 'runs must be a whole number from 1 to 100'),
    timeout: whole(LONGEST_TIMEOUT, `timeout must be a whole number of seconds from 1 to ${LONGEST_TIMEOUT}`),
    aggregate: z.nullish(
      z.enum(['median', 'min', 'max', 'mean'], 'aggregate must be median, min, max or mean'),
    ),
  },
  MEASURE_REASON,
)

/** Treats a value that is not a mapping as absent. */
function mappingOnly<T extends z.ZodMiniType>(schema: T) {
  const mapping = z.optional(schema) as z.ZodMiniType<
    z.output<T> | undefined,
    Record<string, unknown> | undefined
  >
  return z.optional(z.pipe(z.transform(recordOf), mapping))
}

const DERIVED_REASON = 'a derived figure must be a name with an expression'
const DERIVED = z.union(
  [z.string(), z.extend(FIELDS, { expression: z.string(DERIVED_REASON) })],
  DERIVED_REASON,
)

/** One string or a list of strings. Other values are dropped. */
const TEXTS = z.pipe(
  z.catch(z.nullish(z.union([z.string(), z.array(z.catch(z.nullable(z.string()), null))])), null),
  z.transform((value: string | (string | null)[] | null | undefined) =>
    [value ?? []].flat().filter(each => each !== null),
  ),
)

/** One entry of `figures:`. */
export const ENTRY = z.extend(FIELDS, {
  title: z.catch(z.nullish(z.string()), null),
  kind: z.nullish(z.enum(['number', 'set', 'digest'], 'kind must be number, set or digest')),
  measure: z.nullish(z.union([MANUAL, COMMAND], { error: issue => firstOf(issue, 1)?.message })),
  inputs: TEXTS,
  yields: mappingOnly(z.record(z.string(), mappingOnly(FIELDS))),
  derive: z.optional(
    z.pipe(
      z.transform(value => (typeof value === 'string' ? value : recordOf(value))),
      z.optional(z.union([z.string(), z.record(z.string(), DERIVED)])),
    ),
  ),
})
export type Entry = z.output<typeof ENTRY>

const CLAIM_REASON = 'a claim needs file, pattern and figure'

/** A claim about a file that cannot contain comments. The one capture of the pattern is the number. */
export const CLAIM = z
  .object(
    { file: z.string(CLAIM_REASON), pattern: z.string(CLAIM_REASON), figure: z.string(CLAIM_REASON) },
    CLAIM_REASON,
  )
  .check(
    z.check(({ value, issues }) => {
      const { pattern, figure } = value
      const message =
        patternProblem(pattern) ?? captureProblem(pattern, `the claim of ${figure} needs exactly one capture`)
      if (message !== null) issues.push({ code: 'custom', message, input: value })
    }),
  )

export const LISTS = z.object({ scan: TEXTS, history: TEXTS })

/** The whole file, for its JSON Schema. opsx parses each entry and claim alone, so that one mistake does not hide the rest. */
export const DEFINITION_FILE = z.extend(LISTS, {
  figures: z.nullish(z.record(z.string().check(z.regex(NAME)), ENTRY)),
  claims: z.nullish(z.union([CLAIM, z.array(CLAIM)])),
})
