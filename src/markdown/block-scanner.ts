import {
  atxDepth,
  atxText,
  cellCount,
  closesFence,
  fenceLength,
  footnoteWidth,
  isBlankCode,
  isDefinition,
  isDelimiterRow,
  isThematicBreak,
  listMarkerWidth,
  setextDepth,
} from './block-shapes.ts'
import type { Blocks, Box, Heading, Region } from './blocks.ts'
import { boxAt, bracketsAt } from './boxes.ts'
import { endsHtml, type HtmlKind, htmlKindOf } from './html-block.ts'
import { LineCursor } from './line-cursor.ts'

/** An open block quote, list item or footnote; `width` is the columns a continuing line must be indented. */
interface Container {
  quote: boolean
  item: boolean
  width: number
  filled: boolean
}

type Leaf = 'none' | 'paragraph' | 'table' | 'region'

/** State of the pass of {@link scanBlocks}: the open containers and the one open leaf below them. */
export class BlockScanner {
  readonly #text: string
  readonly #cursor: LineCursor
  readonly #headings: Heading[] = []
  readonly #regions: Region[] = []
  readonly #boxes: Box[] = []
  #containers: Container[] = []
  #leaf: Leaf = 'none'
  #region: Region | null = null
  #fence = { code: 0, length: 0 }
  #html: HtmlKind | null = null
  /** First and last line of the open paragraph. */
  #first = { start: 0, line: 0 }
  #last = { start: 0, end: 0, lazy: false }
  /** True while the open paragraph holds nothing but reference definitions. */
  #definitions = false
  /** Offset of the bracket that the list item opened on this line starts with, else -1. */
  #taskAt = -1
  /** A box whose line ends at the bracket: a check box only when the paragraph goes on. */
  #pending: Box | null = null

  constructor(text: string) {
    this.#text = text
    this.#cursor = new LineCursor(text)
  }

