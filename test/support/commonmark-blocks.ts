import { type Node, Parser } from 'commonmark'
import { linesBetween, type Outline } from './remark-blocks.ts'

const ATX = /^#{1,6}(?=[ \t]|$)/
const TASK = /^\[([ \txX])\](?=[ \t]+\S|\s*\n)/

/** Where remark departs from CommonMark, and scanBlocks does not follow it; test/fuzz/departures.test.ts shows each. */
export const DEPARTURES: Record<string, RegExp> = {
  'a list in an item that interrupts a paragraph':
    /^[ \t>]*(?:[-*+]|\d+[.)])[ \t]+(?:(?:[-*+]|\d+[.)])[ \t]+)*(?!1[.)])\d+[.)](?:\s|$)/m,
  'a list behind indented code': /^[ \t>]*(?: {4}|\t)[^\n]*\n[ \t>]*(?:(?!1[.)])\d+[.)]|[-*+][ \t]*\r?$)/m,
  'a tag alone on a lazy line': /\S[ \t]*\r?\n[ \t>]*<\/?[a-z][\w-]*[ \t]*\/?>[ \t]*\r?$/im,
}

/** The departures that a text could contain, by name. */
export function departuresIn(text: string): string[] {
  return Object.entries(DEPARTURES).flatMap(([name, pattern]) => (pattern.test(text) ? [name] : []))
}

/** The outline of a text by the reference implementation of CommonMark; task boxes are read from its list items by the rules of GFM. */
export function commonmarkOutline(text: string): Outline {
  const outline: Outline = { headings: [], fences: [], comments: [], boxes: [] }
  const lines = text.split(/\r?\n/)
  const walker = new Parser().parse(text).walker()
  for (let event = walker.next(); event; event = walker.next()) {
    if (event.entering) tell(event.node, { text, lines, outline })
  }
  outline.boxes.sort()
  return outline
}

function tell(
  node: Node,
  { text, lines, outline }: { text: string; lines: string[]; outline: Outline },
): void {
  if (node.type === 'item') {
    const paragraph = node.firstChild?.type === 'paragraph' ? node.firstChild : null
    const [line, column] = paragraph?.sourcepos[0] ?? [0, 0]
    const box = paragraph && TASK.exec(`${lines[line - 1]?.slice(column - 1)}\n`)
    if (box) outline.boxes.push(`${line}:${/x/i.test(box[1] ?? '')}`)
    return
  }
  if (!['heading', 'code_block', 'html_block'].includes(node.type)) return
  const [[line, column], [endLine]] = node.sourcepos
  const opener = lines[line - 1]?.slice(column - 1).trimStart() ?? ''
  if (node.type === 'heading') {
    const words = opener.replace(ATX, '').replace(/[ \t]+#+[ \t]*$/, '')
    outline.headings.push(`${line}:${node.level}${ATX.test(opener) ? ` ${words.trim()}` : ''}`)
  }
  if (node.type === 'code_block' && /^[`~]{3}/.test(opener)) {
    outline.fences.push(...linesBetween(text, line, endLine))
  }
  if (node.type === 'html_block' && opener.startsWith('<!--')) {
    outline.comments.push(...linesBetween(text, line, endLine))
  }
}
