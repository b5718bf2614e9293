import type { Pair, YAMLMap } from 'yaml'
import { type AppendPlan, blockEntry, freshLines } from './yaml-entry.ts'
import { flowStyleOf, quotingLike } from './yaml-flow.ts'
import { type Found, refusal, type YamlText } from './yaml-place.ts'
import { anchorAfter, colonEnd, columnOf, rangeOf, startOf } from './yaml-position.ts'
import { insertLines, newlineAt, type Splice } from './yaml-splice.ts'
import { formatFlow } from './yaml-style.ts'

/** `key: { … }` becomes a block list when it stands on the key's line, else `[{ … }, { … }]`. */
export function planSingleFlow(text: YamlText, { pair, parent, depth }: Found, plan: AppendPlan): Splice[] {
  const { source } = text
  const map = pair.value as YAMLMap
  const [start, end] = rangeOf(map) ?? [0, 0]
  const oneLine =
    /^[ \t]*$/.test(source.slice(colonEnd(pair), start)) && !source.slice(start, end).includes('\n')
  if (parent.flow || !oneLine) {
    const items = plan.entries.map(
      entry => `, ${formatFlow(entry, flowStyleOf(source, map), quotingLike(map))}`,
    )
    return [
      { start, end: start, text: '[', depth },
      { start: end, end, text: `${items.join('')}]`, depth },
    ]
  }
  const indent = columnOf(source, startOf(pair)) + 2
  const dash = `${newlineAt(source, end, text.newline)}${' '.repeat(indent)}- `
  return [
    { start: colonEnd(pair), end: start, text: dash, depth },
    freshLines(text, anchorAfter(source, pair), { plan, indent, depth, like: map }),
  ]
}

/** A block mapping becomes the first item of a list: its dash takes the place of two columns of indentation. */
export function planSingleBlock(text: YamlText, { pair, depth }: Found, plan: AppendPlan): Splice[] {
  const { source } = text
  const map = pair.value as YAMLMap
  const first = map.items[0] as Pair
  const start = startOf(first)
  if (columnOf(source, start) - columnOf(source, startOf(pair)) < 2) {
    throw refusal(text, plan.path, { reason: 'the mapping leaves no room for a dash', offset: start })
  }
  const indent = columnOf(source, start) - 2
  const how = { pad: ' '.repeat(indent), dash: start - 2, like: map, first }
  const lines = plan.entries.flatMap(entry => blockEntry(source, how, entry))
  const anchor = anchorAfter(source, pair)
  return [
    { start: start - 2, end: start, text: '- ', depth },
    {
      start: anchor.offset,
      end: anchor.offset,
      text: insertLines(source, anchor, lines, text.newline),
      depth,
    },
  ]
}
