/** A position within one line. Columns count a tab up to the next multiple of four. */
export class LineCursor {
  readonly start: number
  readonly end: number
  /** 1-based. */
  readonly line: number
  /** Columns of white space before `text`. */
  indent = 0
  /** The rest of the line from its next character that is neither blank nor tab. */
  text = ''
  #column = 0

  constructor(source: string, place: { start: number; end: number; line: number }) {
    this.start = place.start
    this.end = place.end
    this.line = place.line
    this.#seek(source.slice(place.start, place.end))
  }

  /** Offset of `text` in the source. */
  get next(): number {
    return this.end - this.text.length
  }

  get blank(): boolean {
    return this.text === ''
  }

  /** Moves past columns of the indentation. */
  skipIndent(columns: number): void {
    const skipped = Math.min(columns, this.indent)
    this.#column += skipped
    this.indent -= skipped
  }

  /** Moves past the indentation and a mark of `width` characters behind it. */
  skipMark(width: number): void {
    this.#column += this.indent + width
    this.#seek(this.text.slice(width))
  }

  #seek(rest: string): void {
    let column = this.#column
    let at = 0
    for (; rest[at] === ' ' || rest[at] === '\t'; at++) column += rest[at] === '\t' ? 4 - (column % 4) : 1
    this.indent = column - this.#column
    this.text = rest.slice(at)
  }
}
