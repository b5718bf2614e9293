import { isMap, type YAMLMap } from 'yaml'
import { type LineAnchor, lineStart, type Splice } from '../splice.ts'
import { flowStyleOf, insertIntoFlow } from './yaml-flow.ts'
import { type Holder, isJson, pairOf, spliceLines, type YamlText } from './yaml-place.ts'
import { anchorAfter, anchorBehind, columnOf, isQuoted, rangeOf, startOf } from './yaml-position.ts'
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
  { pair, parent }: Extract<Holder, { kind: 'hole' }>,
  { key, value }: Addition,
): Splice[] {
  if (parent.flow) {
    const style = isJson(parent) ? JSON_FLOW : SPACED_FLOW
    return [fillValue(text, pair, formatFlow({ [key]: value }, style, quotingOfNew))]
  }
  const step = stepOf(text.source, parent)
  const indent = columnOf(text.source, startOf(pair)) + step
  const anchor = anchorBehind(text.source, anchorAfter(text.source, pair), indent)
  return [...clearValue(text, pair), spliceLines(text, anchor, formatBlockPair(key, value, { indent, step }))]
}

function anchorOf(source: string, map: YAMLMap, addition: Addition): LineAnchor {
  const previous = map.items[indexFor(map, addition) - 1]
  const [first] = map.items
  const start = first ? startOf(first) : 0
  if (!previous) return { offset: lineStart(source, start), lineStart: true }
  return anchorBehind(source, anchorAfter(source, previous), columnOf(source, start))
}

/** The index in the mapping at which the key goes. */
function indexFor(map: YAMLMap, { after, before }: Addition): number {
  const indexOf = (key: string | undefined) => map.items.findIndex(pair => pair === pairOf(map, key ?? ''))
  if (after !== undefined && indexOf(after) >= 0) return indexOf(after) + 1
  return before !== undefined && indexOf(before) >= 0 ? indexOf(before) : map.items.length
}

function blockStyleOf(source: string, map: YAMLMap, value: YamlTree): BlockStyle {
  const [first] = map.items
  const last = map.items.at(-1)
  const sibling = last?.value
  const likeSibling = isFlat(value) && isMap(sibling) && sibling.flow && sibling.items.length > 0
  return {
    indent: first ? columnOf(source, startOf(first)) : 0,
    step: stepOf(source, map),
    keys: isQuoted(last?.key) ? 'double' : 'plain',
    flow: likeSibling ? flowStyleOf(source, sibling) : undefined,
  }
}

/** True for a mapping without mappings in it. */
function isFlat(value: YamlTree): boolean {
  const isMapping = (each: YamlTree) => typeof each === 'object' && each !== null && !Array.isArray(each)
  return isMapping(value) && !Object.values(value ?? {}).some(isMapping)
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
  { map, parent }: Extract<Holder, { kind: 'map' }>,
  addition: Addition,
): Splice[] {
  const isEmpty = map.items.length === 0
  const style = isEmpty && parent && isJson(parent) ? JSON_FLOW : flowStyleOf(source, map)
  const [item = ''] = formatFlowPairs({ [addition.key]: addition.value }, style, quotingOfNew)
  if (!isEmpty) {
    return insertIntoFlow(source, map, { index: indexFor(map, addition), separator: style.separator, item })
  }
  const [start = 0, end = 0] = rangeOf(map) ?? []
  const isBlank = source.slice(start + 1, end - 1).trim() === ''
  const text = style.open + item + (isBlank ? style.close : '')
  return [{ start: start + 1, end: isBlank ? end - 1 : start + 1, text }]
}

/** The style for a flow collection inside `map`: one line, quoted keys in JSON. */
export function innerFlowStyle(source: string, map: YAMLMap): FlowStyle {
  return map.flow && map.items.length > 0 ? oneLine(flowStyleOf(source, map)) : SPACED_FLOW
}
