import { type Heading, scanBlocks } from './blocks.ts'

let last: { text: string; headings: readonly Heading[] } = { text: '', headings: [] }

/**
 * Headings of the document itself, not those inside quotes or lists, in order. Those of the last text are remembered,
 * because sections are asked for one after the other.
 */
export function headingsOf(text: string): readonly Heading[] {
  if (text !== last.text) {
    last = { text, headings: scanBlocks(text).headings.filter(heading => !heading.nested) }
  }
  return last.headings
}

/**
 * Text of the section with this title (any case, any level): from below its heading until the next heading of the same
 * or a lower depth. Empty when there is none.
 */
export function sectionText(text: string, title: string): string {
  const headings = headingsOf(text)
  const index = headings.findIndex(heading => heading.text.trim().toLowerCase() === title.toLowerCase())
  const heading = headings[index]
  if (!heading) return ''
  const next = headings.slice(index + 1).find(other => other.depth <= heading.depth)
  return text.slice(heading.end, next?.offset ?? text.length).trim()
}
