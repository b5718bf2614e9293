import * as z from 'zod/mini'
import { recordOf } from '../../markdown/parse-yaml.ts'
import type { Comparison, FigureKind, OutputParser } from './definition.ts'
import { captureProblem, patternProblem } from './pattern-problem.ts'

const NUMBER = String.raw`\d[\d,_]*(?:\.\d+)?`
const LIMIT = new RegExp(String.raw`^\s*(<=|>=|<|>|=)\s*(-?${NUMBER})(?:\s*\S{1,12})?\s*$`)
const TOLERANCE = new RegExp(String.raw`^\s*±?\s*(${NUMBER})\s*(%)?\s*$`)

type Input = { readonly input?: unknown }

/** A check that reports the clause that `reasonOf` returns. Null means that the value is valid. */
function reasoned<T>(reasonOf: (value: T) => string | null) {
  return z.check<T>(({ value, issues }) => {
    const message = reasonOf(value)
    if (message !== null) issues.push({ code: 'custom', message, input: value })
  })
}

const budgetReason = {
  error: ({ input }: Input) => `a budget must look like "<= 250", not ${shown(input)}`,
}
const toleranceReason = {
  error: ({ input }: Input) => `a tolerance must look like "±5" or "±5%", not ${shown(input)}`,
}

/** `<= 250`. A unit may follow the number. */
const BUDGET = z.pipe(
  z.string(budgetReason).check(z.regex(LIMIT, budgetReason)),
  z.transform((text: string) => {
    const [, comparison, value = ''] = LIMIT.exec(text) ?? []
    return { comparison: comparison as Comparison, value: numberOf(value) }
  }),
)

/** `±5` or `±5%`. */
const TOLERANCE_FIELD = z.pipe(
  z.union(
    [z.number().check(z.nonnegative(toleranceReason)), z.string().check(z.regex(TOLERANCE, toleranceReason))],
    toleranceReason,
  ),
  z.transform((value: string | number) => {
    const [, amount = '', percent] = TOLERANCE.exec(String(value)) ?? []
    return { amount: numberOf(amount), percent: percent === '%' }
  }),
)

const patternReason = { error: ({ input }: Input) => `a pattern must be a string, not ${shown(input)}` }
const PATTERN = z.string(patternReason).check(reasoned(patternProblem))

/** One regular expression or a list of them. */
const PATTERNS = z.pipe(
  z.nullish(z.union([PATTERN, z.array(PATTERN)], patternReason)),
  z.transform((value: string | string[] | null | undefined) => [value ?? []].flat()),
)

const asReason = (words: string) => ({ error: ({ input }: Input) => `as: ${shown(input)} must be ${words}` })
const AS = {
  regex: z.optional(z.enum(['sum', 'last'], asReason('sum or last'))),
  json: z.nullish(
    z.enum(['value', 'length', 'sum', 'names', 'digest'], asReason('value, length, sum, names or digest')),
  ),
}
const SCALAR = z.union([z.string(), z.number(), z.boolean()])
const TEXT = z.pipe(SCALAR, z.transform(String))
const PARSERS = {
  junit: z.object({ junit: z.union([TEXT, z.array(TEXT)]) }),
  lines: z.object({
    lines: z.nullable(TEXT.check(reasoned(filter => (filter === '' ? null : patternProblem(filter))))),
  }),
  regex: z.object({
    regex: TEXT.check(
      reasoned(
        pattern =>
          patternProblem(pattern) ??
          captureProblem(pattern, `${shown(pattern)} must have exactly one capture, the number`),
      ),
    ),
    as: AS.regex,
  }),
  json: z.object({
    json: z.nullable(
      TEXT.check(
        z.regex(/^(?:\/|$)/, { error: ({ input }) => `${shown(input)} is not a JSON pointer such as /a/b` }),
      ),
    ),
    as: AS.json,
  }),
}

/** `number`, `lines`, `exit` or `text`; or a mapping with one of `lines`, `regex`, `json` and `junit`, and optionally `as`. */
export const PARSE = z.union(
  [PARSERS.junit, PARSERS.lines, PARSERS.regex, PARSERS.json, z.enum(['number', 'lines', 'exit', 'text'])],
  {
    error: issue => {
      const map = recordOf(issue.input)
      if (!map)
        return `${shown(issue.input)} is not a parser; use number, lines, regex, json, junit, exit or text`
      const option = Object.keys(PARSERS).findIndex(key => key in map)
      const keys = shown(Object.keys(map).join(', '))
      return (
        firstOf(issue, option)?.message ?? `a parser needs one of lines, regex, json and junit, not ${keys}`
      )
    },
  },
)

/** The first issue of one option of a union. */
export function firstOf(
  issue: { readonly errors?: z.core.$ZodIssue[][] },
  option: number,
): z.core.$ZodIssue | undefined {
  return issue.errors?.[option]?.[0]
}

/** Completes a parser. Its defaults depend on the kind of the figure. */
export function outputParser(
  parse: z.output<typeof PARSE> | null | undefined,
  kind: FigureKind,
): OutputParser {
  const given = parse ?? ({ number: 'number', set: 'lines', digest: 'text' } as const)[kind]
  const as = kind === 'set' ? 'names' : 'count'
  if (given === 'lines') return { type: 'lines', filter: null, as }
  if (typeof given === 'string') return { type: given }
  if ('junit' in given) return { type: 'junit', files: [given.junit].flat() }
  if ('lines' in given) return { type: 'lines', filter: given.lines || null, as }
  if ('regex' in given) return { type: 'regex', pattern: given.regex, take: given.as ?? 'only' }
  const whole = ({ number: 'value', set: 'names', digest: 'digest' } as const)[kind]
  return { type: 'json', pointer: given.json ?? '', as: given.as ?? whole }
}

/** The fields that an entry, a yield and a derived figure have in common. */
export const FIELDS = z.object({
  unit: z.catch(z.optional(z.string()), undefined),
  nouns: PATTERNS,
  lead: PATTERNS,
  not: PATTERNS,
  budget: z.nullish(BUDGET),
  tolerance: z.nullish(TOLERANCE_FIELD),
  parse: z.nullish(PARSE),
})

function numberOf(text: string): number {
  return Number(text.replace(/[,_]/g, ''))
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value))
  return `"${text.length > 60 ? `${text.slice(0, 59)}…` : text}"`
}
