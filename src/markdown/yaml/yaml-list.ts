import { isMap, isScalar, isSeq, type Pair, type YAMLMap, type YAMLSeq } from 'yaml'
import { lineStart, newlineAt, type Splice } from '../splice.ts'
import { flowStyleOf, insertIntoFlow, separatorIn } from './yaml-flow.ts'
import { innerFlowStyle } from './yaml-mapping.ts'
import { type Found, refusal, spliceLines, type YamlText } from './yaml-place.ts'
import {
  anchorAfter,
  anchorAt,
  anchorBehind,
  colonEnd,
  columnOf,
  dashesOf,
  isQuoted,
  lastLeaf,
  nodeEnd,
  rangeOf,
  startOf,
} from './yaml-position.ts'
import {
  alwaysDouble,
  formatFlow,
  formatKey,
  formatScalar,
  isAlwaysQuoted,
  type Quoting,
  type QuotingOf,
  SPACED_FLOW,
  type YamlEntry,
} from './yaml-style.ts'
import { clearValue, fillValue } from './yaml-value.ts'

interface AppendPlan {
  path: string[]
  entry: YamlEntry
  newestFirst: boolean
}

/** Appends an entry to the list under an existing key, in the style and the direction of its entries. */
export function planAppend(text: YamlText, found: Found, plan: AppendPlan): Splice[] {
  const { pair, parent } = found
  const value = pair.value
  if ((isSeq(value) || isMap(value)) && value.items.length > 0) {
    if (isSeq(value)) return (value.flow ? planFlowList : planBlockList)(text, value, plan)
    return (value.flow ? planSingleFlow : planSingleBlock)(text, found, plan)
  }
  const isNull = value === null || value === undefined || (isScalar(value) && value.value === null)
  if (!isNull && !isSeq(value) && !isMap(value)) {
    throw refusal(text, plan.path, { reason: 'the value is not a list', offset: startOf(pair) })
  }
  const [start = 0, end = 0] = rangeOf(value) ?? []
  const isBlank = isNull || text.source.slice(start + 1, end - 1).trim() === ''
  if (parent.flow || !isBlank) {
    const item = formatFlow(plan.entry, innerFlowStyle(text.source, parent), alwaysDouble)
    return isBlank ? [fillValue(text, pair, `[${item}]`)] : [{ start: start + 1, end: start + 1, text: item }]
  }
  const dash = `${' '.repeat(columnOf(text.source, startOf(pair)) + 2)}- `
  const lines = [dash + formatFlow(plan.entry, SPACED_FLOW, alwaysDouble)]
  return [...clearValue(text, pair), spliceLines(text, anchorAfter(text.source, pair), lines)]
}

function planBlockList(text: YamlText, list: YAMLSeq, { entry, newestFirst }: AppendPlan): Splice[] {
  const { source } = text
  const neighbor = list.items.at(newestFirst ? 0 : -1)
  const dash = dashesOf(list).at(newestFirst ? 0 : -1) ?? 0
  const lines = entryLines(source, { dash, neighbor }, entry)
  const anchor = newestFirst
    ? { offset: lineStart(source, dash), lineStart: true }
    : anchorBehind(
        source,
        anchorAt(source, Math.max(nodeEnd(neighbor), dash + 1), lastLeaf(neighbor)),
        columnOf(source, dash),
      )
  return [spliceLines(text, anchor, lines)]
}

function planFlowList({ source }: YamlText, list: YAMLSeq, { entry, newestFirst }: AppendPlan): Splice[] {
  const neighbor = list.items.at(newestFirst ? 0 : -1)
  const style = isMap(neighbor) ? flowStyleOf(source, neighbor) : SPACED_FLOW
  const separator = separatorIn(source, list, style.separator === ',')
  const item = formatFlow(entry, style, quotingLike(neighbor))
  return insertIntoFlow(source, list, { index: newestFirst ? 0 : list.items.length, separator, item })
}

