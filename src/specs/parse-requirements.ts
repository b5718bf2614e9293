import type { Heading } from '../markdown/blocks.ts'
import { bareName } from './near-miss.ts'
import { isHeader, proseOf, type SpecLine, type SpecText } from './spec-lines.ts'

/** A header of four `#` with what stands below it, up to the next header of four or fewer. */
export interface Scenario {
  /** As spelled, without `Scenario:` and without a closing run of `#`. */
  name: string
  /** 1-based line of the header. */
  line: number
  /** Offset of the header. */
  start: number
  /** Offset behind the last non-blank character. */
  end: number
  /** True when nothing readable stands under the header; such a scenario does not count. */
  empty: boolean
  /** True below a heading of depth three or less, which a reader of main specs takes for another requirement. */
  foreign: boolean
  /** Name in the base of a scenario that is renamed here: `<!-- renamed-from: Old name -->` under the header. */
  renamedFrom: string | null
}

/** A `### Requirement:` header with what stands below it, up to the next one or the section's end. */
export interface Requirement {
  /** As spelled; compare with `normalName`. */
  name: string
  line: number
  start: number
  /** Offset of the end of the header's line. */
  headerEnd: number
  /** Offset behind the last non-blank character. */
  end: number
  /** The statement: prose above the first header below, lines joined by a line feed. */
  text: string
  scenarios: Scenario[]
  /** A heading of another kind that the requirement has absorbed, with all that follows it. */
  foreign: { heading: string; line: number; start: number } | null
}

export const REQUIREMENT_HEADER = /^###\s*Requirement:\s*(.+)\s*$/i
const HEADER = /^#{1,6}\s/
const SCENARIO_HEADER = /^####\s+/
const SCENARIO_END = /^#{1,4}\s/

/** Lines from `from` up to `to`, as indexes into `SpecText.lines`. */
export interface LineRange {
  from: number
  to: number
}

/** The requirements of one section, in order. */
export function parseRequirements(source: SpecText, range: LineRange): Requirement[] {
  const { lines } = source
  const starts: number[] = []
  for (let index = range.from; index < range.to; index++) {
    const line = lines[index]
    if (line && isHeader(line, REQUIREMENT_HEADER)) starts.push(index)
  }
  return starts.map((from, index) => parseRequirement(source, { from, to: starts[index + 1] ?? range.to }))
}

function parseRequirement(source: SpecText, { from, to }: LineRange): Requirement {
  const header = source.lines[from] as SpecLine
  const body = source.lines.slice(from + 1, to)
  return {
    name: bareName(REQUIREMENT_HEADER.exec(header.text)?.[1] ?? ''),
    line: header.number,
    start: header.start,
    headerEnd: header.end,
    end: contentEnd(source.text, header, body),
    text: statementOf(body),
    scenarios: parseScenarios(source.text, body),
    foreign: foreignHeading(source, { from: from + 1, to }),
  }
}

/** Prose up to the first header; `**Key**: value` lines count only when nothing else is there. */
function statementOf(body: readonly SpecLine[]): string {
  const stop = body.findIndex(line => isHeader(line, HEADER))
  const prose = body
    .slice(0, stop < 0 ? body.length : stop)
    .map(line => proseOf(line).trim())
    .filter(text => text !== '')
  const plain = prose.filter(text => !/^\*\*[^*]+\*\*:/.test(text))
  return (plain.length > 0 ? plain : prose).join('\n')
}

function parseScenarios(text: string, body: readonly SpecLine[]): Scenario[] {
  const headers = body.flatMap((line, index) => (isHeader(line, SCENARIO_END) ? [index] : []))
  let foreign = false
  return headers.flatMap((index, place) => {
    const header = body[index]
    if (!header || !isHeader(header, SCENARIO_HEADER)) {
      foreign = true
      return []
    }
    const own = body.slice(index + 1, headers[place + 1] ?? body.length)
    const first = own.find(line => line.text.trim() !== '')
    return {
      name: scenarioName(header.text),
      line: header.number,
      start: header.start,
      end: contentEnd(text, header, own),
      empty: own.every(line => line.hidden !== 'fence' && !line.indented && proseOf(line).trim() === ''),
      foreign,
      renamedFrom: /^ {0,3}<!--\s*renamed-from:\s*(.+?)\s*-->\s*$/i.exec(first?.text ?? '')?.[1] ?? null,
    }
  })
}

function scenarioName(header: string): string {
  return bareName(header.replace(SCENARIO_HEADER, ''))
    .replace(/^Scenario:\s*/i, '')
    .trim()
}

/** The first heading of depth three or less below a requirement's own, however it is written. */
function foreignHeading(source: SpecText, { from, to }: LineRange): Requirement['foreign'] {
  const { headings } = source.blocks
  const last = source.lines[to - 1]?.number ?? 0
  for (let index = firstAt(headings, source.lines[from]?.number ?? Infinity); ; index++) {
    const heading = headings[index]
    if (!heading || heading.line > last) return null
    if (heading.nested || heading.depth > 3) continue
    return { heading: heading.text.replace(/\n/g, ' '), line: heading.line, start: heading.offset }
  }
}

function firstAt(headings: readonly Heading[], line: number): number {
  let [low, high] = [0, headings.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((headings[middle]?.line ?? Infinity) < line) low = middle + 1
    else high = middle
  }
  return low
}

function contentEnd(text: string, header: SpecLine, body: readonly SpecLine[]): number {
  const last = body.at(-1) ?? header
  return header.start + text.slice(header.start, last.end).trimEnd().length
}
