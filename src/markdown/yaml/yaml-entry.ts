import { isMap, isScalar, type Pair, type YAMLMap } from 'yaml'
import { insertLines, type LineAnchor, type Splice } from '../splice.ts'
import { flowStyleOf, quotingLike } from './yaml-flow.ts'
import type { YamlText } from './yaml-place.ts'
import { columnOf, rangeOf, startOf } from './yaml-position.ts'
import {
  alwaysDouble,
  formatFlow,
  formatKey,
  formatScalar,
  SPACED_FLOW,
  type YamlScalar,
} from './yaml-style.ts'

export type YamlEntry = Record<string, YamlScalar>

export interface AppendPlan {
  path: string[]
  entry: YamlEntry
  newestFirst: boolean
}

/** The line of a flow entry in a new block list, in the style of `like` (LIFECYCLE §3). */
export function newLine(
  text: YamlText,
  anchor: LineAnchor,
  { entry, indent, like }: { entry: YamlEntry; indent: number; like?: YAMLMap },
): Splice {
  const style = like ? flowStyleOf(text.source, like) : SPACED_FLOW
  const line = `${' '.repeat(indent)}- ${formatFlow(entry, style, like ? quotingLike(like) : alwaysDouble)}`
  return spliceLines(text, anchor, [line])
}

export function spliceLines({ source, newline }: YamlText, anchor: LineAnchor, lines: string[]): Splice {
  const { offset } = anchor
  return { start: offset, end: offset, text: insertLines(source, anchor, lines, newline) }
}

/** Lines of an entry like its neighbor: a flow mapping, or a block of keys. */
export function entryLines(
  source: string,
  beside: { dash: number; neighbor: unknown },
  entry: YamlEntry,
): string[] {
  const { dash, neighbor } = beside
  const pad = ' '.repeat(columnOf(source, dash))
  if (isMap(neighbor) && !neighbor.flow && neighbor.items[0]) {
    return blockEntry(source, { pad, dash, like: neighbor, first: neighbor.items[0] }, entry)
  }
  const gap = source.slice(dash + 1, rangeOf(neighbor)?.[0] ?? dash + 1)
  const style = isMap(neighbor) && neighbor.items.length > 0 ? flowStyleOf(source, neighbor) : SPACED_FLOW
  const written = formatFlow(entry, style, quotingLike(neighbor))
  return [`${pad}-${/^ +$/.test(gap) ? gap : ' '}${written}`]
}

/** Lines of a block entry, indented and quoted like `like`. */
export function blockEntry(
  source: string,
  how: { pad: string; dash: number; like: YAMLMap; first: Pair },
  entry: YamlEntry,
): string[] {
  const start = startOf(how.first)
  const sameLine = !source.slice(how.dash, start).includes('\n')
  const indent = sameLine ? columnOf(source, start) : how.pad.length + 2
  const quotingOf = quotingLike(how.like)
  const quotedKeys = isScalar(how.first.key) && how.first.key.type?.startsWith('QUOTE_')
  return Object.entries(entry).map(([key, value], index) => {
    const lead = index === 0 ? `${how.pad}-${' '.repeat(indent - how.pad.length - 1)}` : ' '.repeat(indent)
    const quoting = typeof value === 'string' ? quotingOf(key, value) : 'plain'
    return `${lead}${formatKey(key, quotedKeys ? 'double' : 'plain')}: ${formatScalar(value, quoting, false)}`
  })
}