/** `key: { … }` becomes a block list when it is on the key's line, else `[{ … }, { … }]`. */
function planSingleFlow(text: YamlText, { pair, parent }: Found, { entry }: AppendPlan): Splice[] {
  const { source } = text
  const map = pair.value as YAMLMap
  const [start = 0, end = 0] = rangeOf(map) ?? []
  const item = formatFlow(entry, flowStyleOf(source, map), quotingLike(map))
  const onKeyLine =
    /^[ \t]*$/.test(source.slice(colonEnd(pair), start)) && !source.slice(start, end).includes('\n')
  if (parent.flow || !onKeyLine) {
    return [
      { start, end: start, text: '[' },
      { start: end, end, text: `, ${item}]` },
    ]
  }
  const dash = `${' '.repeat(columnOf(source, startOf(pair)) + 2)}- `
  return [
    { start: colonEnd(pair), end: start, text: newlineAt(source, end, text.newline) + dash },
    spliceLines(text, anchorAfter(source, pair), [dash + item]),
  ]
}

/** A block mapping becomes the first item of a list: its dash takes the place of two columns of indentation. */
function planSingleBlock(text: YamlText, { pair }: Found, { path, entry }: AppendPlan): Splice[] {
  const { source } = text
  const map = pair.value as YAMLMap
  const start = startOf(map.items[0] as Pair)
  if (columnOf(source, start) - columnOf(source, startOf(pair)) < 2) {
    throw refusal(text, path, { reason: 'the mapping leaves no room for a dash', offset: start })
  }
  const dash = start - 2
  const lines = blockEntry(map, { dash: columnOf(source, dash), indent: columnOf(source, start) }, entry)
  return [{ start: dash, end: start, text: '- ' }, spliceLines(text, anchorAfter(source, pair), lines)]
}

/** Lines of an entry like its neighbor: a flow mapping, or a block of keys. */
function entryLines(
  source: string,
  { dash, neighbor }: { dash: number; neighbor: unknown },
  entry: YamlEntry,
): string[] {
  const column = columnOf(source, dash)
  const [first] = isMap(neighbor) ? neighbor.items : []
  if (isMap(neighbor) && !neighbor.flow && first) {
    const sameLine = !source.slice(dash, startOf(first)).includes('\n')
    const indent = sameLine ? columnOf(source, startOf(first)) : column + 2
    return blockEntry(neighbor, { dash: column, indent }, entry)
  }
  const gap = source.slice(dash + 1, rangeOf(neighbor)?.[0] ?? dash + 1)
  const style = isMap(neighbor) ? flowStyleOf(source, neighbor) : SPACED_FLOW
  const written = formatFlow(entry, style, quotingLike(neighbor))
  return [`${' '.repeat(column)}-${/^ +$/.test(gap) ? gap : ' '}${written}`]
}

/** Lines of a block entry with its dash and keys at these columns, quoted like `like`. */
function blockEntry(like: YAMLMap, columns: { dash: number; indent: number }, entry: YamlEntry): string[] {
  const quotingOf = quotingLike(like)
  const keys = isQuoted(like.items[0]?.key) ? 'double' : 'plain'
  const lines = Object.entries(entry).map(([key, value]) => {
    const quoting = typeof value === 'string' ? quotingOf(key, value) : 'plain'
    const pair = `${formatKey(key, keys)}: ${formatScalar(value, quoting, false)}`
    return ' '.repeat(columns.indent) + pair
  })
  const dash = `${' '.repeat(columns.dash)}-`.padEnd(columns.indent)
  return lines.map((line, index) => (index === 0 ? dash + line.slice(columns.indent) : line))
}

/** Quoting of an entry's strings as in the entry beside it; notes and stamps are always double-quoted. */
function quotingLike(neighbor: unknown): QuotingOf {
  const types = new Map<string, Quoting>()
  for (const { key, value } of isMap(neighbor) ? neighbor.items : []) {
    if (!isScalar(key) || !isScalar(value) || typeof value.value !== 'string') continue
    const quoting = value.type === 'PLAIN' ? 'plain' : value.type === 'QUOTE_SINGLE' ? 'single' : 'double'
    types.set(String(key.value), quoting)
  }
  return key => (isAlwaysQuoted(key) ? 'double' : (types.get(key) ?? 'double'))
}
