import matter from 'gray-matter'
import { type ParsedYaml, parseYaml, recordOf } from './parse-yaml.ts'

/** Frontmatter of a Markdown file: its place and its data. */
export interface Frontmatter {
  /** Offsets of the YAML text between the fences; null when the file has no frontmatter. */
  range: { start: number; end: number } | null
  /** Offset of the first character after the closing fence's line end; 0 (or after the BOM) without frontmatter. */
  bodyOffset: number
  /** Parsed mapping; empty without frontmatter or when it does not parse. */
  data: Record<string, unknown>
  /** Why it does not parse, with a 1-based line of the file; null when it does. */
  problem: { reason: string; line: number } | null
}

/** gray-matter's test for an empty block takes quadratic time over blank lines. Real blocks have far fewer. */
const LONGEST_BLANK_RUN = 10_000

/**
 * Splits a Markdown file at its frontmatter and reads it. Before the opening `---` there may be a BOM, blank lines
 * and HTML comments; both fences are alone on their lines. Keys are plain data: dates stay strings, nothing is
 * evaluated, and every call returns a new object (DIALECTS: Reading rules, Writing rules). Never throws.
 *
 * `range` runs from the line after the opening fence to the start of the closing fence's line.
 */
export function parseFrontmatter(text: string): Frontmatter {
  const bom = text.charCodeAt(0) === 0xfeff ? 1 : 0
  const none: Frontmatter = { range: null, bodyOffset: bom, data: {}, problem: null }
  const opener = openerOffset(text, bom)
  if (opener < 0) return none

  const start = lineEnd(text, opener)
  const label = text.slice(opener + 3, start).trim()
  const close = label === '' || /^[a-z]\w*$/i.test(label) ? closerOffset(text, start) : -1
  const line = close >= 0 || label === '' ? lineAt(text, opener) : 0
  if (close < 0) {
    const unclosed = label === '' && /^[\w-]+[ \t]*:(?=\s)/.test(text.slice(start, start + 200))
    return unclosed ? { ...none, problem: { reason: 'the opening --- has no closing ---', line } } : none
  }
  if (label !== '') {
    return { ...none, problem: { reason: `the opening fence names a language (---${label})`, line } }
  }

  const read = readBlock(text.slice(start, close))
  return {
    range: { start, end: close },
    bodyOffset: lineEnd(text, close),
    data: read.data,
    problem: read.problem && { reason: read.problem.reason, line: line + read.problem.line },
  }
}

/** Data of the text between the fences; the problem's line counts from the line after the opening fence. */
function readBlock(yaml: string): Pick<Frontmatter, 'data' | 'problem'> {
  const refused = refusalOf(yaml)
  if (refused) return { data: {}, problem: refused }

  let read: ParsedYaml = { value: undefined, problem: null }
  matter(`---\n${yaml}---\n`, {
    language: 'yaml',
    engines: {
      ...REFUSING_ENGINES,
      yaml: block => {
        read = parseYaml(block)
        return {}
      },
    },
  })
  // gray-matter passes the line end of the opening fence to its engine too.
  if (read.problem)
    return { data: {}, problem: { ...read.problem, line: Math.max(1, read.problem.line - 1) } }
  if (read.value === undefined || read.value === null) return { data: {}, problem: null }
  const data = recordOf(read.value)
  if (!data) return { data: {}, problem: { reason: 'frontmatter is not a mapping', line: 1 } }
  if (Object.hasOwn(data, '__proto__')) Reflect.deleteProperty(data, '__proto__')
  return { data, problem: null }
}

function refuse(): never {
  throw new Error('only YAML frontmatter is read')
}

/** Without these, gray-matter evaluates `---js` blocks. */
const REFUSING_ENGINES = {
  javascript: refuse,
  js: refuse,
  json: refuse,
  coffee: refuse,
  coffeescript: refuse,
  cson: refuse,
  toml: refuse,
}

function refusalOf(yaml: string): Frontmatter['problem'] {
  // gray-matter would end the block at any line that begins with three dashes.
  if (yaml.startsWith('---')) return { reason: 'a line begins with ---', line: 1 }
  const dashes = yaml.indexOf('\n---')
  if (dashes >= 0) return { reason: 'a line begins with ---', line: lineAt(yaml, dashes + 1) }
  if (longestBlankRun(yaml) > LONGEST_BLANK_RUN) return { reason: 'too many blank lines', line: 1 }
  return null
}

function longestBlankRun(text: string): number {
  let longest = 0
  let run = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    const blank = code <= 0x20 || (code > 0x7f && text.charAt(i).trim() === '')
    run = blank ? run + 1 : 0
    if (run > longest) longest = run
  }
  return longest
}

/** Offset of the line that begins with `---`, after blank lines and comments; -1 when something else comes first. */
export function openerOffset(text: string, from: number): number {
  let offset = from
  while (offset < text.length) {
    const end = lineEnd(text, offset)
    if (text.startsWith('---', offset)) return offset
    if (text.startsWith('<!--', offset)) {
      const close = text.indexOf('-->', offset + 4)
      if (close < 0) return -1
      const rest = lineEnd(text, close + 3)
      if (text.slice(close + 3, rest).trim() !== '') return -1
      offset = rest
    } else if (isBlank(text, offset, end)) {
      offset = end
    } else {
      return -1
    }
  }
  return -1
}

/** Offset of the first line that is `---` alone, -1 without one. */
export function closerOffset(text: string, from: number): number {
  for (let offset = from; offset < text.length; ) {
    if (text.startsWith('---', offset) && isBlank(text, offset + 3, lineEnd(text, offset))) return offset
    const next = text.indexOf('\n---', offset)
    if (next < 0) return -1
    offset = next + 1
  }
  return -1
}

function isBlank(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i)
    if (code !== 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d) return false
  }
  return true
}

/** Offset after the line end of the line at `offset`. */
function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset)
  return newline < 0 ? text.length : newline + 1
}

/** 1-based line of an offset. */
export function lineAt(text: string, offset: number): number {
  let line = 1
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++
  return line
}
