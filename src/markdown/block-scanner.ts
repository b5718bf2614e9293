import {
  atxDepth,
  atxText,
  cellCount,
  closesFence,
  endsHtml,
  fenceLength,
  type HtmlKind,
  htmlKindOf,
  isDefinition,
  isDelimiterRow,
  isThematicBreak,
  setextDepth,
} from './block-shapes.ts'
import type { Blocks, Heading, Region } from './blocks.ts'
import { BoxCollector } from './boxes.ts'
import { Containers } from './containers.ts'
import { LineCursor } from './line-cursor.ts'

type Leaf = 'none' | 'paragraph' | 'table' | 'region'

/** State of the pass of `scanBlocks`: the open containers and the one open leaf below them. */
export class BlockScanner {
  readonly #text: string
  readonly #cursor: LineCursor
  readonly #containers: Containers
  readonly #boxes: BoxCollector
  readonly #headings: Heading[] = []
  readonly #regions: Region[] = []
  /** Closes the blocks that the line is not in. One function for all lines saves an allocation per line. */
  readonly #close = () => this.#closeTo(this.#within)
  /** How many of the open containers the line is in. */
  #within = 0
  #leaf: Leaf = 'none'
  #region: Region | null = null
  readonly #fence = { code: 0, length: 0 }
  #html: HtmlKind | null = null
  /** First and last line of the open paragraph; `headable` when the last may be a table's head. */
  readonly #first = { start: 0, line: 0 }
  readonly #last = { start: 0, end: 0, headable: false }
  /** True while the open paragraph has only reference definitions. */
  #definitions = false
  /** Offset of the list item's first paragraph that begins on this line, else -1. */
  #itemText = -1

  constructor(text: string) {
    this.#text = text
    this.#cursor = new LineCursor(text)
    this.#containers = new Containers(text, this.#cursor)
    this.#boxes = new BoxCollector(text)
  }

