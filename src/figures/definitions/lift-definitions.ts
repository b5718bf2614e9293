import { isMap, isScalar, type Pair, parseDocument, type YAMLMap } from 'yaml'
import { parseYaml, recordOf } from '../../markdown/parse-yaml.ts'
import { canonicalJson } from './canonical-json.ts'

/** Editors use the URL to validate the file. opsx never fetches it. */
const NEW_FILE = '# yaml-language-server: $schema=https://unpkg.com/opsx/schemas/figures.json\nfigures:\n'

/** The new text of openspec/figures.yaml, or one clause that explains why the definitions cannot be copied. */
export type Lifted = { text: string } | { problem: string }

/**
 * Copies definitions of a change's figures.yaml into the figures.yaml of the repository, because specs will cite them.
 * Keeps how they are written, and replaces a definition of the same name; every other byte stays. Refuses flow mappings,
 * anchors and unreadable files, because the copy could have another meaning.
 */
export function liftDefinitions(base: string | undefined, overlay: string, names: readonly string[]): Lifted {
  const from = figuresOf(overlay)
  if (from === null) return { problem: 'figures in the change is not a block mapping' }
  let text = base ?? NEW_FILE
  const known = recordOf(parseYaml(text).value) ?? {}
  if (figuresOf(text) === null && (known.figures ?? null) !== null)
    return { problem: 'figures in openspec/figures.yaml is not a block mapping' }
  if (!('figures' in known)) text = withKey(text)
  for (const name of names) {
    const entry = entryOf(overlay, from, name)
    if (entry === null) return { problem: `${name} cannot be copied because of how it is written` }
    text = placed(text, name, entry)
  }
  return hasSameMeaning({ base, overlay, names, text })
    ? { text }
    : { problem: 'the copy would have another meaning' }
}

function withKey(base: string): string {
  return `${base}${base === '' || base.endsWith('\n') ? '' : '\n'}figures:\n`
}

function figuresOf(text: string): YAMLMap | null {
  const document = parseDocument(text, { uniqueKeys: false })
  const figures = document.errors.length === 0 ? document.get('figures', true) : null
  return isMap(figures) && !figures.flow ? figures : null
}

/** The lines of an entry without their common indentation. Null when the entry cannot be cut out line by line. */
function entryOf(text: string, figures: YAMLMap, name: string): string[] | null {
  const lines = linesOf(text, figures, name)
  if (lines === null) return null
  const indent = /^ */.exec(lines[0] ?? '')?.[0].length ?? 0
  const inside = lines.every(line => line.trim() === '' || line.startsWith(' '.repeat(indent)))
  return inside ? lines.map(line => line.slice(indent)) : null
}

function linesOf(text: string, figures: YAMLMap, name: string): string[] | null {
  const range = rangeOf(text, figures, name)
  return range === null
    ? null
    : text
        .slice(range.start, range.end)
        .replace(/\r?\n$/, '')
        .split(/\r?\n/)
}

/** Offsets of an entry's lines. Null when its first line has other content before the key. */
function rangeOf(text: string, figures: YAMLMap, name: string): { start: number; end: number } | null {
  const pair = figures.items.find(({ key }) => isScalar(key) && key.value === name)
  const key = startOf(pair)
  if (!pair || key === null) return null
  const start = text.lastIndexOf('\n', key - 1) + 1
  if (text.slice(start, key).trim() !== '') return null
  const value = pair.value as { range?: [number, number, number] } | null
  const last = value?.range?.[1] ?? key
  const newline = text.indexOf('\n', Math.max(key, last - 1))
  return { start, end: newline < 0 ? text.length : newline + 1 }
}

function startOf(pair: Pair | undefined): number | null {
  return isScalar(pair?.key) ? (pair.key.range?.[0] ?? null) : null
}

/** Replaces the entry of the same name, or appends it after the last one. Uses the indentation of its neighbors. */
function placed(text: string, name: string, entry: string[]): string {
  const newline = text.includes('\r\n') ? '\r\n' : '\n'
  const figures = figuresOf(text)
  const first = figures ? startOf(figures.items[0]) : null
  const indent = first === null ? 2 : first - (text.lastIndexOf('\n', first - 1) + 1)
  const block = entry.map(line => (line === '' ? '' : ' '.repeat(indent) + line) + newline).join('')
  const known = figures ? rangeOf(text, figures, name) : null
  if (known) return text.slice(0, known.start) + block + text.slice(known.end)
  const last = figures?.items.at(-1)
  const lastName = isScalar(last?.key) ? String(last.key.value) : null
  const after = figures && lastName !== null ? rangeOf(text, figures, lastName) : null
  const at = after?.end ?? endOfKey(text)
  const separator = at > 0 && text[at - 1] !== '\n' ? newline : ''
  return text.slice(0, at) + separator + block + text.slice(at)
}

function endOfKey(text: string): number {
  const key = /^figures:[^\n]*(?:\n|$)/m.exec(text)
  return key ? key.index + key[0].length : text.length
}

interface Copy {
  base: string | undefined
  overlay: string
  names: readonly string[]
  text: string
}

/** Whether the named definitions equal those of the change, and everything else is unchanged. */
function hasSameMeaning({ base, overlay, names, text }: Copy): boolean {
  const of = (source: string) => recordOf(parseYaml(source).value) ?? {}
  const [before, own, after] = [of(base ?? ''), of(overlay), of(text)]
  const lifted = Object.fromEntries(names.map(name => [name, recordOf(own.figures)?.[name]]))
  const meant = { ...before, figures: { ...recordOf(before.figures), ...lifted } }
  return parseYaml(text).problem === null && canonicalJson(after) === canonicalJson(meant)
}
