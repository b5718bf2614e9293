import type { Heading } from '../markdown/blocks.ts'
import { scanBlocks } from '../markdown/scan-blocks.ts'
import { headingsOf } from '../markdown/sections.ts'

/** Offsets of whole lines of a verify report. */
export interface TextRange {
  start: number
  end: number
}

const TITLE = /^(?:\d+\.\s+)?reviewer findings$/i
/** Headings of the report itself. Any other heading below the reviewer's heading belongs to the reviewer. */
const OF_THE_REPORT =
  /^(?:\d+\.\s+)?(?:structural validation|task completion|delta spec sync|design \/ specs|implementation signal|front-door|deferred manual|issues$|overall decision|final assessment|verdict)/i
/** The report's own heading, found even when an unclosed code block of the reviewer hides it from Markdown. */
const DECISION_LINE = /^## Overall Decision[ \t]*\r?$/gm

const HTML_ENDS = ['-->', '?>', '>', ']]>', '</pre>', '</script>', '</style>', '</textarea>']

/**
 * The reviewer's sections of a verify report, each from its heading to the next heading of the report. There is more
 * than one only when a merge kept two.
 */
export function reviewerSections(verify: string): TextRange[] {
  const headings = headingsOf(verify)
  const sections: TextRange[] = []
  for (const [index, heading] of headings.entries()) {
    if (!TITLE.test(heading.text.trim()) || heading.offset < (sections.at(-1)?.end ?? 0)) continue
    const next = headings.slice(index + 1).find(other => endsSection(other, heading))
    sections.push({ start: heading.offset, end: next?.offset ?? hiddenDecision(verify, heading.end) })
  }
  return sections
}

function endsSection(other: Heading, own: Heading): boolean {
  const text = other.text.trim()
  return other.depth <= own.depth && (OF_THE_REPORT.test(text) || TITLE.test(text))
}

function hiddenDecision(verify: string, from: number): number {
  const last = [...verify.matchAll(DECISION_LINE)].at(-1)?.index ?? -1
  return last >= from ? last : verify.length
}

/** The exact text of the reviewer's sections; null when there is none. */
export function reviewerText(verify: string): string | null {
  const sections = reviewerSections(verify)
  if (sections.length === 0) return null
  return sections.map(({ start, end }) => verify.slice(start, end)).join('')
}

/** The line that closes an open block at the end of the reviewer's text; empty when nothing is open. */
export function closingOf(section: string): string {
  const open = scanBlocks(section).regions.findLast(({ kind }) => kind !== 'indented')
  if (!open) return ''
  const fence = /(?:`{3,}|~{3,})/.exec(section.slice(open.start, open.end))?.[0]
  const isClosed = (line: string) => headingsOf(`${section}\n${line}\n\n# End`).at(-1)?.text === 'End'
  return ['', fence ?? '```', ...HTML_ENDS].find(isClosed) ?? ''
}
