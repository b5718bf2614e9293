import { isBlankCode } from './block-shapes.ts'
import type { Box, Region } from './blocks.ts'
import { boxAt, bracketsAt } from './boxes.ts'
import type { LineCursor } from './line-cursor.ts'

/** Collects the boxes of a Markdown text line by line. */
export class BoxCollector {
  readonly boxes: Box[] = []
  readonly #text: string
  /** A box whose line ends at the bracket: a check box only when the paragraph goes on. */
  #pending: Box | null = null

  constructor(text: string) {
    this.#text = text
  }

  /**
   * @param region where the line stands, null for none
   * @param content offset of the first paragraph of a list item that begins on this line, else -1
   */
  collect(cursor: LineCursor, region: Region['kind'] | null, content: number): void {
    const { start, end, line } = cursor
    const shape = boxAt(this.#text, start, end)
    if (shape) {
      const hidden = region === 'fence' || region === 'comment' ? region : null
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

  /** To be called before `collect`: says whether the line goes on with the paragraph before it. */
  resolve(continued: boolean): void {
    if (this.#pending && continued) this.#pending.task = true
    this.#pending = null
  }

  /** A check box stands in a paragraph; what began on this line turned out to be none. */
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
