import type { Comparison, Limit, OutputParser, Tolerance } from './definition.ts'
import { patternProblem } from './pattern-problem.ts'

/** What a field of figures.yaml means, or why it means nothing, in one clause. */
export type Field<T> = { value: T } | { reason: string }

const NUMBER = String.raw`(-?\d[\d,_]*(?:\.\d+)?)`
const LIMIT = new RegExp(String.raw`^(<=|>=|<|>|=)\s*${NUMBER}(?:\s*\S{1,12})?$`)
const TOLERANCE = new RegExp(String.raw`^±?\s*${NUMBER}\s*(%)?$`)

/** `<= 250`, also with a unit behind it. */
export function limitField(value: unknown): Field<Limit | null> {
  if (value === undefined || value === null) return { value: null }
  const match = typeof value === 'string' ? LIMIT.exec(value.trim()) : null
  if (!match) return { reason: `a budget is written as "<= 250", not as ${shown(value)}` }
  const comparison = match[1] as Comparison
  return { value: { comparison, value: numberOf(match[2] ?? '') } }
}

/** `±5` or `±5%`. */
export function toleranceField(value: unknown): Field<Tolerance | null> {
  if (value === undefined || value === null) return { value: null }
  const match = TOLERANCE.exec(String(value).trim())
  if (!match || numberOf(match[1] ?? '') < 0) {
    return { reason: `a tolerance is written as "±5" or "±5%", not as ${shown(value)}` }
  }
  return { value: { amount: numberOf(match[1] ?? ''), percent: match[2] === '%' } }
}

/** A list of regular expressions, or one. */
export function patternsField(value: unknown): Field<string[]> {
  const list = value === undefined || value === null ? [] : Array.isArray(value) ? value : [value]
  for (const pattern of list) {
    if (typeof pattern !== 'string') return { reason: `a pattern is a text, not ${shown(pattern)}` }
    const reason = patternProblem(pattern)
    if (reason !== null) return { reason }
  }
  return { value: list as string[] }
}

/** `number`, `lines`, `exit`, `text`, or a mapping with one of `lines`, `regex`, `json`, `junit` and maybe `as`. */
export function parserField(value: unknown, kind: 'number' | 'set' | 'digest'): Field<OutputParser> {
  const fallback = { number: 'number', set: 'lines', digest: 'text' }[kind]
  const given = value === undefined || value === null ? fallback : value
  if (given === 'number' || given === 'exit' || given === 'text') return { value: { type: given } }
  const names = kind === 'set' ? 'names' : 'count'
  if (given === 'lines') return { value: { type: 'lines', filter: null, as: names } }
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    return { reason: `${shown(given)} is no parser: number, lines, regex, json, junit, exit or text` }
  }
  return mappedParser(given as Record<string, unknown>, kind)
}

function mappedParser(map: Record<string, unknown>, kind: 'number' | 'set' | 'digest'): Field<OutputParser> {
  const as = map.as
  if ('junit' in map) {
    const files = (Array.isArray(map.junit) ? map.junit : [map.junit]).map(String)
    return { value: { type: 'junit', files } }
  }
  if ('lines' in map) {
    const filter = map.lines === null || map.lines === '' ? null : String(map.lines)
    const reason = filter === null ? null : patternProblem(filter)
    return reason === null
      ? { value: { type: 'lines', filter, as: kind === 'set' ? 'names' : 'count' } }
      : { reason }
  }
  if ('regex' in map) {
    const pattern = String(map.regex)
    const reason = patternProblem(pattern)
    if (reason !== null) return { reason }
    if (new RegExp(`${pattern}|`).exec('')?.length !== 2) {
      return { reason: `${shown(pattern)} needs exactly one capture, the number` }
    }
    if (as !== undefined && as !== 'sum' && as !== 'last')
      return { reason: `as: ${shown(as)} is neither sum nor last` }
    return { value: { type: 'regex', pattern, take: as ?? 'only' } }
  }
  if ('json' in map) {
    const pointer = String(map.json ?? '')
    if (pointer !== '' && !pointer.startsWith('/'))
      return { reason: `${shown(pointer)} is no JSON pointer such as /a/b` }
    const how = as ?? { number: 'value', set: 'names', digest: 'digest' }[kind]
    if (how !== 'value' && how !== 'length' && how !== 'sum' && how !== 'names' && how !== 'digest') {
      return { reason: `as: ${shown(as)} is neither value, length, sum nor names` }
    }
    return { value: { type: 'json', pointer, as: how } }
  }
  return {
    reason: `a parser has one of lines, regex, json or junit, not ${shown(Object.keys(map).join(', '))}`,
  }
}

function numberOf(text: string): number {
  return Number(text.replace(/[,_]/g, ''))
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value))
  return `"${text.length > 60 ? `${text.slice(0, 59)}…` : text}"`
}
