import { type Document, isAlias, isMap, isScalar, isSeq, type Pair, parseDocument, type YAMLMap } from 'yaml'
import { OpsxError } from '../../errors.ts'
import { insertLines, type LineAnchor, lineAt, type Splice } from '../splice.ts'
import { rangeOf, startOf } from './yaml-position.ts'

/** A parsed YAML text with the positions of its nodes. */
export interface YamlText {
  source: string
  document: Document
  /** Newline for texts that have none. */
  newline: string
  /** 1-based line of the file on which the text begins. */
  firstLine: number
}

export interface YamlTextOptions {
  newline?: string
  firstLine?: number
}

/** Where a missing path starts: in an existing mapping, under a key without a mapping, or in an empty document. */
export type Holder =
  | { kind: 'map'; map: YAMLMap; parent: YAMLMap | null }
  | { kind: 'hole'; pair: Pair; parent: YAMLMap }
  | { kind: 'root' }

export interface Found {
  kind: 'found'
  pair: Pair
  parent: YAMLMap
}

export type Place = Found | { kind: 'missing'; holder: Holder; rest: string[] }

/** Throws OpsxError EDIT_REFUSED when the text is not one YAML document. */
export function locateYaml(source: string, options: YamlTextOptions = {}): YamlText {
  const document = parseDocument(source, {
    keepSourceTokens: true,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
  })
  const { newline = '\n', firstLine = 1 } = options
  const text: YamlText = { source, document, newline, firstLine }
  const error = document.errors[0]
  if (error) throw refusal(text, [], { reason: error.message, offset: error.pos[0] })
  return text
}

/** Follows `path` as far as it exists. Throws EDIT_REFUSED where an edit could change other places too. */
export function placeOf(text: YamlText, path: string[]): Place {
  const root = text.document.contents
  if (root === null || (isScalar(root) && root.value === null && root.source === '')) {
    return { kind: 'missing', holder: { kind: 'root' }, rest: path }
  }
  if (!isMap(root)) throw refusal(text, path, { reason: 'the document is not a mapping', offset: 0 })

  if (hasAnchor(root)) throw refusal(text, path, { reason: 'an anchor or alias is there', offset: 0 })
  let map: YAMLMap = root
  let parent: YAMLMap | null = null
  for (const [depth, key] of path.entries()) {
    const pair = pairOf(map, key)
    if (!pair) return { kind: 'missing', holder: { kind: 'map', map, parent }, rest: path.slice(depth) }
    refuseUnusual(text, path, pair)
    if (depth === path.length - 1) return { kind: 'found', pair, parent: map }
    if (isHole(pair, map)) {
      return { kind: 'missing', holder: { kind: 'hole', pair, parent: map }, rest: path.slice(depth + 1) }
    }
    if (!isMap(pair.value)) {
      const reason = `${path.slice(0, depth + 1).join('.')} is not a mapping`
      throw refusal(text, path, { reason, offset: startOf(pair) })
    }
    parent = map
    map = pair.value
  }
  throw new Error('an edit has a path')
}

/** True for a key without value, with `null`, or with `{}` in a block mapping. */
function isHole(pair: Pair, parent: YAMLMap): boolean {
  const value = pair.value
  if (value === null || value === undefined) return true
  if (isScalar(value)) return value.value === null
  // Braces with a comment inside have tokens: what is in them stays.
  return (
    isMap(value) &&
    !parent.flow &&
    value.srcToken?.type === 'flow-collection' &&
    value.srcToken.items.length === 0
  )
}

/** True for braces in the style of JSON, where keys and strings are double-quoted. */
export function isJson(map: YAMLMap): boolean {
  const key = map.items[0]?.key
  return map.flow === true && isScalar(key) && key.type === 'QUOTE_DOUBLE'
}

export function pairOf(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find(pair => isScalar(pair.key) && String(pair.key.value) === key)
}

function hasAnchor(node: unknown): boolean {
  return isAlias(node) || ((isMap(node) || isSeq(node) || isScalar(node)) && node.anchor !== undefined)
}

function refuseUnusual(text: YamlText, path: string[], { key, value, srcToken }: Pair): void {
  const has = (tokens: { type: string }[] | undefined, type: string) =>
    tokens?.some(token => token.type === type)
  const reasons: [boolean | undefined, string][] = [
    [hasAnchor(key) || hasAnchor(value), 'an anchor or alias is there'],
    [isScalar(value) && value.type?.startsWith('BLOCK_'), 'the value is a block scalar'],
    [has(srcToken?.sep, 'tag') || has(srcToken?.sep, 'anchor'), 'the value has a tag or an anchor'],
    [has(srcToken?.start, 'explicit-key-ind'), 'the key is written with a question mark'],
  ]
  const reason = reasons.find(([applies]) => applies)?.[1]
  if (reason) throw refusal(text, path, { reason, offset: rangeOf(key)?.[0] ?? 0 })
}

export function spliceLines({ source, newline }: YamlText, anchor: LineAnchor, lines: string[]): Splice {
  const { offset } = anchor
  return { start: offset, end: offset, text: insertLines(source, anchor, lines, newline) }
}

/** OpsxError EDIT_REFUSED with the key's path and the line. */
export function refusal(text: YamlText, path: string[], why: { reason: string; offset: number }): OpsxError {
  const line = text.firstLine + lineAt(text.source, why.offset) - 1
  const what = path.length > 0 ? `"${path.join('.')}"` : 'the YAML'
  return new OpsxError('EDIT_REFUSED', `Cannot edit ${what} at line ${line}: ${why.reason}.`, {
    hint: 'Edit this place in an editor, then run again.',
  })
}
