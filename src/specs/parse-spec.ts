import { type Misreading, misreadings } from './openspec-view.ts'
import {
  type LineRange,
  parseRequirements,
  REQUIREMENT_HEADER,
  type Requirement,
} from './parse-requirements.ts'
import { matches, proseOf, type SpecLine, type SpecText, specText } from './spec-lines.ts'

/** A main spec. Offsets and lines are those of `text`. */
export interface Spec {
  text: string
  /** `## Purpose` without comments; null when there is none. */
  purpose: { text: string; line: number; bodyLine: number } | null
  /** `## Requirements`, from its header to the next `## `; null when there is none. */
  section: { line: number; headerEnd: number; end: number } | null
  requirements: Requirement[]
  /** Requirement headers outside `## Requirements`. */
  outside: Place[]
  /** Headers of delta sections. */
  deltaHeaders: Place[]
  /** Headings inside `## Requirements` that OpenSpec reads as requirements without a scenario. */
  strays: Place[]
  /** Requirement headers that only some readers accept: indented, without a space, or of another depth. */
  oddHeaders: Place[]
  misreadings: Misreading[]
  /** 1-based line of a fence or comment that is never closed, or null. */
  unclosedFence: number | null
}

export interface Place {
  name: string
  line: number
}

const SECTION = /^##\s+(.+)$/
export const ODD_HEADER = /^(?: {1,3}###\s*|###|#{1,2}\s+)Requirement:\s*(.+?)\s*$/i
const HEADING = /^#{1,6}\s+(.+)$/
const DELTA_HEADER = /^##\s+(?:ADDED|MODIFIED|REMOVED|RENAMED)\s+Requirements\s*$/i

/** Reads a main spec; never throws. */
export function parseSpec(text: string): Spec {
  const source = specText(text)
  const { lines } = source
  const range = sectionRange(lines, /^##\s+Requirements\s*$/i)
  const purpose = sectionRange(lines, /^##\s+Purpose\s*$/i, /^#{1,2}\s+/)
  const outside = lines.filter(
    (line, index) => matches(line, REQUIREMENT_HEADER) && !(range && index >= range.from && index < range.to),
  )
  return {
    text,
    purpose: purpose && purposeOf(lines, purpose),
    section: range && {
      line: range.from,
      headerEnd: lines[range.from - 1]?.end ?? 0,
      end: lines[range.to]?.start ?? text.length,
    },
    requirements: range ? parseRequirements(source, range) : [],
    outside: outside.map(line => place(line, REQUIREMENT_HEADER)),
    deltaHeaders: lines.filter(line => matches(line, DELTA_HEADER)).map(line => place(line, SECTION)),
    strays: range ? strayHeadings(lines, range) : [],
    oddHeaders: lines.filter(line => matches(line, ODD_HEADER)).map(line => place(line, ODD_HEADER)),
    misreadings: misreadings(lines),
    unclosedFence: unclosedFence(source),
  }
}

/** Lines of the first section with this header, without the header line; null when there is none. */
function sectionRange(lines: readonly SpecLine[], pattern: RegExp, ends = SECTION): LineRange | null {
  const header = lines.findIndex(line => matches(line, pattern))
  if (header < 0) return null
  const next = lines.findIndex((line, index) => index > header && matches(line, ends))
  return { from: header + 1, to: next < 0 ? lines.length : next }
}

/** The line of a fence or comment that is never closed and so hides the rest; null when there is none. */
export function unclosedFence({ text, lines, blocks }: SpecText): number | null {
  const last = blocks.regions.at(-1)
  if (!last || text.slice(last.end).trim() !== '') return null
  if (last.kind === 'comment') return text.slice(last.start, last.end).includes('-->') ? null : last.line
  if (last.kind !== 'fence') return null
  const run = /(`{3,}|~{3,})[^`]*$/.exec(lines[last.line - 1]?.text ?? '')?.[1] ?? '```'
  const closing = /(`{3,}|~{3,})[ \t]*$/.exec(lines[last.endLine - 1]?.text ?? '')?.[1] ?? ''
  const closed = last.endLine > last.line && closing.startsWith(run)
  return closed ? null : last.line
}

export function place(line: SpecLine, pattern: RegExp): Place {
  return { name: (pattern.exec(line.text)?.[1] ?? '').trim(), line: line.number }
}

function purposeOf(lines: readonly SpecLine[], { from, to }: LineRange): Spec['purpose'] {
  const body = lines.slice(from, to)
  const first = body.find(line => proseOf(line).trim() !== '')
  return {
    text: body
      .map(line => (line.hidden === 'fence' ? line.text : proseOf(line)))
      .join('\n')
      .trim(),
    line: from,
    bodyLine: first?.number ?? from,
  }
}

/** A heading inside Requirements that OpenSpec reads as a requirement. */
interface Child {
  place: Place
  depth: number
  /** True when the heading does not begin with `Requirement:`. */
  stray: boolean
  /** Depth of its current subheading; null before the first. */
  sub: number | null
  scenario: boolean
}

/** OpenSpec reads every child heading of Requirements as a requirement, and a heading of depth one as the end. */
function strayHeadings(lines: readonly SpecLine[], { from, to }: LineRange): Place[] {
  const children: Child[] = []
  for (const line of lines.slice(from, to)) {
    const child = children.at(-1)
    const depth = matches(line, HEADING) ? line.text.search(/[^#]/) : 0
    if (depth === 0) {
      if (child && child.sub !== null && line.text.trim() !== '') child.scenario = true
    } else if (!child || depth <= child.depth || child.depth === 1) {
      const stray = !REQUIREMENT_HEADER.test(line.text)
      children.push({ place: place(line, HEADING), depth, stray, sub: null, scenario: false })
    } else if (child.sub === null || depth <= child.sub) child.sub = depth
    else child.scenario = true
  }
  return children.filter(each => each.stray && !each.scenario).map(each => each.place)
}
