import { endsBlank, footnoteWidth, isThematicBreak, listMarkerWidth, setextDepth } from './block-shapes.ts'
import type { LineCursor } from './line-cursor.ts'

const QUOTE_MARK = 0x3e
const FOOTNOTE_INDENT = 4
/** Deeper marks are text: every level costs time on every line, and real files never nest this deep. */
const DEEPEST = 100

/** An open block quote, list item or footnote; `width` is the columns a continuing line must be indented. */
interface Container {
  quote: boolean
  item: boolean
  width: number
  /** False for a list item that began with a blank line and is still empty. */
  filled: boolean
}

/** The open containers of a Markdown text, outermost first. */
export class Containers {
  readonly #text: string
  readonly #cursor: LineCursor
  readonly #open: Container[] = []

  constructor(text: string, cursor: LineCursor) {
    this.#text = text
    this.#cursor = cursor
  }

  get depth(): number {
    return this.#open.length
  }

  /** True when the next block is the first one of a list item. */
  get atItemStart(): boolean {
    const top = this.#open.at(-1)
    return top?.item === true && !top.filled
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
  match(): number {
    let matched = 0
    while (matched < this.#open.length && this.#continues(this.#open[matched] as Container)) matched++
    return matched
  }

  #continues(container: Container): boolean {
    const cursor = this.#cursor
    cursor.seek()
    if (container.quote) {
      if (cursor.indent > 3 || cursor.code !== QUOTE_MARK) return false
      cursor.toNext()
      cursor.advance(1)
      cursor.skipOneBlank()
      return true
    }
    if (cursor.blank) {
      if (container.filled) cursor.toNext()
      return container.filled
    }
    if (cursor.indent < container.width) return false
    cursor.advance(container.width)
    return true
  }

  /**
   * Opens the container whose mark is at the cursor's next character and moves past it. `close` runs before.
   * `interrupts`: a paragraph is open, and only some list items may end it.
   */
  open(interrupts: boolean, close: () => void): boolean {
    const cursor = this.#cursor
    if (this.#open.length >= DEEPEST) return false
    if (cursor.code === QUOTE_MARK) {
      close()
      cursor.toNext()
      cursor.advance(1)
      cursor.skipOneBlank()
      this.#push({ quote: true, item: false, width: 0, filled: true })
      return true
    }
    const label = cursor.code === 0x5b ? footnoteWidth(this.#text, cursor.next, cursor.end) : 0
    if (label > 0) {
      close()
      cursor.toNext()
      cursor.advance(label)
      this.#push({ quote: false, item: false, width: FOOTNOTE_INDENT, filled: true })
      return true
    }
    const marker = this.#itemMarker(interrupts)
    if (marker === 0) return false
    close()
    this.#openItem(marker)
    return true
  }

  /** Width of the list marker that opens an item here, else 0. */
  #itemMarker(interrupts: boolean): number {
    const { next, end, code } = this.#cursor
    const marker = listMarkerWidth(this.#text, next, end)
    const rule = code === 0x2d || code === 0x2a
    if (marker === 0 || (rule && isThematicBreak(this.#text, next, end))) return 0
    if (!interrupts) return marker
    const numbered = code >= 0x30 && code <= 0x39
    if (numbered && !(marker === 2 && code === 0x31)) return 0
    return endsBlank(this.#text, next + marker, end) || setextDepth(this.#text, next, end) > 0 ? 0 : marker
  }

  #openItem(marker: number): void {
    const cursor = this.#cursor
    const before = cursor.indent
    cursor.toNext()
    cursor.advance(marker)
    cursor.seek()
    const padding = cursor.blank || cursor.indent > 4 ? 1 : cursor.indent
    cursor.advance(Math.min(padding, cursor.indent))
    this.#push({ quote: false, item: true, width: before + marker + padding, filled: false })
  }

  #push(container: Container): void {
    this.fill()
    this.#open.push(container)
  }
}
