import { isMap, isScalar, isSeq, type Pair, type YAMLMap, type YAMLSeq } from 'yaml'
import { lineStart, newlineAt, type Splice } from '../splice.ts'
import { type AppendPlan, blockEntry, entryLines, newLine, spliceLines } from './yaml-entry.ts'
import { flowStyleOf, insertAfterLast, quotingLike, separatorOf } from './yaml-flow.ts'
import { innerFlowStyle } from './yaml-mapping.ts'
import { type Found, refusal, type YamlText } from './yaml-place.ts'
import {
  anchorAfter,
  anchorAt,
  anchorBehind,
  colonEnd,
  columnOf,
  dashesOf,
  lastLeaf,
  nodeEnd,
  rangeOf,
  startOf,
} from './yaml-position.ts'
import { alwaysDouble, formatFlow, SPACED_FLOW } from './yaml-style.ts'
import { clearValue, fillValue } from './yaml-value.ts'

/** Appends an entry to the list under an existing key, in the style and the direction of its entries. */
export function planAppend(text: YamlText, found: Found, plan: AppendPlan): Splice[] {
  const { pair, parent } = found
  const value = pair.value
  if (isSeq(value) && value.items.length > 0) {
    return value.flow ? planFlowList(text, value, plan) : planBlockList(text, value, plan)
  }
  if (isMap(value) && value.items.length > 0) {
    return value.flow ? planSingleFlow(text, found, plan) : planSingleBlock(text, found, plan)
  }
  const empty = value === null || value === undefined || isSeq(value) || isMap(value)
  if (!empty && !(isScalar(value) && value.value === null)) {
    throw refusal(text, plan.path, { reason: 'the value is not a list', offset: startOf(pair) })
  }
  const inner = isScalar(value) ? '' : innerOf(text, value)
  if (parent.flow || inner.trim() !== '') {
    const item = formatFlow(plan.entry, innerFlowStyle(text.source, parent), alwaysDouble)
    if (inner.trim() === '') return [fillValue(text, pair, `[${item}]`)]
    const at = (rangeOf(value)?.[0] ?? 0) + 1
    return [{ start: at, end: at, text: item }]
  }
  const indent = columnOf(text.source, startOf(pair)) + 2
  const line = newLine(text, anchorAfter(text.source, pair), { entry: plan.entry, indent })
  return [...clearValue(text, pair), line]
}

function innerOf(text: YamlText, value: unknown): string {
  const range = rangeOf(value)
  return range ? text.source.slice(range[0] + 1, range[1] - 1) : ''
}

function planBlockList(text: YamlText, list: YAMLSeq, plan: AppendPlan): Splice[] {
  const { source } = text
  const dashes = dashesOf(list)
  const neighbor = list.items.at(plan.newestFirst ? 0 : -1)
  const dash = plan.newestFirst ? dashes.first : dashes.last
  const lines = entryLines(source, { dash, neighbor }, plan.entry)
  const anchor = plan.newestFirst
    ? { offset: lineStart(source, dash), lineStart: true }
    : anchorBehind(
        source,
        anchorAt(source, Math.max(nodeEnd(neighbor), dash + 1), lastLeaf(neighbor)),
        columnOf(source, dash),
      )
  return [spliceLines(text, anchor, lines)]
}

function planFlowList(text: YamlText, list: YAMLSeq, plan: AppendPlan): Splice[] {
  const { source } = text
  const { entry, newestFirst } = plan
  const [open, close] = rangeOf(list) ?? [0, 0]
  const first = rangeOf(list.items[0]) ?? [open, open]
  const end = nodeEnd(list.items.at(-1))
  const neighbor = list.items.at(newestFirst ? 0 : -1)
  const style = isMap(neighbor) && neighbor.items.length > 0 ? flowStyleOf(source, neighbor) : SPACED_FLOW
  const lead = source.slice(open + 1, first[0])
  const second = rangeOf(list.items[1])
  const separator = second
    ? separatorOf(source, nodeEnd(list.items[0]), second[0])
    : lead.includes('\n')
      ? separatorOf(source, open + 1, first[0])
      : style.separator === ','
        ? ','
        : ', '
  const item = formatFlow(entry, style, quotingLike(neighbor))
  if (!newestFirst) return insertAfterLast(source, { end, close: close - 1, separator }, item)
  return [{ start: first[0], end: first[0], text: item + separator }]
}

/** `key: { … }` becomes a block list when it is on the key's line, else `[{ … }, { … }]`. */
function planSingleFlow(text: YamlText, { pair, parent }: Found, { entry }: AppendPlan): Splice[] {
  const { source } = text
  const map = pair.value as YAMLMap
  const [start, end] = rangeOf(map) ?? [0, 0]
  const oneLine =
    /^[ \t]*$/.test(source.slice(colonEnd(pair), start)) && !source.slice(start, end).includes('\n')
  if (parent.flow || !oneLine) {
    const item = formatFlow(entry, flowStyleOf(source, map), quotingLike(map))
    return [
      { start, end: start, text: '[' },
      { start: end, end, text: `, ${item}]` },
    ]
  }
  const indent = columnOf(source, startOf(pair)) + 2
  const dash = `${newlineAt(source, end, text.newline)}${' '.repeat(indent)}- `
  return [
    { start: colonEnd(pair), end: start, text: dash },
    newLine(text, anchorAfter(source, pair), { entry, indent, like: map }),
  ]
}

/** A block mapping becomes the first item of a list: its dash takes the place of two columns of indentation. */
function planSingleBlock(text: YamlText, { pair }: Found, plan: AppendPlan): Splice[] {
  const { source } = text
  const map = pair.value as YAMLMap
  const first = map.items[0] as Pair
  const start = startOf(first)
  if (columnOf(source, start) - columnOf(source, startOf(pair)) < 2) {
    throw refusal(text, plan.path, { reason: 'the mapping leaves no room for a dash', offset: start })
  }
  const indent = columnOf(source, start) - 2
  const how = { pad: ' '.repeat(indent), dash: start - 2, like: map, first }
  const lines = blockEntry(source, how, plan.entry)
  return [{ start: start - 2, end: start, text: '- ' }, spliceLines(text, anchorAfter(source, pair), lines)]
}
