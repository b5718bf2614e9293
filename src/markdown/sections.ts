import type { Blocks, Heading } from './blocks.ts'
import { scanBlocks } from './scan-blocks.ts'

let last: { text: string; blocks: Readonly<Blocks>; headings: readonly Heading[] } | undefined

/** Blocks of a text. The last result is kept, because several rules read the same text one after the other. */
export function blocksOf(text: string): Readonly<Blocks> {
  return cached(text).blocks
}

/** Headings of the document itself, not those inside quotes or lists, in order. */
export function headingsOf(text: string): readonly Heading[] {
  return cached(text).headings
}

function cached(text: string): NonNullable<typeof last> {
  if (text !== last?.text) {
    const blocks = scanBlocks(text)
    last = { text, blocks, headings: blocks.headings.filter(heading => !heading.nested) }
  }
  return last
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
