import { isMap, isSeq, type Pair, type YAMLSeq } from 'yaml'
import { lineStart } from '../splice.ts'
import { separatorOf } from './yaml-flow.ts'
import { locateYaml, pairOf } from './yaml-place.ts'
import { anchorAfter, columnOf, dashesOf, nodeEnd, rangeOf } from './yaml-position.ts'
import { alwaysDouble, formatFlow, SPACED_FLOW, type YamlTree } from './yaml-style.ts'

/** How a list is written under its key, and the text of each item there: `before` + items + `after` is the whole. */
export type ListText =
  | { kind: 'block'; before: string; items: string[]; after: string; column: number }
  | { kind: 'flow'; before: string; items: string[]; after: string; separator: string }

/** The list under one key of a text. Null for an empty list, another value, or items that cannot be separated. */
export function listTextOf(chunk: string, key: string): ListText | null {
  const { contents } = locateYaml(chunk).document
  const pair = isMap(contents) ? pairOf(contents, key) : undefined
  if (!pair || !isSeq(pair.value) || pair.value.items.length === 0) return null
  return pair.value.flow ? flowText(chunk, pair.value) : blockText(chunk, pair, pair.value)
}

function blockText(chunk: string, pair: Pair, list: YAMLSeq): ListText | null {
  const dashes = dashesOf(list)
  const starts = dashes.map(dash => lineStart(chunk, dash))
  if (dashes.length !== list.items.length || new Set(starts).size !== starts.length) return null
  const anchor = anchorAfter(chunk, pair)
  const newline = chunk.indexOf('\n', anchor.offset)
  const end = anchor.lineStart ? anchor.offset : newline < 0 ? chunk.length : newline + 1
  const bounds = [...starts, end]
  const column = columnOf(chunk, dashes[0] ?? 0)
  const items = starts.map((start, index) => chunk.slice(start, bounds[index + 1]))
  return { kind: 'block', before: chunk.slice(0, starts[0]), items, after: chunk.slice(end), column }
}

function flowText(chunk: string, list: YAMLSeq): ListText | null {
  const ranges = list.items.map(item => [rangeOf(item)?.[0] ?? 0, nodeEnd(item)] as const)
  const [first, second] = ranges
  const last = ranges.at(-1)
  if (!first || !last) return null
  const between = ranges.slice(1).map(([start], index) => chunk.slice(ranges[index]?.[1], start))
  if (between.some(text => !/^\s*,\s*$/.test(text))) return null
  return {
    kind: 'flow',
    before: chunk.slice(0, first[0]),
    items: ranges.map(([start, end]) => chunk.slice(start, end)),
    after: chunk.slice(last[1]),
    separator: second ? separatorOf(chunk, first[1], second[0]) : ', ',
  }
}

/** The text of an item for another list: its own lines where the style allows it, else formatted again. */
export function itemFor(
  host: ListText,
  item: { text: string; from: ListText | null; value: unknown },
): string {
  const { text, from, value } = item
  const flow =
    from?.kind === 'flow' && !/[\n#]/.test(text)
      ? text
      : formatFlow(value as YamlTree, SPACED_FLOW, alwaysDouble)
  if (host.kind === 'flow') return flow
  if (from?.kind !== 'block') return `${' '.repeat(host.column)}- ${flow}\n`
  const shift = host.column - from.column
  if (shift >= 0) return text.replace(/^(?=[^\r\n])/gm, ' '.repeat(shift))
  return text.replace(new RegExp(`^ {${-shift}}`, 'gm'), '')
}

/** The whole text of the list with these items. */
export function joinList(list: ListText, items: string[]): string {
  return list.before + items.join(list.kind === 'flow' ? list.separator : '') + list.after
}
