import { isMap, isScalar, type Pair, type YAMLMap } from 'yaml'
import { insertLines, type LineAnchor, lineStart, type Splice } from '../splice.ts'
import { flowStyleOf, insertBehind } from './yaml-flow.ts'
import { type Holder, pairsOf, type YamlText } from './yaml-place.ts'
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

/** Adds keys to a mapping, to a key that has no mapping yet, or to an empty document, in the neighbours' style. */
export function planAdditions(text: YamlText, holder: Holder, additions: Addition[]): Splice[] {
  if (holder.kind === 'root') return planRoot(text, additions)
  if (holder.kind === 'hole') return planHole(text, holder, additions)
  return holder.map.flow
    ? planFlowMap(text, holder, additions)
    : additions.map(addition => planBlockPair(text, holder, addition))
}

function planRoot(text: YamlText, additions: Addition[]): Splice[] {
  const offset = text.source.length
  const lines = additions.flatMap(({ key, value }) => formatBlockPair(key, value, { indent: 0, step: 2 }))
  const inserted = insertLines(text.source, { offset, lineStart: true }, lines, text.newline)
  return [{ start: offset, end: offset, text: inserted, depth: 0 }]
}

function planHole(text: YamlText, hole: Extract<Holder, { kind: 'hole' }>, additions: Addition[]): Splice[] {
  const { pair, parent, depth, json } = hole
  if (parent.flow) {
    const tree = Object.fromEntries(additions.map(({ key, value }) => [key, value]))
    const style = json ? JSON_FLOW : SPACED_FLOW
    return [fillValue(text, pair, { text: formatFlow(tree, style, quotingOfNew), depth })]
  }
  const step = stepOf(text.source, parent)
  const indent = columnOf(text.source, startOf(pair)) + step
  const lines = additions.flatMap(({ key, value }) => formatBlockPair(key, value, { indent, step }))
  const anchor = anchorBehind(text.source, anchorAfter(text.source, pair), indent)
  const inserted = insertLines(text.source, anchor, lines, text.newline)
  return [
    ...clearValue(text, pair, depth),
    { start: anchor.offset, end: anchor.offset, text: inserted, depth },
  ]
}

function planBlockPair(
  text: YamlText,
  { map, depth }: Extract<Holder, { kind: 'map' }>,
  addition: Addition,
): Splice {
  const { source } = text
  const anchor = anchorOf(text, map, addition)
  const lines = formatBlockPair(addition.key, addition.value, blockStyleOf(source, map, addition.value))
  const inserted = insertLines(source, anchor, lines, text.newline)
  return { start: anchor.offset, end: anchor.offset, text: inserted, depth }
}

function anchorOf(text: YamlText, map: YAMLMap, addition: Addition): LineAnchor {
  const neighbour = precedingPair(text, map, addition)
  const first = map.items[0]
  const indent = first ? columnOf(text.source, startOf(first)) : 0
  if (neighbour) return anchorBehind(text.source, anchorAfter(text.source, neighbour), indent)
  return { offset: first ? lineStart(text.source, startOf(first)) : 0, lineStart: true }
}

/** The pair behind which an addition goes; undefined for the front of the mapping. */
function precedingPair(text: YamlText, map: YAMLMap, { after, before }: Addition): Pair | undefined {
  const pairs = pairsOf(text, map)
  const behind = after === undefined ? undefined : pairs.get(after)
  if (behind) return behind
  const next = before === undefined ? undefined : pairs.get(before)
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
  text: YamlText,
  { map, depth, json }: Extract<Holder, { kind: 'map' }>,
  additions: Addition[],
): Splice[] {
  const { source } = text
  const [start, end] = rangeOf(map) ?? [0, 0]
  const style = map.items.length > 0 ? flowStyleOf(source, map) : json ? JSON_FLOW : SPACED_FLOW
  const last = map.items.at(-1)
  if (!last) {
    const inner = source.slice(start + 1, end - 1)
    const pairs = additions.flatMap(addition => pairsTextOf(addition, style)).join(style.separator)
    if (inner.trim() !== '') return [{ start: start + 1, end: start + 1, text: style.open + pairs, depth }]
    return [{ start: start + 1, end: end - 1, text: style.open + pairs + style.close, depth }]
  }
  const behindLast = additions.filter(addition => precedingPair(text, map, addition) === last)
  const { separator } = style
  const place = { end: pairEnd(last), close: end - 1, separator, depth }
  const splices =
    behindLast.length > 0
      ? insertBehind(
          source,
          place,
          behindLast.flatMap(addition => pairsTextOf(addition, style)),
        )
      : []
  for (const addition of additions) {
    const neighbour = precedingPair(text, map, addition)
    if (neighbour === last) continue
    const at = neighbour ? pairEnd(neighbour) : startOf(map.items[0] ?? last)
    const [pair] = pairsTextOf(addition, style)
    splices.push({
      start: at,
      end: at,
      text: neighbour ? `${separator}${pair}` : `${pair}${separator}`,
      depth,
    })
  }
  return splices
}

function pairsTextOf({ key, value }: Addition, style: FlowStyle): string[] {
  return formatFlowPairs({ [key]: value }, style, quotingOfNew)
}

/** The style for a flow collection inside `map`: one line, quoted keys in JSON. */
export function innerFlowStyle(source: string, map: YAMLMap): FlowStyle {
  return map.flow && map.items.length > 0 ? oneLine(flowStyleOf(source, map)) : SPACED_FLOW
}
