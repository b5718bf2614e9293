import {
  atxDepth,
  atxText,
  cellCount,
  closesFence,
  fenceOf,
  type HtmlBlock,
  htmlBlockOf,
  isComment,
  isDefinition,
  isDelimiterRow,
  isThematicBreak,
  setextDepth,
} from './block-shapes.ts'
import type { Blocks, Heading, Region } from './blocks.ts'
import { BoxCollector } from './boxes.ts'
import { Containers } from './containers.ts'
import { LineCursor } from './line-cursor.ts'

interface Paragraph {
  kind: 'paragraph'
  /** Offset and line of its first character. */
  start: number
  line: number
  /** Its last line; `headable` when that may be a table's head. */
  last: { text: string; end: number; headable: boolean }
  /** True while it has only reference definitions. */
  definitions: boolean
}

interface OpenRegion {
  kind: 'region'
  region: Region
  /** True for the last line of the region. Null when only the line after it shows the end. */
  endsWith: ((text: string, indent: number) => boolean) | null
}

/** State of the pass of `scanBlocks`: the open containers and the one open leaf below them. */
export class BlockScanner {
  readonly #text: string
  readonly #containers = new Containers()
  readonly #boxes: BoxCollector
  readonly #headings: Heading[] = []
  readonly #regions: Region[] = []
  #cursor: LineCursor
  #leaf: Paragraph | OpenRegion | { kind: 'table' } | null = null
  /** Offset of the list item's first paragraph that begins on this line, else -1. */
  #itemText = -1

  constructor(text: string) {
    this.#text = text
    this.#cursor = new LineCursor(text, { start: 0, end: 0, line: 0 })
    this.#boxes = new BoxCollector(text)
  }

  finish(): Blocks {
    return { headings: this.#headings, regions: this.#regions, boxes: this.#boxes.boxes }
  }

  scanLine(place: { start: number; end: number; line: number }): void {
    this.#cursor = new LineCursor(this.#text, place)
    this.#itemText = -1
    const matched = this.#containers.match(this.#cursor)
    const all = matched === this.#containers.depth
    let continued = false
    const open = this.#leaf?.kind === 'region' ? this.#leaf : null
    if (!(open && all && this.#continueRegion(open))) {
      if (open) this.#leaf = null
      continued = this.#openBlocks(matched, all)
    }
    this.#boxes.resolve(continued)
    const region = this.#regions.at(-1)
    const kind = region?.endLine === place.line ? region.kind : null
    this.#boxes.collect(place, kind === 'fence' || kind === 'comment' ? kind : null, this.#itemText)
  }

  /** Adds the line to the open region; false when the region ended before it. */
  #continueRegion({ region, endsWith }: OpenRegion): boolean {
    const { text, indent, blank, end, line } = this.#cursor
    if (region.kind === 'indented' && blank) return true
    if (region.kind === 'indented' ? indent < 4 : blank && !endsWith) return false
    region.end = end
    region.endLine = line
    if (endsWith?.(text, indent)) this.#leaf = null
    return true
  }

  /** Opens containers and a leaf; true when the line continues the open paragraph instead. */
  #openBlocks(matched: number, all: boolean): boolean {
    const cursor = this.#cursor
    for (let depth = matched; ; depth = this.#containers.depth) {
      const paragraph = this.#leaf?.kind === 'paragraph' ? this.#leaf : null
      if (cursor.blank || (cursor.indent >= 4 && !paragraph)) {
        this.#closeTo(depth)
        if (!cursor.blank) this.#openRegion('indented', null)
        return false
      }
      const continues = all && depth === matched
      // No block mark begins with a letter.
      if (/^[a-z]/i.test(cursor.text)) return this.#takeText(depth, continues)
      const interrupted = continues ? paragraph : null
      const mark = cursor.indent < 4 ? this.#containers.markAt(cursor, interrupted !== null) : null
      if (mark) {
        this.#closeTo(depth)
        this.#containers.open(cursor, mark)
        continue
      }
      if (cursor.indent < 4) {
        if (interrupted && this.#endParagraph(interrupted)) return false
        if (this.#openLeaf(depth, paragraph !== null)) return false
      }
      return this.#takeText(depth, continues)
    }
  }

  #openLeaf(depth: number, paragraph: boolean): boolean {
    const { text } = this.#cursor
    const fence = fenceOf(text)
    const html = htmlBlockOf(text)
    if (atxDepth(text) > 0) {
      this.#closeTo(depth)
      const { next, line } = this.#cursor
      this.#addHeading(atxDepth(text), atxText(text), { line, offset: next })
    } else if (fence !== null) {
      this.#closeTo(depth)
      this.#openRegion('fence', (line, indent) => indent <= 3 && closesFence(line, fence))
    } else if (html && (html.interruptsParagraph || !paragraph)) {
      this.#closeTo(depth)
      this.#openHtml(html)
    } else if (isThematicBreak(text)) {
      this.#closeTo(depth)
      this.#containers.fill()
    } else {
      return false
    }
    return true
  }

  /** True when the line is an underline that makes a heading of the paragraph, or a table of its last line. */
  #endParagraph({ start, line, last, definitions }: Paragraph): boolean {
    const { text } = this.#cursor
    const depth = definitions ? 0 : setextDepth(text)
    if (depth > 0) {
      const lines = this.#text.slice(start, last.end).split('\n')
      const words = lines.map(each => each.trim()).join('\n')
      this.#addHeading(depth, words, { line, offset: start })
      this.#leaf = null
      this.#boxes.noTask(line)
      return true
    }
    if (!last.headable || !isDelimiterRow(text) || cellCount(last.text) !== cellCount(text)) return false
    this.#leaf = { kind: 'table' }
    if (last.end - last.text.length === start) this.#boxes.noTask(line)
    return true
  }

  /** Reads the line as text: part of a paragraph, a table row, or a new paragraph. */
  #takeText(depth: number, continues: boolean): boolean {
    const { next, end, line, indent, text } = this.#cursor
    const leaf = this.#leaf
    if (leaf?.kind === 'paragraph' && (continues || depth < this.#containers.depth)) {
      leaf.last = { text, end, headable: indent < 4 }
      leaf.definitions &&= isDefinition(text)
      return true
    }
    if (leaf?.kind === 'table' && continues) return false
    this.#closeTo(depth)
    if (this.#containers.atItemStart) this.#itemText = next
    this.#containers.fill()
    const last = { text, end, headable: true }
    this.#leaf = { kind: 'paragraph', start: next, line, last, definitions: isDefinition(text) }
    return false
  }

  #addHeading(depth: number, text: string, { line, offset }: { line: number; offset: number }): void {
    this.#containers.fill()
    const nested = this.#containers.depth > 0
    this.#headings.push({ depth, text, line, offset, end: this.#cursor.end, nested })
  }

  #openHtml(html: HtmlBlock): void {
    const { ends } = html
    const { text } = this.#cursor
    this.#openRegion(isComment(html) ? 'comment' : 'html', ends && (line => ends.test(line)))
    // The opening `<!` or `<?` is not a part of the end: `<!-->` is a whole comment.
    if (ends?.test(text.slice(2))) this.#leaf = null
  }

  #openRegion(kind: Region['kind'], endsWith: OpenRegion['endsWith']): void {
    const { start, end, line } = this.#cursor
    this.#containers.fill()
    const region = { kind, start, end, line, endLine: line }
    this.#regions.push(region)
    this.#leaf = { kind: 'region', region, endsWith }
  }

  /** Closes the leaf and every container below `depth`. */
  #closeTo(depth: number): void {
    this.#leaf = null
    this.#containers.closeTo(depth)
  }
}
