import { isAlias, isMap, isScalar, isSeq, type Pair, type YAMLSeq } from 'yaml'
import { type LineAnchor, lineStart, lineTextEnd } from '../splice.ts'

/** Offset of a pair's key. */
export function startOf(pair: Pair): number {
  return rangeOf(pair.key)?.[0] ?? 0
}

/** Offset after the colon, or after the key of a flow pair without one. */
export function colonEnd(pair: Pair): number {
  const colon = pair.srcToken?.sep?.find(({ type }) => type === 'map-value-ind')
  return colon ? colon.offset + 1 : (rangeOf(pair.key)?.[1] ?? 0)
}

export function hasColon(pair: Pair): boolean {
  return pair.srcToken?.sep?.some(({ type }) => type === 'map-value-ind') ?? false
}

/** Offset after the last character of a pair's value; after the colon when it has none. */
export function pairEnd(pair: Pair): number {
  return Math.max(colonEnd(pair), nodeEnd(pair.value))
}

/** Offset after the last character of a node's text; 0 for a node without any. */
export function nodeEnd(node: unknown): number {
  if (isMap(node) && !node.flow) {
    const last = node.items.at(-1)
    return last ? pairEnd(last) : 0
  }
  if (isSeq(node) && !node.flow) return Math.max(nodeEnd(node.items.at(-1)), dashesOf(node).at(-1) ?? 0)
  return rangeOf(node)?.[1] ?? 0
}

/** Offsets of the dashes of a block sequence. */
export function dashesOf({ srcToken }: YAMLSeq): number[] {
  const items = srcToken?.type === 'block-seq' ? srcToken.items : []
  return items.flatMap(({ start }) =>
    start.filter(({ type }) => type === 'seq-item-ind').map(each => each.offset),
  )
}

/** Columns before a character, a BOM not counted. */
export function columnOf(source: string, offset: number): number {
  return offset - lineStart(source, offset)
}

/** Where lines after a pair are inserted: after the text and comment of its last line. */
export function anchorAfter(source: string, pair: Pair): LineAnchor {
  return anchorAt(source, pairEnd(pair), lastLeaf(pair))
}

/**
 * The same for lines that begin at column `indent`. Comments that are indented deeper belong to the text before them,
 * so the lines go after these comments.
 */
export function anchorBehind(source: string, anchor: LineAnchor, indent: number): LineAnchor {
  if (anchor.lineStart) return anchor
  let { offset } = anchor
  const comment = /\r?\n(?:[ \t]*\r?\n)*( *)#[^\n]*/y
  for (;;) {
    comment.lastIndex = offset
    const match = comment.exec(source)
    if (!match || (match[1] ?? '').length <= indent) return { offset, lineStart: false }
    offset = lineTextEnd(source, comment.lastIndex - (match[0].endsWith('\r') ? 1 : 0))
  }
}

/** Where lines after `offset`, the end of `node`'s text, are inserted. */
export function anchorAt(source: string, offset: number, node: unknown): LineAnchor {
  if (!isScalar(node) || !node.type?.startsWith('BLOCK_')) {
    return { offset: lineTextEnd(source, offset), lineStart: false }
  }
  let end = offset
  const header = source.slice(node.range?.[0], lineTextEnd(source, node.range?.[0] ?? 0))
  if (!/^[|>]\d?\+/.test(header)) {
    while (/\n\r?\n$/.test(source.slice(Math.max(0, end - 3), end))) end -= source[end - 2] === '\r' ? 2 : 1
  }
  return { offset: end, lineStart: true }
}

export function lastLeaf(node: unknown): unknown {
  let leaf = node
  while (true) {
    if (typeof leaf === 'object' && leaf !== null && 'key' in leaf && 'value' in leaf) leaf = leaf.value
    else if ((isMap(leaf) || isSeq(leaf)) && !leaf.flow && leaf.items.length > 0) leaf = leaf.items.at(-1)
    else return leaf
  }
}

export function isQuoted(node: unknown): boolean {
  return isScalar(node) && node.type?.startsWith('QUOTE_') === true
}

export function rangeOf(node: unknown): [number, number, number] | undefined {
  if (isScalar(node) || isMap(node) || isSeq(node) || isAlias(node)) return node.range ?? undefined
  return undefined
}
