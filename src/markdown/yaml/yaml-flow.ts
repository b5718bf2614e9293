import { isPair, type YAMLMap, type YAMLSeq } from 'yaml'
import { lineTextEnd, type Splice } from '../splice.ts'
import { colonEnd, isQuoted, nodeEnd, pairEnd, rangeOf, startOf } from './yaml-position.ts'
import { type FlowStyle, JSON_FLOW, SPACED_FLOW } from './yaml-style.ts'

type FlowCollection = YAMLMap | YAMLSeq

/** White space, commas and key quotes of a flow mapping, taken from its braces and first pairs. */
export function flowStyleOf(source: string, map: YAMLMap): FlowStyle {
  const [first] = map.items
  const range = rangeOf(map)
  if (!first || !range) return SPACED_FLOW
  const quotedKeys = isQuoted(first.key)
  const base = quotedKeys ? JSON_FLOW : SPACED_FLOW
  const value = rangeOf(first.value)
  const colon = value && value[0] !== value[1] ? source.slice(colonEnd(first), value[0]) : base.colon
  const open = source.slice(range[0] + 1, startOf(first))
  const close = source.slice(itemEnd(map.items.at(-1)), range[1] - 1)
  return {
    open: /^\s*$/.test(open) ? open : base.open,
    close: /^\s*,?\s*$/.test(close) ? close : base.close,
    separator: separatorIn(source, map, colon === ''),
    colon: /^ *$/.test(colon) ? colon : ' ',
    quotedKeys,
  }
}

/** The text between the items of a flow collection; `tight` for one on a line with a single item. */
export function separatorIn(source: string, collection: FlowCollection, tight: boolean): string {
  const [first, second] = collection.items
  if (second) return separatorOf(source, itemEnd(first), itemStart(second))
  const open = (rangeOf(collection)?.[0] ?? 0) + 1
  const ownLine = source.slice(open, itemStart(first)).includes('\n')
  return ownLine ? separatorOf(source, open, itemStart(first)) : tight ? ',' : ', '
}

/** The text between two items of a flow collection, without comments. */
export function separatorOf(source: string, end: number, start: number): string {
  const between = source.slice(end, start)
  if (/^\s*,\s*$/.test(between)) return between
  const newline = between.lastIndexOf('\n')
  if (newline < 0) return ', '
  return `,${between[newline - 1] === '\r' ? '\r' : ''}${between.slice(newline)}`
}

/** Inserts an item at `index` of a flow collection that has items. */
export function insertIntoFlow(
  source: string,
  collection: FlowCollection,
  { index, separator, item }: { index: number; separator: string; item: string },
): Splice[] {
  const next = collection.items[index]
  if (next && index === 0) {
    const at = itemStart(next)
    return [{ start: at, end: at, text: item + separator }]
  }
  const end = itemEnd(collection.items[index - 1])
  if (next) return [{ start: end, end, text: separator + item }]

  // The last item: a comment on its line stays beside it.
  const close = (rangeOf(collection)?.[1] ?? 0) - 1
  const comma = commaIn(source, end, close)
  const lineEnd = lineTextEnd(source, Math.max(end, comma + 1))
  const ownLine = /^,\r?\n\s*$/.test(separator) && lineEnd < close && source.slice(end, lineEnd).includes('#')
  if (!ownLine) return [{ start: end, end, text: separator + item }]
  const line = separator.slice(1) + item
  if (comma >= 0) return [{ start: lineEnd, end: lineEnd, text: `${line},` }]
  return [
    { start: end, end, text: ',' },
    { start: lineEnd, end: lineEnd, text: line },
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

function itemStart(item: unknown): number {
  return isPair(item) ? startOf(item) : (rangeOf(item)?.[0] ?? 0)
}

function itemEnd(item: unknown): number {
  return isPair(item) ? pairEnd(item) : nodeEnd(item)
}
