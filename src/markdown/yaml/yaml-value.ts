import { isMap, isScalar, type Pair, type Scalar, type YAMLMap } from 'yaml'
import { lineStart, lineTextEnd, replaceValue, type Splice } from '../splice.ts'
import { type Found, isJson, placeOf, refusal, type YamlText } from './yaml-place.ts'
import { anchorAfter, colonEnd, hasColon, pairEnd, rangeOf, startOf } from './yaml-position.ts'
import {
  formatScalar,
  isPlainSafe,
  isStamp,
  type Quoting,
  quotingOfNew,
  type YamlScalar,
} from './yaml-style.ts'

/** Replaces the scalar of an existing key, or fills in a missing one, in the quotes it has. */
export function planReplace(
  text: YamlText,
  found: Found,
  edit: { path: string[]; value: YamlScalar },
): Splice {
  const { pair } = found
  const node = pair.value
  if (isScalar(node) && !isEmpty(node)) {
    const [start, end] = rangeOf(node) ?? [0, 0]
    const written = formatScalar(edit.value, quotingFor(found, node, edit), found.parent.flow === true)
    return replaceValue(text.source, { start, end }, written)
  }
  if (node === null || node === undefined || isScalar(node)) {
    const quoting = quotingFor(found, undefined, edit)
    return fillValue(text, pair, formatScalar(edit.value, quoting, found.parent.flow === true))
  }
  const reason = isMap(node) ? 'the value is a mapping' : 'the value is a list'
  throw refusal(text, edit.path, { reason, offset: startOf(pair) })
}

function quotingFor(
  found: Found,
  node: Scalar | undefined,
  { path, value }: { path: string[]; value: YamlScalar },
): Quoting {
  if (isJson(found.parent)) return 'double'
  if (node?.type === 'QUOTE_DOUBLE') return 'double'
  if (node?.type === 'QUOTE_SINGLE') return 'single'
  if (typeof value !== 'string') return 'plain'
  const fresh = quotingOfNew(path.at(-1) ?? '', value)
  if (node === undefined || typeof node.value !== 'string') return fresh
  if (isPlainSafe(value)) return 'plain'
  return isStamp(value) && isStamp(node.value) ? 'plain' : fresh
}

/** True for a null that no text is written for. */
function isEmpty(node: unknown): boolean {
  const range = rangeOf(node)
  return range === undefined || range[0] === range[1]
}

/** Writes a value after the colon of a key that has none, or in place of `null`, `{}` or `[]`. */
export function fillValue(text: YamlText, pair: Pair, value: string): Splice {
  const range = rangeOf(pair.value)
  if (range && range[0] !== range[1]) {
    return replaceValue(text.source, { start: range[0], end: range[1] }, value)
  }
  const at = colonEnd(pair)
  return replaceValue(text.source, { start: at, end: at }, hasColon(pair) ? ` ${value}` : `: ${value}`)
}

/** Removes `null`, `{}` or `[]` after a colon, so that a block can follow on the next lines. */
export function clearValue(text: YamlText, pair: Pair): Splice[] {
  const range = rangeOf(pair.value)
  if (!range || range[0] === range[1]) return []
  const blank = text.source.slice(colonEnd(pair), range[0]).trim() === ''
  const start = blank ? colonEnd(pair) : range[0]
  return [replaceValue(text.source, { start, end: range[1] }, '')]
}

/** Removes a key with its lines, or with its comma from a flow mapping; the last key of a mapping leaves `{}`. */
export function planRemove(text: YamlText, found: Found, path: string[]): Splice[] {
  const { pair, parent } = found
  if (parent.flow) return [removeFromFlow(text.source, parent, pair)]
  const lines = removeLines(text.source, pair)
  if (parent.items.length > 1 || path.length === 1) return [lines]
  const outer = placeOf(text, path.slice(0, -1))
  if (outer.kind === 'missing') return [lines]
  const at = colonEnd(outer.pair)
  return [replaceValue(text.source, { start: at, end: at }, ' {}'), lines]
}

function removeLines(source: string, pair: Pair): Splice {
  const anchor = anchorAfter(source, pair)
  let start = lineStart(source, startOf(pair))
  let end = anchor.offset
  if (!anchor.lineStart) {
    const newline = source.indexOf('\n', end)
    end = newline < 0 ? source.length : newline + 1
    if (newline < 0 && start > 1) start = lineTextEnd(source, lineStart(source, start - 1))
  }
  return { start, end, text: '' }
}

function removeFromFlow(source: string, map: YAMLMap, pair: Pair): Splice {
  const index = map.items.indexOf(pair)
  const next = map.items[index + 1]
  const previous = map.items[index - 1]
  if (next) return { start: startOf(pair), end: startOf(next), text: '' }
  if (previous) return { start: pairEnd(previous), end: pairEnd(pair), text: '' }
  const [open, close] = rangeOf(map) ?? [0, 0]
  const around = source.slice(open + 1, startOf(pair)) + source.slice(pairEnd(pair), close - 1)
  if (/^[\s,]*$/.test(around)) return { start: open + 1, end: close - 1, text: '' }
  return { start: startOf(pair), end: pairEnd(pair), text: '' }
}
