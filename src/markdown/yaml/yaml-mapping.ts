import { isMap, isScalar, type Pair, type YAMLMap } from 'yaml'
import { type LineAnchor, lineStart, type Splice } from '../splice.ts'
import { spliceLines } from './yaml-entry.ts'
import { flowStyleOf, insertAfterLast } from './yaml-flow.ts'
import { type Holder, pairOf, type YamlText } from './yaml-place.ts'
import { anchorAfter, anchorBehind, columnOf, pairEnd, rangeOf, startOf } from './yaml-position.ts'
import {
  type BlockStyle,
  type FlowStyle,
  formatBlockPair,
  formatFlow,
  formatFlowPairs,
  JSON_FLOW,
  oneLine,
  quotingOfNew,
  SPACED_FLOW,
  type YamlTree,
} from './yaml-style.ts'
import { clearValue, fillValue } from './yaml-value.ts'

/** A key to add to a mapping. */
export interface Addition {
  key: string
  value: YamlTree
  /** Existing keys beside which it goes; at the end of the mapping without them. */
  after?: string | undefined
  before?: string | undefined
}

/** Adds a key to a mapping, to a key that has no mapping yet, or to an empty document, in the neighbors' style. */
export function planAddition(text: YamlText, holder: Holder, addition: Addition): Splice[] {
  const { source } = text
  const { key, value } = addition
  if (holder.kind === 'root') {
    const lines = formatBlockPair(key, value, { indent: 0, step: 2 })
    return [spliceLines(text, { offset: source.length, lineStart: true }, lines)]
  }
  if (holder.kind === 'hole') return planHole(text, holder, addition)
  const { map } = holder
  if (map.flow) return planFlowMap(source, holder, addition)
  const lines = formatBlockPair(key, value, blockStyleOf(source, map, value))
  return [spliceLines(text, anchorOf(source, map, addition), lines)]
}

function planHole(
  text: YamlText,
  { pair, parent, json }: Extract<Holder, { kind: 'hole' }>,
  { key, value }: Addition,
): Splice[] {
  if (parent.flow) {
    return [fillValue(text, pair, formatFlow({ [key]: value }, json ? JSON_FLOW : SPACED_FLOW, quotingOfNew))]
  }
  const step = stepOf(text.source, parent)
  const indent = columnOf(text.source, startOf(pair)) + step
  const anchor = anchorBehind(text.source, anchorAfter(text.source, pair), indent)
  return [...clearValue(text, pair), spliceLines(text, anchor, formatBlockPair(key, value, { indent, step }))]
}

function anchorOf(source: string, map: YAMLMap, addition: Addition): LineAnchor {
  const neighbor = precedingPair(map, addition)
  const first = map.items[0]
  const indent = first ? columnOf(source, startOf(first)) : 0
  if (neighbor) return anchorBehind(source, anchorAfter(source, neighbor), indent)
  return { offset: first ? lineStart(source, startOf(first)) : 0, lineStart: true }
}

/** The pair that an addition follows; undefined for the start of the mapping. */
function precedingPair(map: YAMLMap, { after, before }: Addition): Pair | undefined {
  const previous = after === undefined ? undefined : pairOf(map, after)
  if (previous) return previous
  const next = before === undefined ? undefined : pairOf(map, before)
  return next ? map.items[map.items.indexOf(next) - 1] : map.items.at(-1)
}

function blockStyleOf(source: string, map: YAMLMap, value: YamlTree): BlockStyle {
  const first = map.items[0]
  const last = map.items.at(-1)
  const sibling = last?.value
  const flat =
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !Object.values(value).some(inner => typeof inner === 'object' && !Array.isArray(inner) && inner !== null)
  const quoted = isScalar(last?.key) && last.key.type?.startsWith('QUOTE_')
  return {
    indent: first ? columnOf(source, startOf(first)) : 0,
    step: stepOf(source, map),
    keys: quoted ? 'double' : 'plain',
    flow:
      flat && isMap(sibling) && sibling.flow && sibling.items.length > 0
        ? flowStyleOf(source, sibling)
        : undefined,
  }
}

/** Columns by which the mappings inside `map` are deeper; 2 when there are none. */
function stepOf(source: string, map: YAMLMap): number {
  for (const pair of map.items.slice(0, 100)) {
    const inner = isMap(pair.value) && !pair.value.flow ? pair.value.items[0] : undefined
    if (inner) return columnOf(source, startOf(inner)) - columnOf(source, startOf(pair))
  }
  return 2
}

function planFlowMap(
  source: string,
  { map, json }: Extract<Holder, { kind: 'map' }>,
  addition: Addition,
): Splice[] {
  const [start, end] = rangeOf(map) ?? [0, 0]
  const [first] = map.items
  const style = first ? flowStyleOf(source, map) : json ? JSON_FLOW : SPACED_FLOW
  const [pair = ''] = formatFlowPairs({ [addition.key]: addition.value }, style, quotingOfNew)
  if (!first) {
    const isEmpty = source.slice(start + 1, end - 1).trim() === ''
    const text = style.open + pair + (isEmpty ? style.close : '')
    return [{ start: start + 1, end: isEmpty ? end - 1 : start + 1, text }]
  }
  const { separator } = style
  const previous = precedingPair(map, addition)
  if (!previous) return [{ start: startOf(first), end: startOf(first), text: pair + separator }]
  const at = pairEnd(previous)
  if (previous !== map.items.at(-1)) return [{ start: at, end: at, text: separator + pair }]
  return insertAfterLast(source, { end: at, close: end - 1, separator }, pair)
}

/** The style for a flow collection inside `map`: one line, quoted keys in JSON. */
export function innerFlowStyle(source: string, map: YAMLMap): FlowStyle {
  return map.flow && map.items.length > 0 ? oneLine(flowStyleOf(source, map)) : SPACED_FLOW
}
