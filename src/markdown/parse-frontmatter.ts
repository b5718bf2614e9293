import matter from 'gray-matter'
import { bomLength, frontOf, openerOffset } from './front.ts'
import { type ParsedYaml, parseYaml, recordOf } from './parse-yaml.ts'
import { lineAt } from './splice.ts'

/** Frontmatter of a Markdown file: its place and its data. */
export interface Frontmatter {
  /** Offsets of the YAML text between the fences; null when the file has no frontmatter. */
  range: { start: number; end: number } | null
  /** Offset of the first character after the closing fence's line end; 0 (or after the BOM) without frontmatter. */
  bodyOffset: number
  /** Parsed mapping; empty without frontmatter or when it does not parse. */
  data: Record<string, unknown>
  /** Why it does not parse, with a 1-based line of the file; null when it does. */
  problem: ParsedYaml['problem']
}

/**
 * Splits a Markdown file at its frontmatter and reads it. Before the opening `---` there may be a BOM, blank lines
 * and HTML comments; both fences are alone on their lines. Keys are plain data: dates stay strings, nothing is
 * evaluated, and every call returns a new object. Never throws.
 *
 * `range` runs from the line after the opening fence to the start of the closing fence's line.
 */
export function parseFrontmatter(text: string): Frontmatter {
  const none: Frontmatter = { range: null, bodyOffset: bomLength(text), data: {}, problem: null }
  const opener = openerOffset(text)
  const [, label] = /^---[ \t\r]*(|[a-z]\w*)\s*?(?:\n|$)/i.exec(text.slice(opener)) ?? []
  if (opener < 0 || label === undefined) return none

  const front = frontOf(text)
  const line = lineAt(text, opener)
  if (!front) {
    const unclosed = /^---[^\S\n]*\n[\w-]+[ \t]*:\s/.test(text.slice(opener, opener + 200))
    return unclosed ? { ...none, problem: { reason: 'the opening --- has no closing ---', line } } : none
  }
  if (label !== '') {
    return { ...none, problem: { reason: `the opening fence names a language (---${label})`, line } }
  }
  const { opening, yaml, closing } = front
  const { data, problem } = readBlock(yaml)
  return {
    range: { start: opening.length, end: opening.length + yaml.length },
    bodyOffset: opening.length + yaml.length + closing.length,
    data,
    problem: problem && { reason: problem.reason, line: line + problem.line },
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
  const data = recordOf(read.value ?? {})
  if (!data) return { data: {}, problem: { reason: 'frontmatter is not a mapping', line: 1 } }
  if (Object.hasOwn(data, '__proto__')) Reflect.deleteProperty(data, '__proto__')
  return { data, problem: null }
}

function refuse(): never {
  throw new Error('only YAML frontmatter is read')
}

/** Without these, gray-matter evaluates `---js` blocks. */
const REFUSING_ENGINES = Object.fromEntries(
  ['javascript', 'js', 'json', 'coffee', 'coffeescript', 'cson', 'toml'].map(name => [name, refuse]),
)

function refusalOf(yaml: string): Frontmatter['problem'] {
  // gray-matter would end the block at any line that begins with three dashes.
  const dashes = `\n${yaml}`.indexOf('\n---')
  if (dashes >= 0) return { reason: 'a line begins with ---', line: lineAt(yaml, dashes) }
  // Its test for an empty block takes quadratic time over blank lines. Real blocks have far fewer.
  if (/(?<!\s)\s{10000}/.test(yaml)) return { reason: 'too many blank lines', line: 1 }
  return null
}
