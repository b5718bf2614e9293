import * as z from 'zod/mini'
import type { SchemaIssue } from '../../markdown/key-lines.ts'
import { recordOf } from '../../markdown/parse-yaml.ts'
import type { Definition, Figure, FigureKind, Measure } from './definition.ts'
import { ENTRY, type Entry, NAME } from './definition-file.ts'
import { type FIELDS, outputParser } from './figure-fields.ts'

const JUNIT_YIELDS = new Set(['passed', 'failed', 'skipped', 'total'])

/** Reads one entry of `figures:`. The paths of issues are relative to the entry. `definition` is null with any issue. */
export function parseDefinition(
  name: string,
  data: unknown,
  place: { file: string; line: number },
): { definition: Definition | null; issues: readonly SchemaIssue[] } {
  const refuse = (message: string) => ({ definition: null, issues: [{ path: [], message }] })
  if (!NAME.test(name)) return refuse(`"${name}" is not a valid name; use letters, digits, _ and -`)
  if (!recordOf(data)) return refuse(`${name} is not a mapping`)
  const { data: entry, error } = z.safeParse(ENTRY, data)
  if (!entry) return { definition: null, issues: error.issues }
  const { title = null, inputs } = entry
  const kind = entry.kind ?? 'number'
  const measure = measureOf(entry, kind)
  const figures = figuresOf(name, entry, kind)
  const issues = [...yieldIssues(entry, measure), ...deriveIssues(entry)]
  if (measure === null && figures.some(({ derive }) => derive === null))
    issues.push({ path: [], message: `${name} needs measure or derive` })
  const definition = issues.length > 0 ? null : { name, title, measure, inputs, figures, ...place }
  return { definition, issues }
}

function measureOf({ measure }: Entry, kind: FigureKind): Measure | null {
  if (!measure) return null
  if (typeof measure.manual === 'number') {
    const { manual: value, by, evidence } = measure
    return { type: 'manual', value, by, evidence }
  }
  const { run, parse, runs, aggregate, timeout } = measure
  const parser = outputParser(parse, kind)
  return {
    type: 'command',
    run,
    parser,
    runs: runs ?? 1,
    aggregate: aggregate ?? 'median',
    timeout: timeout ?? 600,
  }
}

/** One figure per yield, or one with the name of the entry; then the derived figures. */
function figuresOf(name: string, entry: Entry, kind: FigureKind): Figure[] {
  const { derive, yields } = entry
  const figure = (
    full: string,
    fields: Partial<z.output<typeof FIELDS>>,
    expression: string | null,
  ): Figure => ({
    name: full,
    kind,
    unit: fields.unit ?? entry.unit ?? '',
    budget: fields.budget ?? null,
    tolerance: fields.tolerance ?? null,
    wording: { nouns: fields.nouns ?? [], lead: fields.lead ?? [], not: fields.not ?? [] },
    derive: expression,
    parser: fields.parse === undefined ? null : outputParser(fields.parse, kind),
    definition: name,
  })
  const own = yields
    ? Object.entries(yields).map(([key, fields]) => figure(`${name}.${key}`, fields ?? {}, null))
    : [figure(name, entry, typeof derive === 'string' ? derive : null)]
  const more = Object.entries(typeof derive === 'object' ? derive : {}).map(([key, value]) => {
    const fields = typeof value === 'string' ? {} : value
    return figure(`${name}.${key}`, fields, typeof value === 'string' ? value : value.expression)
  })
  return [...own.filter(each => !more.some(other => other.name === each.name)), ...more]
}

function yieldIssues({ yields = {} }: Entry, measure: Measure | null): SchemaIssue[] {
  return Object.entries(yields).flatMap(([key, fields]) => {
    const reason = NAME.test(key) ? null : `"${key}" is not a valid name; use letters, digits, _ and -`
    const message = reason ?? unreadYield(key, fields?.parse !== undefined, measure)
    return message === null ? [] : [{ path: ['yields', key], message }]
  })
}

/** Why the output cannot give a value for this yield; null when it can. */
function unreadYield(key: string, hasParser: boolean, measure: Measure | null): string | null {
  if (measure?.type !== 'command' || hasParser) return null
  if (measure.parser.type !== 'junit')
    return `${key} needs its own parse, or the definition must read a junit report`
  return JUNIT_YIELDS.has(key) ? null : `${key} is not one of passed, failed, skipped and total`
}

function deriveIssues({ derive }: Entry): SchemaIssue[] {
  if (typeof derive !== 'object') return []
  const wrong = Object.keys(derive).filter(key => !NAME.test(key))
  return wrong.map(key => ({
    path: ['derive', key],
    message: `"${key}" is not a valid name; use letters, digits, _ and -`,
  }))
}
