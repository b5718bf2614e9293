import { footnoteWidth, isThematicBreak, listMarkerWidth, setextDepth } from './block-shapes.ts'
import type { LineCursor } from './line-cursor.ts'

const FOOTNOTE_INDENT = 4
/** Deeper marks are text: every level costs time on every line, and real files never nest this deep. */
const DEEPEST = 100

/** The mark of a container at the start of a line's text, with its width in characters. */
export interface ContainerMark {
  kind: 'quote' | 'footnote' | 'item'
  width: number
}

interface Container {
  kind: ContainerMark['kind']
  /** Columns a continuing line must be indented. */
  indent: number
  /** False for a list item that began with a blank line and is still empty. */
  filled: boolean
}

/** The open block quotes, list items and footnotes of a Markdown text, outermost first. */
export class Containers {
  readonly #open: Container[] = []

  get depth(): number {
    return this.#open.length
  }

  /** True when the next block is the first one of a list item. */
  get atItemStart(): boolean {
    const top = this.#open.at(-1)
    return top?.kind === 'item' && !top.filled
  }

  /** Marks the innermost container as not empty. */
  fill(): void {
    const top = this.#open.at(-1)
    if (top) top.filled = true
  }

  closeTo(depth: number): void {
    this.#open.length = depth
  }

  /** Moves past the marks of the open containers that the line belongs to, and returns their number. */
  match(cursor: LineCursor): number {
    const other = this.#open.findIndex(container => !continues(container, cursor))
    return other < 0 ? this.depth : other
  }

  /** The mark that opens a container here. `interrupts`: a paragraph is open, and only some list items may end it. */
  markAt({ text }: LineCursor, interrupts: boolean): ContainerMark | null {
    if (this.depth >= DEEPEST) return null
    if (text.startsWith('>')) return { kind: 'quote', width: 1 }
    const label = footnoteWidth(text)
    if (label > 0) return { kind: 'footnote', width: label }
    const width = listMarkerWidth(text)
    if (width === 0 || isThematicBreak(text)) return null
    const endsNoParagraph = /^(?!1\D)\d|^\S+[ \t]*$/.test(text) || setextDepth(text) > 0
    return interrupts && endsNoParagraph ? null : { kind: 'item', width }
  }

  /** Opens the container of a mark and moves past it. */
  open(cursor: LineCursor, { kind, width }: ContainerMark): void {
    this.fill()
    const before = cursor.indent
    cursor.skipMark(width)
    if (kind === 'item') {
      const padding = cursor.blank || cursor.indent > 4 ? 1 : cursor.indent
      cursor.skipIndent(padding)
      this.#open.push({ kind, indent: before + width + padding, filled: false })
    } else {
      if (kind === 'quote') cursor.skipIndent(1)
      this.#open.push({ kind, indent: FOOTNOTE_INDENT, filled: true })
    }
  }
}

function continues({ kind, indent, filled }: Container, cursor: LineCursor): boolean {
  if (kind === 'quote') {
    if (cursor.indent > 3 || !cursor.text.startsWith('>')) return false
    cursor.skipMark(1)
    cursor.skipIndent(1)
    return true
  }
  if (cursor.blank) return filled
  if (cursor.indent < indent) return false
  cursor.skipIndent(indent)
  return true
}