  finish(): Blocks {
    return { headings: this.#headings, regions: this.#regions, boxes: this.#boxes.boxes }
  }

  scanLine(start: number, end: number, line: number): void {
    const cursor = this.#cursor
    cursor.reset(start, end, line)
    this.#itemText = -1
    const matched = this.#containers.match()
    const all = matched === this.#containers.depth
    let continued = false
    if (!(all && this.#region && this.#continueRegion(this.#region))) {
      if (this.#region) this.#closeLeaf()
      continued = this.#openBlocks(matched, all)
    }
    this.#boxes.resolve(continued)
    const region = this.#regions.at(-1)
    const kind = region?.endLine === line ? region.kind : null
    this.#boxes.collect(cursor, kind === 'fence' || kind === 'comment' ? kind : null, this.#itemText)
  }

  /** Adds the line to the open region; false when the region ended before it. */
  #continueRegion(region: Region): boolean {
    const { next, end, at, indent, blank } = this.#cursor.seek()
    if (region.kind === 'fence') {
      this.#extend(region)
      if (indent <= 3 && closesFence(this.#text, next, end, this.#fence)) this.#closeLeaf()
      return true
    }
    if (region.kind === 'indented') {
      if (!blank && indent >= 4) this.#extend(region)
      return blank || indent >= 4
    }
    const html = this.#html
    if (!html || (blank && html.ends === null)) return false
    this.#extend(region)
    if (endsHtml(html, this.#text.slice(at, end), false)) this.#closeLeaf()
    return true
  }

  /** Opens containers and a leaf; true when the line continues the open paragraph instead. */
  #openBlocks(matched: number, all: boolean): boolean {
    if (this.#beginsWithLetter()) return this.#takeText(matched, all)
    this.#within = matched
    let fresh = false
    for (;;) {
      const { blank, indent } = this.#cursor.seek()
      const paragraph = this.#leaf === 'paragraph' && !fresh
      if (blank || (indent >= 4 && !paragraph)) {
        this.#close()
        if (!blank) this.#openRegion('indented')
        return false
      }
      if (indent >= 4) break
      if (this.#containers.open(paragraph && all, this.#close)) {
        this.#within = this.#containers.depth
        fresh = true
        continue
      }
      if (this.#openLeaf(paragraph, paragraph && all)) return false
      break
    }
    return this.#takeText(this.#within, all && !fresh)
  }

  /** True when the line begins with a letter. No block mark does, so the rest of the line is text. */
  #beginsWithLetter(): boolean {
    const { blank, indent, code } = this.#cursor.seek()
    return !blank && indent < 4 && ((code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a))
  }

  #openLeaf(paragraph: boolean, interrupts: boolean): boolean {
    const { next, end, code } = this.#cursor
    const text = this.#text
    if (code === 0x23 && atxDepth(text, next, end) > 0) {
      this.#close()
      this.#addHeading(atxDepth(text, next, end))
      return true
    }
    if ((code === 0x60 || code === 0x7e) && fenceLength(text, next, end) > 0) {
      this.#close()
      this.#fence.code = code
      this.#fence.length = fenceLength(text, next, end)
      this.#openRegion('fence')
      return true
    }
    const html = code === 0x3c ? htmlKindOf(text.slice(next, end)) : null
    if (html && (html.interruptsParagraph || !paragraph)) {
      this.#close()
      this.#openHtml(html)
      return true
    }
    if (interrupts && !this.#definitions && setextDepth(text, next, end) > 0) {
      this.#addSetext(setextDepth(text, next, end))
      return true
    }
    if ((code === 0x2d || code === 0x2a || code === 0x5f) && isThematicBreak(text, next, end)) {
      this.#close()
      this.#containers.fill()
      return true
    }
    return interrupts && this.#openTable()
  }

  #openTable(): boolean {
    const { next, end } = this.#cursor
    if (!this.#last.headable || !isDelimiterRow(this.#text, next, end)) return false
    if (cellCount(this.#text, this.#last.start, this.#last.end) !== cellCount(this.#text, next, end))
      return false
    this.#leaf = 'table'
    if (this.#last.start === this.#first.start) this.#boxes.noTask(this.#first.line)
    return true
  }

  /** Reads the line as text: part of a paragraph, a table row, or a new paragraph. */
  #takeText(depth: number, continues: boolean): boolean {
    const { next, end, line, indent } = this.#cursor
    if (this.#leaf === 'paragraph' && (continues || depth < this.#containers.depth)) {
      this.#setLast(indent < 4)
      this.#definitions = this.#definitions && isDefinition(this.#text, next, end)
      return true
    }
    if (this.#leaf === 'table' && continues) return false
    this.#closeTo(depth)
    if (this.#containers.atItemStart) this.#itemText = next
    this.#containers.fill()
    this.#leaf = 'paragraph'
    this.#first.start = next
    this.#first.line = line
    this.#setLast(true)
    this.#definitions = isDefinition(this.#text, next, end)
    return false
  }

  #setLast(headable: boolean): void {
    this.#last.start = this.#cursor.next
    this.#last.end = this.#cursor.end
    this.#last.headable = headable
  }

  #addHeading(depth: number): void {
    const { next, end, line } = this.#cursor
    this.#containers.fill()
    const nested = this.#containers.depth > 0
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
    const nested = this.#containers.depth > 0
    this.#headings.push({ depth, text, line, offset: start, end: this.#cursor.end, nested })
    this.#leaf = 'none'
    this.#boxes.noTask(line)
  }

  #openHtml(html: HtmlKind): void {
    const { next, end } = this.#cursor
    this.#html = html
    this.#openRegion(html.comment ? 'comment' : 'html')
    if (endsHtml(html, this.#text.slice(next, end), true)) this.#closeLeaf()
  }

  #openRegion(kind: Region['kind']): void {
    const { start, end, line } = this.#cursor
    this.#containers.fill()
    this.#region = { kind, start, end, line, endLine: line }
    this.#regions.push(this.#region)
    this.#leaf = 'region'
  }

  #extend(region: Region): void {
    region.end = this.#cursor.end
    region.endLine = this.#cursor.line
  }

  /** Closes the leaf and every container below `depth`. */
  #closeTo(depth: number): void {
    this.#closeLeaf()
    this.#containers.closeTo(depth)
  }

  #closeLeaf(): void {
    this.#leaf = 'none'
    this.#region = null
    this.#html = null
  }
}
