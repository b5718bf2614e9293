/** Plain YAML data, as it is written into a file. */
export type YamlScalar = string | number | boolean | null
export type YamlTree = YamlScalar | YamlTree[] | { [key: string]: YamlTree }
export type YamlEntry = Record<string, YamlScalar>

export type Quoting = 'plain' | 'single' | 'double'

/** Chooses the quoting of the string under `key`. Where that is unsafe, the formatter uses double quotes. */
export type QuotingOf = (key: string, value: string) => Quoting

/** White space and punctuation of a flow mapping: `{` open … separator … close `}`. */
export interface FlowStyle {
  open: string
  close: string
  /** Between two pairs, the comma included. */
  separator: string
  /** Between the colon and the value. */
  colon: string
  quotedKeys: boolean
}

export const SPACED_FLOW: FlowStyle = {
  open: ' ',
  close: ' ',
  separator: ', ',
  colon: ' ',
  quotedKeys: false,
}
export const JSON_FLOW: FlowStyle = { open: '', close: '', separator: ', ', colon: ' ', quotedKeys: true }

const PLAIN = /^[A-Za-z](?:(?:[\w./:-]| (?! ))*\w)?$/
const READ_AS_SOMETHING_ELSE = /^(?:null|true|false|yes|no|on|off|y|n)$/i
const SLUG_ID = /^[0-9a-f]{12}$/i
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const STAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/

/** Keys whose strings are always double-quoted in new text. */
const ALWAYS_QUOTED = new Set(['linear_story_title', 'title', 'note', 'at', 'id', 'slug', 'name', 'url'])

export function isAlwaysQuoted(key: string): boolean {
  return ALWAYS_QUOTED.has(key)
}

export function isStamp(text: string): boolean {
  return STAMP.test(text)
}

/** Quoting of a string in new text: plain for simple words, for UUIDs and for the stamp of `last_synced_at`. */
export const quotingOfNew: QuotingOf = (key, value) => {
  if (key === 'last_synced_at' && isStamp(value)) return 'plain'
  return isAlwaysQuoted(key) || !isPlainSafe(value) ? 'double' : 'plain'
}

export const alwaysDouble: QuotingOf = () => 'double'

/** True when every reader of YAML 1.1 and 1.2 reads the unquoted text as this string. */
export function isPlainSafe(value: string, flow = false): boolean {
  if (UUID.test(value)) return true
  if (!PLAIN.test(value) || READ_AS_SOMETHING_ELSE.test(value) || SLUG_ID.test(value)) return false
  return flow ? !value.includes(':') : !/: /.test(value)
}

/** One line of text that parses as `value`. With `quoting` plain, a stamp is written without quotes. */
export function formatScalar(value: YamlScalar, quoting: Quoting, flow: boolean): string {
  if (typeof value !== 'string') return String(value)
  if (quoting === 'plain' && (isPlainSafe(value, flow) || isStamp(value))) return value
  if (quoting === 'single' && /^[\x20-\x7e\xa0-\u2027\u2030-\ud7ff\ue000-\ufefe]*$/.test(value)) {
    return `'${value.replaceAll("'", "''")}'`
  }
  return doubleQuoted(value)
}

/** YAML shares JSON's escapes. Characters that YAML forbids or folds are escaped as well. */
export function doubleQuoted(value: string): string {
  return JSON.stringify(value).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** A key; `neighbor` is the quoting of the other keys, undefined for the first key of a mapping. */
export function formatKey(key: string, neighbor?: Quoting): string {
  const plain =
    neighbor === undefined
      ? /^[a-z][a-z0-9_]*$/.test(key) && isPlainSafe(key)
      : neighbor === 'plain' && isPlainSafe(key, true)
  return plain ? key : doubleQuoted(key)
}

/** `{ … }`, `[ … ]` or a scalar. Inner collections are written on one line. */
export function formatFlow(tree: YamlTree, style: FlowStyle, quotingOf: QuotingOf): string {
  if (Array.isArray(tree)) {
    const inner = oneLine(style)
    return `[${tree.map(item => formatFlow(item, inner, alwaysDouble)).join(inner.separator)}]`
  }
  if (typeof tree === 'object' && tree !== null) {
    const pairs = formatFlowPairs(tree, style, quotingOf)
    return pairs.length === 0 ? '{}' : `{${style.open}${pairs.join(style.separator)}${style.close}}`
  }
  return formatScalar(tree, typeof tree === 'string' ? quotingOf('', tree) : 'plain', true)
}

/** The pairs of a flow mapping, one text each. */
export function formatFlowPairs(
  map: { [key: string]: YamlTree },
  style: FlowStyle,
  quotingOf: QuotingOf,
): string[] {
  const inner = oneLine(style)
  return Object.entries(map).map(([key, value]) => {
    const choose: QuotingOf = style.quotedKeys ? alwaysDouble : (_, text) => quotingOf(key, text)
    const nested = typeof value === 'object' ? quotingOf : choose
    const text = formatFlow(value, inner, style.quotedKeys ? alwaysDouble : nested)
    return `${formatKey(key, style.quotedKeys ? 'double' : undefined)}:${style.colon}${text}`
  })
}

/** The same style without line breaks. */
export function oneLine(style: FlowStyle): FlowStyle {
  const flat = (space: string) => (space.includes('\n') ? space.replace(/\s+/g, ' ') : space)
  return {
    open: flat(style.open),
    close: flat(style.close).replace(',', ''),
    separator: flat(style.separator).replace(/^\s+,/, ','),
    colon: style.colon,
    quotedKeys: style.quotedKeys,
  }
}

/** How a pair is laid out in a block mapping. */
export interface BlockStyle {
  /** Columns before the key. */
  indent: number
  /** Columns that a nested mapping is deeper. */
  step: number
  /** Quoting of the keys beside it. */
  keys?: Quoting | undefined
  /** The flow style of nested mappings; undefined when they are blocks. */
  flow?: FlowStyle | undefined
}

/** Lines of `key: value`, without line ends: mappings nest, lists of mappings become a block of flow entries. */
export function formatBlockPair(key: string, value: YamlTree, style: BlockStyle): string[] {
  const start = `${' '.repeat(style.indent)}${formatKey(key, style.keys)}:`
  if (Array.isArray(value) && value.some(item => typeof item === 'object')) {
    const dash = `${' '.repeat(style.indent + style.step)}- `
    return [start, ...value.map(item => dash + formatFlow(item, SPACED_FLOW, alwaysDouble))]
  }
  if (Array.isArray(value)) return [`${start} ${formatFlow(value, SPACED_FLOW, alwaysDouble)}`]
  if (typeof value === 'object' && value !== null) {
    if (style.flow || Object.keys(value).length === 0) {
      return [`${start} ${formatFlow(value, style.flow ?? SPACED_FLOW, quotingOfNew)}`]
    }
    const inner = { indent: style.indent + style.step, step: style.step }
    return [start, ...Object.entries(value).flatMap(([k, v]) => formatBlockPair(k, v, inner))]
  }
  const quoting = typeof value === 'string' ? quotingOfNew(key, value) : 'plain'
  return [`${start} ${formatScalar(value, quoting, false)}`]
}
