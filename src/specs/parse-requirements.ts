import { bareName } from './near-miss.ts'
import { matches, proseOf, type SpecLine, type SpecText } from './spec-lines.ts'

/** A header of four `#` with the text below it, up to the next header of four or fewer. */
export interface Scenario {
  /** As spelled, without `Scenario:` and without a closing run of `#`. */
  name: string
  /** 1-based line of the header. */
  line: number
  /** Offset of the header. */
  start: number
  /** Offset behind the last non-blank character. */
  end: number
  /** True when there is no prose below the header; such a scenario does not count. */
  empty: boolean
  /** True below a heading of depth three or less, which OpenSpec reads as another requirement in a main spec. */
  foreign: boolean
  /** The old name of a renamed scenario: `<!-- renamed-from: Old name -->` below the header. */
  renamedFrom: string | null
}

/** A `### Requirement:` header with the text below it, up to the next one or the end of the section. */
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
  /** The first heading inside the requirement that belongs neither to it nor to a scenario. */
  foreign: { heading: string; line: number } | null
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
  const body = source.lines.slice(range.from, range.to)
  const starts = body.flatMap(line => (matches(line, REQUIREMENT_HEADER) ? [line.number - 1] : []))
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
  const stop = body.findIndex(line => matches(line, HEADER))
  const prose = body
    .slice(0, stop < 0 ? body.length : stop)
    .map(line => proseOf(line).trim())
    .filter(text => text !== '')
  const plain = prose.filter(text => !/^\*\*[^*]+\*\*:/.test(text))
  return (plain.length > 0 ? plain : prose).join('\n')
}

function parseScenarios(text: string, body: readonly SpecLine[]): Scenario[] {
  const headers = body.flatMap((line, index) => (matches(line, SCENARIO_END) ? [index] : []))
  let foreign = false
  return headers.flatMap((index, place) => {
    const header = body[index]
    if (!header || !matches(header, SCENARIO_HEADER)) {
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

/** The first heading of depth three or less after a requirement's own, in any Markdown form. */
function foreignHeading(source: SpecText, { from, to }: LineRange): Requirement['foreign'] {
  const first = source.lines[from]?.number ?? Infinity
  const last = source.lines[to - 1]?.number ?? 0
  const heading = source.blocks.headings.find(
    ({ line, nested, depth }) => line >= first && line <= last && !nested && depth <= 3,
  )
  return heading ? { heading: heading.text.replace(/\n/g, ' '), line: heading.line } : null
}

function contentEnd(text: string, header: SpecLine, body: readonly SpecLine[]): number {
  const last = body.at(-1) ?? header
  return header.start + text.slice(header.start, last.end).trimEnd().length
}