  finish(): Blocks {
    return { headings: this.#headings, regions: this.#regions, boxes: this.#boxes }
  }

  scanLine(start: number, end: number, line: number): void {
    const cursor = this.#cursor
    cursor.reset(start, end, line)
    this.#taskAt = -1
    const pending = this.#pending
    this.#pending = null

    const matched = this.#continueContainers()
    const all = matched === this.#containers.length
    const region = this.#leaf === 'region' ? this.#region : null
    if (!(region && all && this.#continueRegion(region))) {
      if (this.#leaf === 'region') this.#closeLeaf()
      const before = this.#leaf
      const continues = this.#openBlocks(matched, all)
      if (pending && continues && before === 'paragraph') pending.task = true
    }
    this.#collectBox(start, end, line)
  }

  #continueContainers(): number {
    const cursor = this.#cursor
    let matched = 0
    for (const container of this.#containers) {
      cursor.seek()
      if (container.quote) {
        if (cursor.indent > 3 || cursor.code !== 0x3e) break
        cursor.toNext()
        cursor.advance(1)
        cursor.skipOneBlank()
      } else if (cursor.blank) {
        if (!container.filled) break
        cursor.toNext()
      } else {
        if (cursor.indent < container.width) break
        cursor.advance(container.width)
      }
      matched++
    }
    return matched
  }

  /** Takes the line into the open region; false when the region ended before it. */
  #continueRegion(region: Region): boolean {
    const cursor = this.#cursor
    cursor.seek()
    if (region.kind === 'fence') {
      const closes = cursor.indent <= 3 && closesFence(this.#text, cursor.next, cursor.end, this.#fence)
      this.#extend(region)
      if (closes) this.#closeLeaf()
      return true
    }
    if (region.kind === 'indented') {
      if (cursor.blank) return true
      if (cursor.indent < 4) return false
      this.#extend(region)
      return true
    }
    const html = this.#html
    if (!html || (cursor.blank && html.ends === null)) return false
    this.#extend(region)
    if (endsHtml(html, this.#text.slice(cursor.at, cursor.end), false)) this.#closeLeaf()
    return true
  }

  /** Opens containers and a leaf; true when the line goes on with the open paragraph instead. */
  #openBlocks(matched: number, all: boolean): boolean {
    const cursor = this.#cursor
    let depth = matched
    let fresh = false
    for (;;) {
      cursor.seek()
      if (cursor.blank) {
        this.#closeTo(depth)
        return false
      }
      const paragraph = this.#leaf === 'paragraph' && !fresh
      if (cursor.indent >= 4) {
        if (paragraph) break
        this.#closeTo(depth)
        this.#openRegion('indented')
        return false
      }
      if (this.#openContainer(depth, paragraph && all)) {
        depth = this.#containers.length
        fresh = true
        continue
      }
      if (this.#openLeaf(depth, { paragraph, interrupts: paragraph && all })) return false
      break
    }
    return this.#takeText(depth, all && !fresh)
  }

  #openContainer(depth: number, interrupts: boolean): boolean {
    const cursor = this.#cursor
    const { next, end, code } = cursor
    if (code === 0x3e) {
      this.#closeTo(depth)
      cursor.toNext()
      cursor.advance(1)
      cursor.skipOneBlank()
      this.#push({ quote: true, item: false, width: 0, filled: true })
      return true
    }
    if (code === 0x5b) {
      const label = footnoteWidth(this.#text, next, end)
      if (label === 0) return false
      this.#closeTo(depth)
      cursor.toNext()
      cursor.advance(label)
      this.#push({ quote: false, item: false, width: 4, filled: true })
      return true
    }
    return this.#openItem(depth, interrupts)
  }

  #openItem(depth: number, interrupts: boolean): boolean {
    const cursor = this.#cursor
    const text = this.#text
    const marker = listMarkerWidth(text, cursor.next, cursor.end)
    if (marker === 0) return false
    if (interrupts && cursor.code >= 0x30 && cursor.code <= 0x39 && !(marker === 2 && cursor.code === 0x31))
      return false
    if (interrupts && cursor.isBlankFrom(cursor.next + marker)) return false
    if ((cursor.code === 0x2d || cursor.code === 0x2a) && isThematicBreak(text, cursor.next, cursor.end))
      return false
    if (interrupts && setextDepth(text, cursor.next, cursor.end) > 0) return false

    const indent = cursor.indent
    this.#closeTo(depth)
    cursor.toNext()
    cursor.advance(marker)
    cursor.seek()
    const blank = cursor.blank
    const padding = blank || cursor.indent > 4 ? 1 : cursor.indent
    if (cursor.indent > 0) cursor.advance(Math.min(padding, cursor.indent))
    this.#push({ quote: false, item: true, width: indent + marker + padding, filled: false })
    return true
  }

  #openLeaf(depth: number, open: { paragraph: boolean; interrupts: boolean }): boolean {
    const { next, end, code } = this.#cursor
    const text = this.#text
    if (code === 0x23 && atxDepth(text, next, end) > 0) {
      this.#closeTo(depth)
      this.#addHeading(atxDepth(text, next, end))
      return true
    }
    if ((code === 0x60 || code === 0x7e) && fenceLength(text, next, end) > 0) {
      this.#closeTo(depth)
      this.#fence = { code, length: fenceLength(text, next, end) }
      this.#openRegion('fence')
      return true
    }
    if (code === 0x3c) {
      const html = htmlKindOf(text.slice(next, end))
      if (html && (html.interruptsParagraph || !open.paragraph)) {
        this.#closeTo(depth)
        this.#openHtml(html)
        return true
      }
    }
    if (open.interrupts && !this.#definitions && setextDepth(text, next, end) > 0) {
      this.#addSetext(setextDepth(text, next, end))
      return true
    }
    if ((code === 0x2d || code === 0x2a || code === 0x5f) && isThematicBreak(text, next, end)) {
      this.#closeTo(depth)
      return true
    }
    return open.interrupts && this.#openTable()
  }

  #openTable(): boolean {
    const { next, end } = this.#cursor
    if (this.#last.lazy || !isDelimiterRow(this.#text, next, end)) return false
    if (cellCount(this.#text, this.#last.start, this.#last.end) !== cellCount(this.#text, next, end))
      return false
    this.#leaf = 'table'
    return true
  }

  /** Takes the line as text: more of a paragraph, a table's row, or a new paragraph. */
  #takeText(depth: number, continues: boolean): boolean {
    const { next, end, line } = this.#cursor
    if (this.#leaf === 'paragraph' && (continues || depth < this.#containers.length)) {
      this.#last = { start: next, end, lazy: !continues }
      this.#definitions = this.#definitions && isDefinition(this.#text, next, end)
      return true
    }
    if (this.#leaf === 'table' && continues) return false
    this.#closeTo(depth)
    const top = this.#containers.at(-1)
    if (top?.item && !top.filled) this.#taskAt = next
    this.#fill()
    this.#leaf = 'paragraph'
    this.#first = { start: next, line }
    this.#last = { start: next, end, lazy: false }
    this.#definitions = isDefinition(this.#text, next, end)
    return false
  }

  #addHeading(depth: number): void {
    const { next, end, line } = this.#cursor
    this.#fill()
    const nested = this.#containers.length > 0
    this.#headings.push({
      depth,
      text: atxText(this.#text, next + depth, end),
      line,
      offset: next,
      end,
      nested,
    })
  }

  #addSetext(depth: number): void {
    const { start, line } = this.#first
    const lines = this.#text.slice(start, this.#last.end).split('\n')
    const text = lines.map(each => each.trim()).join('\n')
    const nested = this.#containers.length > 0
    this.#headings.push({ depth, text, line, offset: start, end: this.#cursor.end, nested })
    this.#leaf = 'none'
  }

  #openHtml(html: HtmlKind): void {
    const { next, end } = this.#cursor
    this.#html = html
    this.#openRegion(html.comment ? 'comment' : 'html')
    if (endsHtml(html, this.#text.slice(next, end), true)) this.#closeLeaf()
  }

  #openRegion(kind: Region['kind']): void {
    const { start, end, line } = this.#cursor
    this.#fill()
    this.#region = { kind, start, end, line, endLine: line }
    this.#regions.push(this.#region)
    this.#leaf = 'region'
  }

  #extend(region: Region): void {
    region.end = this.#cursor.end
    region.endLine = this.#cursor.line
  }

