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

/** A list marker by OpenSpec's rule, with any indentation. Its white space is that of JavaScript's `\s`. */
const BEFORE_BRACKETS = /^(\s*)(?:[-*+]|\d{1,9}[.)])\s*(?=\[)/
/** One character, or a status marker of none or several that no text but white space follows directly. */
const BRACKETS = /^\[(?:(.)\]|([^\]]{0,16})\](?=[ \t]|$))/s

/**
 * The box a line begins with, by OpenSpec's rule (any indent, `- * + 1. 1)`, one character between the brackets) and
 * for status markers of no or several characters. Null when there is none.
 */
function boxAt(line: string): BoxShape | null {
  const [before, indent = ''] = BEFORE_BRACKETS.exec(line) ?? []
  return before === undefined ? null : bracketsAt(line, before.length, columnsOf(indent))
}

/** The bracket pair at `open`, when it is one of a box. */
function bracketsAt(line: string, open: number, indent: number): BoxShape | null {
  const [brackets, character, word = ''] = BRACKETS.exec(line.slice(open)) ?? []
  if (brackets === undefined || (character === undefined && !isStatusMarker(word))) return null
  return { indent, offset: open + 1, marker: character ?? word, after: open + brackets.length }
}

/** True for `[WIP]`, `[ x]`, `[]` and an emoji; false for a link text such as `[the guide]`. */
function isStatusMarker(marker: string): boolean {
  const word = marker.trim()
  if (/^[xX~-]?$/.test(word)) return true
  if (/^(?:[A-Z]{2,}|N\/A|wip|todo|done|skip|skipped|blocked|deferred|pending|n\/a)$/.test(word)) return true
  return /^[^\p{L}\p{N}\s[\]^]+$/u.test(word)
}

/** A tab counts to the next multiple of four, a byte order mark not at all. */
function columnsOf(space: string): number {
  let columns = 0
  for (const character of space.replaceAll('\ufeff', ''))
    columns += character === '\t' ? 4 - (columns % 4) : 1
  return columns
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
  collect(
    { start, end, line }: { start: number; end: number; line: number },
    hidden: 'fence' | 'comment' | null,
    content: number,
  ): void {
    const text = this.#text.slice(start, end)
    const ownBox = boxAt(text)
    const shape = ownBox ?? (content >= 0 ? bracketsAt(text, content - start, 0) : null)
    if (!shape) return
    const box: Box = {
      line,
      ...shape,
      offset: start + shape.offset,
      after: start + shape.after,
      end,
      hidden: ownBox ? hidden : 'container',
      task: false,
    }
    this.boxes.push(box)
    if (content !== box.offset - 1 || !/^[ xX]$/.test(box.marker)) return
    const words = this.#text.slice(box.after, end)
    if (/^[ \t]*$/.test(words)) this.#pending = box
    else box.task = /^[ \t]/.test(words)
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
}
