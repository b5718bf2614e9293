import { isMap, isScalar, type Pair, type Scalar } from 'yaml'
import { type Found, refusal, type YamlText } from './yaml-place.ts'
import { colonEnd, hasColon, rangeOf, startOf } from './yaml-position.ts'
import { replaceValue, type Splice } from './yaml-splice.ts'
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
  const { pair, depth } = found
  const node = pair.value
  if (isScalar(node) && !isEmpty(node)) {
    const [start, end] = rangeOf(node) ?? [0, 0]
    const written = formatScalar(edit.value, quotingFor(found, node, edit), found.parent.flow === true)
    return replaceValue(text.source, { start, end }, { text: written, depth })
  }
  if (node === null || node === undefined || isScalar(node)) {
    const quoting = quotingFor(found, undefined, edit)
    return fillValue(text, pair, {
      text: formatScalar(edit.value, quoting, found.parent.flow === true),
      depth,
    })
  }
  const reason = isMap(node) ? 'the value is a mapping' : 'the value is a list'
  throw refusal(text, edit.path, { reason, offset: startOf(pair) })
}

function quotingFor(
  found: Found,
  node: Scalar | undefined,
  { path, value }: { path: string[]; value: YamlScalar },
): Quoting {
  if (found.json) return 'double'
  if (node?.type === 'QUOTE_DOUBLE') return 'double'
  if (node?.type === 'QUOTE_SINGLE') return 'single'
  if (typeof value !== 'string') return 'plain'
  const fresh = quotingOfNew(path.at(-1) ?? '', value)
  if (node === undefined || typeof node.value !== 'string') return fresh
  if (isPlainSafe(value)) return 'plain'
  return isStamp(value) && isStamp(node.value) ? 'plain' : fresh
}

/** A null without text of its own. */
function isEmpty(node: unknown): boolean {
  const range = rangeOf(node)
  return range === undefined || range[0] === range[1]
}

/** Writes a value behind the colon of a key that has none, or in place of `null`, `{}` or `[]`. */
export function fillValue(text: YamlText, pair: Pair, value: { text: string; depth: number }): Splice {
  const range = rangeOf(pair.value)
  if (range && range[0] !== range[1]) {
    return replaceValue(text.source, { start: range[0], end: range[1] }, value)
  }
  const at = colonEnd(pair)
  const filled = hasColon(pair) ? ` ${value.text}` : `: ${value.text}`
  return replaceValue(text.source, { start: at, end: at }, { text: filled, depth: value.depth })
}

/** Takes away `null`, `{}` or `[]` behind a colon, so that a block can follow on the next lines. */
export function clearValue(text: YamlText, pair: Pair, depth: number): Splice[] {
  const range = rangeOf(pair.value)
  if (!range || range[0] === range[1]) return []
  const blank = text.source.slice(colonEnd(pair), range[0]).trim() === ''
  const start = blank ? colonEnd(pair) : range[0]
  return [replaceValue(text.source, { start, end: range[1] }, { text: '', depth })]
}
