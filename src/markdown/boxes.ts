import { isBlankCode, markerEnd } from './block-shapes.ts'
import type { LineCursor } from './line-cursor.ts'

/** A bracket pair after a list marker. */
export interface Box {
  line: number
  /** Columns before the list marker of its line. */
  indent: number
  /** Offset of the first character between the brackets. */
  offset: number
  marker: string
  /** Offset after the closing bracket. */
  after: number
  /** Offset of the line's end, without its line break. */
  end: number
  /**
   * `fence` and `comment`: shown as text, or not at all. `container`: after a block quote mark or another list
   * marker, where OpenSpec's line-by-line reader finds no box.
   */
  hidden: 'fence' | 'comment' | 'container' | null
  /** True when GitHub's Markdown makes it a check box. */
  task: boolean
}

/** A bracket pair after a list marker, by its line alone. In Markdown it may be plain text. */
export interface BoxShape {
  /** Columns before the list marker; a tab counts to the next multiple of four. */
  indent: number
  /** Offset of the first character between the brackets. */
  offset: number
  marker: string
  /** Offset after the closing bracket. */
  after: number
}

const LONGEST_MARKER = 16

/**
 * The box a line begins with, by OpenSpec's rule (any indent, `- * + 1. 1)`, one character between the brackets) and
 * for status markers of no or several characters (DIALECTS: Tasks). Null when there is none.
 */
export function boxAt(text: string, start: number, end: number): BoxShape | null {
  let at = start
  let indent = 0
  for (; at < end; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x20) indent++
    else if (code === 0x09) indent += 4 - (indent % 4)
    else if (isOtherSpace(code)) indent += code === 0xfeff ? 0 : 1
    else break
  }
  const marker = markerEnd(text, at, end)
  if (marker === at) return null
  let open = marker
  while (open < end && (isBlankCode(text.charCodeAt(open)) || isOtherSpace(text.charCodeAt(open)))) open++
  return open < end ? bracketsAt(text, open, end, indent) : null
}

/** The bracket pair at `open`, when it is one of a box. */
export function bracketsAt(text: string, open: number, end: number, indent: number): BoxShape | null {
  if (text.charCodeAt(open) !== 0x5b) return null
  const offset = open + 1
  if (offset + 1 < end && text.charCodeAt(offset + 1) === 0x5d) {
    return { indent, offset, marker: text.charAt(offset), after: offset + 2 }
  }
  const close = offset + text.slice(offset, Math.min(end, offset + LONGEST_MARKER + 1)).indexOf(']')
  if (close < offset) return null
  if (close + 1 < end && !isBlankCode(text.charCodeAt(close + 1))) return null
  const marker = text.slice(offset, close)
  return isStatusMarker(marker) ? { indent, offset, marker, after: close + 1 } : null
}

/** True for `[WIP]`, `[ x]`, `[]` and an emoji; false for a link text such as `[the guide]`. */
function isStatusMarker(marker: string): boolean {
  const word = marker.trim()
  if (/^[xX~-]?$/.test(word)) return true
  if (/^(?:[A-Z]{2,}|N\/A|wip|todo|done|skip|skipped|blocked|deferred|pending|n\/a)$/.test(word)) return true
  return /^[^\p{L}\p{N}\s[\]^]+$/u.test(word)
}

/** White space of JavaScript's `\s` other than blank, tab and line feed. */
function isOtherSpace(code: number): boolean {
  if (code < 0x80) return code === 0x0b || code === 0x0c || code === 0x0d
  if (code < 0x1680) return code === 0xa0
  return (
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000 ||
    code === 0xfeff
  )
}

/** Collects the boxes of a Markdown text line by line. */
export class BoxCollector {
  readonly boxes: Box[] = []
  readonly #text: string
  /** A box whose line ends at the bracket: a check box only when the paragraph continues. */
  #pending: Box | null = null

  constructor(text: string) {
    this.#text = text
  }

  /**
   * @param hidden the block that contains the line; null when the line is text
   * @param content offset of the first paragraph of a list item that begins on this line, else -1
   */
  collect(cursor: LineCursor, hidden: 'fence' | 'comment' | null, content: number): void {
    const { start, end, line } = cursor
    const shape = boxAt(this.#text, start, end)
    if (shape) {
      const box: Box = { line, ...shape, end, hidden, task: false }
      this.boxes.push(box)
      if (content === shape.offset - 1) this.#judge(box)
    } else if (content >= 0) {
      const nested = bracketsAt(this.#text, content, end, 0)
      if (!nested) return
      const box: Box = { line, ...nested, end, hidden: 'container', task: false }
      this.boxes.push(box)
      this.#judge(box)
    }
  }

  /** Called before `collect`. `continued`: the line continues the paragraph before it. */
  resolve(continued: boolean): void {
    if (this.#pending && continued) this.#pending.task = true
    this.#pending = null
  }

  /** Only a paragraph can have a check box, and the block that began on this line is none. */
  noTask(line: number): void {
    for (let i = this.boxes.length - 1; i >= 0; i--) {
      const box = this.boxes[i]
      if (!box || box.line < line) return
      if (box.line === line) box.task = false
    }
  }

  #judge(box: Box): void {
    if (!/^[ xX]$/.test(box.marker)) return
    let text = box.after
    while (text < box.end && isBlankCode(this.#text.charCodeAt(text))) text++
    if (text === box.end) this.#pending = box
    else box.task = text > box.after
  }
}
