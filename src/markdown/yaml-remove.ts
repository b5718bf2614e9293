import type { Pair, YAMLMap } from 'yaml'
import { type Found, placeOf, type YamlText } from './yaml-place.ts'
import { anchorAfter, colonEnd, pairEnd, rangeOf, startOf } from './yaml-position.ts'
import { lineStart, lineTextEnd, replaceValue, type Splice } from './yaml-splice.ts'

/** Removes a key with its lines, or with its comma from a flow mapping; the last key of a mapping leaves `{}`. */
export function planRemove(text: YamlText, found: Found, path: string[]): Splice[] {
  const { pair, parent, depth } = found
  if (parent.flow) return [removeFromFlow(text.source, parent, { pair, depth })]
  const lines = removeLines(text.source, pair, depth)
  if (parent.items.length > 1 || path.length === 1) return [lines]
  const outer = placeOf(text, path.slice(0, -1))
  if (outer.kind === 'missing') return [lines]
  const at = colonEnd(outer.pair)
  return [replaceValue(text.source, { start: at, end: at }, { text: ' {}', depth }), lines]
}

function removeLines(source: string, pair: Pair, depth: number): Splice {
  const anchor = anchorAfter(source, pair)
  let start = lineStart(source, startOf(pair))
  let end = anchor.offset
  if (!anchor.lineStart) {
    const newline = source.indexOf('\n', end)
    end = newline < 0 ? source.length : newline + 1
    if (newline < 0 && start > 1) start = lineTextEnd(source, lineStart(source, start - 1))
  }
  return { start, end, text: '', depth }
}

function removeFromFlow(
  source: string,
  map: YAMLMap,
  { pair, depth }: { pair: Pair; depth: number },
): Splice {
  const index = map.items.indexOf(pair)
  const next = map.items[index + 1]
  const previous = map.items[index - 1]
  if (next) return { start: startOf(pair), end: startOf(next), text: '', depth }
  if (previous) return { start: pairEnd(previous), end: pairEnd(pair), text: '', depth }
  const [open, close] = rangeOf(map) ?? [0, 0]
  const around = source.slice(open + 1, startOf(pair)) + source.slice(pairEnd(pair), close - 1)
  if (/^[\s,]*$/.test(around)) return { start: open + 1, end: close - 1, text: '', depth }
  return { start: startOf(pair), end: pairEnd(pair), text: '', depth }
}
