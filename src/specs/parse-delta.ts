import { type Misreading, misreadings } from './openspec-view.ts'
import {
  type Operation,
  type Removal,
  type Renaming,
  removalsIn,
  renamingsIn,
  type Unpaired,
} from './parse-operations.ts'
import {
  type LineRange,
  parseRequirements,
  REQUIREMENT_HEADER,
  type Requirement,
} from './parse-requirements.ts'
import { ODD_HEADER, type Place, place, unclosedFence } from './parse-spec.ts'
import { matches, proseOf, type SpecLine, type SpecText, specText } from './spec-lines.ts'

/** A delta spec. Offsets and lines are those of `text`. */
export interface Delta {
  text: string
  sections: { operation: Operation; line: number; title: string }[]
  added: Requirement[]
  modified: Requirement[]
  removed: Removal[]
  renamed: Renaming[]
  unpaired: Unpaired[]
  /** Requirement headers outside every delta section; `section` is the title above them, null for none. */
  orphans: (Place & { section: string | null })[]
  /** Headings that are no requirement. `absorbed`: the merge adds them to the requirement above, else it skips them. */
  strays: (Place & { section: Operation; absorbed: boolean })[]
  /** Headers that resemble one of the four sections, so that the merge skips the text below them. */
  misspelt: (Place & { operation: Operation })[]
  oddHeaders: Place[]
  /** Prose of a section above its first requirement, which is not merged. */
  loose: (Place & { section: Operation })[]
  /** Text of `## Purpose` for a new capability; null when it is missing or empty. */
  purpose: string | null
  misreadings: Misreading[]
  unclosedFence: number | null
}

interface Section extends LineRange {
  operation: Operation | null
  title: string
  line: number
}

const SECTION = /^##\s+(.+)$/
const OPERATIONS: readonly Operation[] = ['ADDED', 'MODIFIED', 'REMOVED', 'RENAMED']
const HEADING = /^#{1,3}\s+(.+?)\s*$/
const ANY_HEADING = /^ {0,3}#{1,6}\s+(.+?)\s*$/

/** Reads a delta spec; never throws. */
export function parseDelta(text: string): Delta {
  const source = specText(text)
  const { lines } = source
  const sections = sectionsOf(lines)
  const bodies = (operation: Operation) => sections.filter(each => each.operation === operation)
  const blocks = (operation: Operation) => bodies(operation).flatMap(each => parseRequirements(source, each))
  const removedBlocks = new Map(blocks('REMOVED').map(each => [each.line, each]))
  const renamings = bodies('RENAMED').map(each => renamingsIn(lines.slice(each.from, each.to)))
  return {
    text,
    sections: sections.flatMap(({ operation, line, title }) => (operation ? { operation, line, title } : [])),
    added: blocks('ADDED'),
    modified: blocks('MODIFIED'),
    removed: bodies('REMOVED').flatMap(each => removalsIn(lines.slice(each.from, each.to), removedBlocks)),
    renamed: renamings.flatMap(each => each.pairs),
    unpaired: renamings.flatMap(each => each.unpaired),
    orphans: orphansIn(lines, sections),
    strays: [...bodies('ADDED'), ...bodies('MODIFIED')].flatMap(each => straysIn(lines, each)).sort(byLine),
    misspelt: misspeltIn(lines, sections),
    oddHeaders: lines.filter(line => matches(line, ODD_HEADER)).map(line => place(line, ODD_HEADER)),
    loose: sections.flatMap(each => looseIn(lines, each)),
    purpose: purposeIn(source, sections),
    misreadings: misreadings(lines),
    unclosedFence: unclosedFence(source),
  }
}

/** Names of the requirements that delta specs add or modify, in file order, without doubles and comments. */
export function requirementNamesIn(deltas: readonly Delta[]): string[] {
  const names = deltas.flatMap(({ added, modified }) =>
    [...added, ...modified]
      .sort((one, other) => one.line - other.line)
      .map(({ name }) => name.replace(/<!--.*?-->/g, '').trim()),
  )
  return [...new Set(names)]
}

function sectionsOf(lines: readonly SpecLine[]): Section[] {
  const headers = lines.flatMap((line, index) => (matches(line, SECTION) ? [index] : []))
  const first: Section = { from: 0, to: headers[0] ?? lines.length, operation: null, title: '', line: 0 }
  const rest = headers.map((header, index) => {
    const title = (SECTION.exec(lines[header]?.text ?? '')?.[1] ?? '').trim()
    const operation = OPERATIONS.find(each => `${each} requirements`.toLowerCase() === title.toLowerCase())
    const to = headers[index + 1] ?? lines.length
    return { from: header + 1, to, operation: operation ?? null, title, line: header + 1 }
  })
  return [first, ...rest]
}

function orphansIn(lines: readonly SpecLine[], sections: readonly Section[]): Delta['orphans'] {
  return sections
    .filter(each => each.operation === null)
    .flatMap(({ from, to, title, line: header }) =>
      lines
        .slice(from, to)
        .filter(line => matches(line, REQUIREMENT_HEADER))
        .map(line => ({ ...place(line, REQUIREMENT_HEADER), section: header === 0 ? null : title })),
    )
}

function straysIn(lines: readonly SpecLine[], { from, to, operation }: Section): Delta['strays'] {
  const strays: Delta['strays'] = []
  let absorbed = false
  for (const line of lines.slice(from, to)) {
    if (matches(line, REQUIREMENT_HEADER)) absorbed = true
    else if (operation && matches(line, HEADING) && !misspeltOperation(line.text)) {
      strays.push({ ...place(line, HEADING), section: operation, absorbed })
    }
  }
  return strays
}

/** Headings that differ from a section title in colon, depth, spaces, closing `#` or the singular `Requirement`. */
function misspeltIn(lines: readonly SpecLine[], sections: readonly Section[]): Delta['misspelt'] {
  const read = new Set(sections.filter(each => each.operation).map(each => each.line))
  return lines.flatMap(line => {
    if (read.has(line.number) || !matches(line, ANY_HEADING)) return []
    const operation = misspeltOperation(line.text)
    return operation ? [{ name: line.text.trim(), line: line.number, operation }] : []
  })
}

function misspeltOperation(text: string): Operation | undefined {
  const title = ANY_HEADING.exec(text)?.[1] ?? ''
  const word = /^(ADDED|MODIFIED|REMOVED|RENAMED)\s+Requirements?\s*:?\s*#*$/i.exec(title)?.[1]?.toUpperCase()
  return OPERATIONS.find(each => each === word)
}

function looseIn(lines: readonly SpecLine[], { from, to, operation }: Section): Delta['loose'] {
  if (operation === null || operation === 'RENAMED') return []
  const body = lines.slice(from, to)
  const stop = body.findIndex(
    line => matches(line, ANY_HEADING) || matches(line, /^\s*[-*+]\s*`?###\s*Requirement:/),
  )
  const first = body.slice(0, stop < 0 ? body.length : stop).find(line => proseOf(line).trim() !== '')
  return first ? [{ name: first.text.trim(), line: first.number, section: operation }] : []
}

function purposeIn({ text, lines }: SpecText, sections: readonly Section[]): string | null {
  const section = sections.find(each => /^purpose$/i.test(each.title))
  if (!section) return null
  const body = lines.slice(section.from, section.to)
  if (body.every(line => proseOf(line).trim() === '')) return null
  const [first, last] = [body[0], body.at(-1)]
  return first && last ? text.slice(first.start, last.end).trim() : null
}

function byLine(one: Place, other: Place): number {
  return one.line - other.line
}
