import { isMap, isScalar, type YAMLMap } from 'yaml'
import { lineTextEnd, type Splice } from '../splice.ts'
import { colonEnd, pairEnd, rangeOf, startOf } from './yaml-position.ts'
import {
  type FlowStyle,
  isAlwaysQuoted,
  JSON_FLOW,
  type Quoting,
  type QuotingOf,
  SPACED_FLOW,
} from './yaml-style.ts'

/** White space, commas and key quotes of a flow mapping, taken from its braces and first pairs. */
export function flowStyleOf(source: string, map: YAMLMap): FlowStyle {
  const [first, second] = map.items
  const range = rangeOf(map)
  const last = map.items.at(-1)
  if (!first || !last || !range) return SPACED_FLOW
  const quotedKeys = isScalar(first.key) && first.key.type?.startsWith('QUOTE_') === true
  const base = quotedKeys ? JSON_FLOW : SPACED_FLOW
  const value = rangeOf(first.value)
  const colon = value && value[0] !== value[1] ? source.slice(colonEnd(first), value[0]) : base.colon
  const open = spaceOr(source.slice(range[0] + 1, startOf(first)), base.open)
  const tight = colon === '' && !open.includes('\n')
  return {
    open,
    close: matching(source.slice(pairEnd(last), range[1] - 1), /^\s*,?\s*$/, base.close),
    separator: second
      ? separatorOf(source, pairEnd(first), startOf(second))
      : open.includes('\n')
        ? `,${open}`
        : tight
          ? ','
          : ', ',
    colon: /^ *$/.test(colon) ? colon : ' ',
    quotedKeys,
  }
}

/** The text between two items of a flow collection, without comments. */
export function separatorOf(source: string, end: number, start: number): string {
  const between = source.slice(end, start)
  if (/^\s*,\s*$/.test(between)) return between
  const newline = between.lastIndexOf('\n')
  if (newline < 0) return ', '
  return `,${between[newline - 1] === '\r' ? '\r' : ''}${between.slice(newline)}`
}

function spaceOr(text: string, otherwise: string): string {
  return matching(text, /^\s*$/, otherwise)
}

function matching(text: string, pattern: RegExp, otherwise: string): string {
  return pattern.test(text) ? text : otherwise
}

/** Quoting of an entry's strings as in the entry beside it; notes and stamps are always double-quoted. */
export function quotingLike(neighbor: unknown): QuotingOf {
  const types = new Map<string, Quoting>()
  if (isMap(neighbor)) {
    for (const { key, value } of neighbor.items) {
      if (!isScalar(key) || !isScalar(value) || typeof value.value !== 'string') continue
      const quoting = value.type === 'PLAIN' ? 'plain' : value.type === 'QUOTE_SINGLE' ? 'single' : 'double'
      types.set(String(key.value), quoting)
    }
  }
  return key => (isAlwaysQuoted(key) ? 'double' : (types.get(key) ?? 'double'))
}

export interface FlowEnd {
  /** Offset after the last item. */
  end: number
  /** Offset of the closing bracket. */
  close: number
  separator: string
}

/** Inserts an item after the last one of a flow collection, and after the comment on the line of that one. */
export function insertAfterLast(source: string, { end, close, separator }: FlowEnd, item: string): Splice[] {
  const comma = commaIn(source, end, close)
  const lineEnd = lineTextEnd(source, Math.max(end, comma + 1))
  const ownLines =
    /^,\r?\n\s*$/.test(separator) && lineEnd < close && source.slice(end, lineEnd).includes('#')
  if (!ownLines) {
    return [{ start: end, end, text: separator + item }]
  }
  const text = separator.slice(1) + item
  return comma >= 0
    ? [{ start: lineEnd, end: lineEnd, text: `${text},` }]
    : [
        { start: end, end, text: ',' },
        { start: lineEnd, end: lineEnd, text },
      ]
}

/** Offset of the comma between the last item and the closing bracket, -1 without one. */
function commaIn(source: string, from: number, to: number): number {
  for (let at = from; at < to; at++) {
    if (source[at] === ',') return at
    if (source[at] === '#') at = lineTextEnd(source, at)
  }
  return -1
}