  #push(container: Container): void {
    this.#fill()
    this.#containers.push(container)
  }

  #fill(): void {
    const top = this.#containers.at(-1)
    if (top) top.filled = true
  }

  /** Closes the leaf and every container below `depth`. */
  #closeTo(depth: number): void {
    this.#closeLeaf()
    this.#containers.length = depth
  }

  #closeLeaf(): void {
    this.#leaf = 'none'
    this.#region = null
    this.#html = null
  }

  #collectBox(start: number, end: number, line: number): void {
    const text = this.#text
    const shape = boxAt(text, start, end)
    const region = this.#regions.at(-1)
    const within = region && region.endLine === line && region.kind !== 'indented' ? region.kind : null
    const opened = this.#taskAt
    if (shape) {
      const task = opened === shape.offset - 1 && within === null
      const hidden = within === 'fence' ? 'fence' : within === null ? null : 'comment'
      this.#addBox({ line, ...shape, end, hidden, task })
    } else if (opened >= 0 && within === null) {
      const nested = bracketsAt(text, opened, end, 0)
      if (nested) this.#addBox({ line, ...nested, end, hidden: 'container', task: true })
    }
  }

  #addBox(box: Box): void {
    this.#boxes.push(box)
    if (!box.task) return
    const known = /^[ xX]$/.test(box.marker)
    const atEnd = box.after === box.end
    box.task =
      known && !atEnd && isBlankCode(this.#text.charCodeAt(box.after)) && !this.#cursor.isBlankFrom(box.after)
    if (known && !box.task && this.#cursor.isBlankFrom(box.after)) this.#pending = box
  }
}
