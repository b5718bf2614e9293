/** A position within one line, by characters and by columns: a tab reaches to the next multiple of four. */
export class LineCursor {
  readonly #text: string
  #column = 0
  start = 0
  end = 0
  /** 1-based. */
  line = 0
  at = 0
  /** The next character that is neither blank nor tab, as of the last `seek`. */
  next = 0
  /** Columns from here to `next`. */
  indent = 0
  blank = false
  /** Code of the character at `next`, -1 at the end. */
  code = 0

  constructor(text: string) {
    this.#text = text
  }

  reset(start: number, end: number, line: number): void {
    this.start = start
    this.end = end
    this.line = line
    this.at = start
    this.#column = 0
  }

  /** Looks for the next character; returns itself. */
  seek(): this {
    let next = this.at
    let column = this.#column
    for (; next < this.end; next++) {
      const code = this.#text.charCodeAt(next)
      if (code === 0x20) column++
      else if (code === 0x09) column += 4 - (column % 4)
      else break
    }
    this.next = next
    this.indent = column - this.#column
    this.blank = next >= this.end
    this.code = this.blank ? -1 : this.#text.charCodeAt(next)
    return this
  }

  toNext(): void {
    this.#column += this.indent
    this.at = this.next
  }

  /** Moves by columns. A move that ends within a tab leaves the cursor before that tab. */
  advance(columns: number): void {
    for (let left = columns; left > 0 && this.at < this.end; ) {
      const width = this.#text.charCodeAt(this.at) === 0x09 ? 4 - (this.#column % 4) : 1
      if (width <= left) this.at++
      this.#column += Math.min(width, left)
      left -= width
    }
  }

  skipOneBlank(): void {
    const code = this.#text.charCodeAt(this.at)
    if (this.at < this.end && (code === 0x20 || code === 0x09)) this.advance(1)
  }
}
