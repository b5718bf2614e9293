import { recordOf } from '../../markdown/parse-yaml.ts'
import type { Definition, Figure, FigureKind, Measure, Wording } from './definition.ts'
import { type Field, limitField, parserField, patternsField, toleranceField } from './figure-fields.ts'

interface Problem {
  /** Keys below the entry. */
  path: string[]
  reason: string
}

const NAME = /^[a-z][a-z0-9_-]*$/i
const JUNIT_YIELDS = new Set(['passed', 'failed', 'skipped', 'total'])
const LONGEST_TIMEOUT = 3600

/** Reads one entry of `figures:`; without a definition when nothing of it can be used. */
export function parseDefinition(
  name: string,
  entry: unknown,
  place: { file: string; line: number },
): { definition: Definition | null; problems: Problem[] } {
  const problems: Problem[] = []
  const map = recordOf(entry)
  const report = (path: string[], reason: string) => problems.push({ path, reason })
  if (!NAME.test(name)) report([], `"${name}" is no name: letters, digits, _ and -`)
  else if (!map) report([], `${name} is no mapping`)
  if (!NAME.test(name) || !map) return { definition: null, problems }
  const kind = kindOf(map.kind, reason => report(['kind'], reason))
  const measure = measureOf(map.measure, kind, reason => report(['measure'], reason))
  const figures = figuresOf({ name, map, kind, measure, report })
  const unmeasured = figures.some(({ derive }) => derive === null) && measure === null
  if (unmeasured && map.measure === undefined) report([], `${name} has neither measure nor derive`)
  const title = typeof map.title === 'string' ? map.title : null
  const definition = { name, title, measure, inputs: textsOf(map.inputs), figures, ...place }
  return { definition: problems.length === 0 ? definition : null, problems }
}

function kindOf(value: unknown, report: (reason: string) => void): FigureKind {
  if (value === undefined || value === null) return 'number'
  if (value === 'number' || value === 'set' || value === 'digest') return value
  report(`kind is number, set or digest`)
  return 'number'
}

function measureOf(value: unknown, kind: FigureKind, report: (reason: string) => void): Measure | null {
  if (value === undefined || value === null) return null
  const map = recordOf(value)
  if (map && 'manual' in map) return manualOf(map, report)
  const run = map?.run
  if (!map || typeof run !== 'string' || run.trim() === '') {
    report('measure has neither a command under run nor a value under manual')
    return null
  }
  const parser = parserField(map.parse, kind)
  const runs = wholeOf(map.runs, { fallback: 1, least: 1, most: 100 })
  const timeout = wholeOf(map.timeout, { fallback: 600, least: 1, most: LONGEST_TIMEOUT })
  const aggregate = map.aggregate ?? 'median'
  if ('reason' in parser) report(parser.reason)
  if (runs === null) report('runs is a whole number from 1 to 100')
  if (timeout === null) report(`timeout is a number of seconds from 1 to ${LONGEST_TIMEOUT}`)
  if (aggregate !== 'median' && aggregate !== 'min' && aggregate !== 'max' && aggregate !== 'mean') {
    report('aggregate is median, min, max or mean')
    return null
  }
  if ('reason' in parser || runs === null || timeout === null) return null
  return { type: 'command', run, parser: parser.value, runs, aggregate, timeout }
}

function manualOf(map: Record<string, unknown>, report: (reason: string) => void): Measure | null {
  const { manual: value, by, evidence } = map
  if (typeof value === 'number' && typeof by === 'string' && typeof evidence === 'string')
    return { type: 'manual', value, by, evidence }
  report('a manual value has manual: <number>, by: <who> and evidence: <file:line>')
  return null
}

interface Parts {
  name: string
  map: Record<string, unknown>
  kind: FigureKind
  measure: Measure | null
  report(path: string[], reason: string): void
}

/** The figure of the entry's own name, or one for each yield; and those that are derived. */
function figuresOf({ name, map, kind, measure, report }: Parts): Figure[] {
  const build = (full: string, fields: Record<string, unknown>, path: string[]): Figure => {
    const take = <T>(key: string, field: Field<T>, fallback: T): T => {
      if ('value' in field) return field.value
      report([...path, key], field.reason)
      return fallback
    }
    const wording: Wording = {
      nouns: take('nouns', patternsField(fields.nouns), []),
      lead: take('lead', patternsField(fields.lead), []),
      not: take('not', patternsField(fields.not), []),
    }
    const parser = fields.parse === undefined ? null : parserField(fields.parse, kind)
    return {
      name: full,
      kind,
      unit: typeof fields.unit === 'string' ? fields.unit : typeof map.unit === 'string' ? map.unit : '',
      budget: take('budget', limitField(fields.budget), null),
      tolerance: take('tolerance', toleranceField(fields.tolerance), null),
      wording,
      derive: null,
      parser: parser === null ? null : take('parse', parser, { type: 'number' }),
      definition: name,
    }
  }
  const yields = recordOf(map.yields)
  const derived = typeof map.derive === 'string' ? map.derive : null
  const own = yields
    ? Object.entries(yields).map(([key, fields]) => {
        checkYield(key, fields, measure, reason => report(['yields', key], reason))
        return build(`${name}.${key}`, recordOf(fields) ?? {}, ['yields', key])
      })
    : [{ ...build(name, map, []), derive: derived }]
  const more = Object.entries(recordOf(map.derive) ?? {}).flatMap(([key, value]): Figure[] => {
    const fields = recordOf(value) ?? {}
    const expression = typeof value === 'string' ? value : fields.expression
    if (NAME.test(key) && typeof expression === 'string')
      return [{ ...build(`${name}.${key}`, fields, ['derive', key]), derive: expression }]
    report(['derive', key], `${key} is no name with an expression`)
    return []
  })
  return [...own.filter(figure => !more.some(other => other.name === figure.name)), ...more]
}

function checkYield(key: string, fields: unknown, measure: Measure | null, report: (reason: string) => void) {
  if (!NAME.test(key)) report(`"${key}" is no name: letters, digits, _ and -`)
  if (measure?.type !== 'command') return
  const hasParser = recordOf(fields)?.parse !== undefined
  if (measure.parser.type === 'junit' && !hasParser && !JUNIT_YIELDS.has(key))
    report(`${key} is none of passed, failed, skipped and total`)
  if (measure.parser.type !== 'junit' && !hasParser)
    report(`${key} needs a parse of its own, or a junit report`)
}

function wholeOf(
  value: unknown,
  { fallback, least, most }: { fallback: number; least: number; most: number },
): number | null {
  if (value === undefined || value === null) return fallback
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
    ? value
    : null
}

function textsOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter(item => typeof item === 'string')
}
