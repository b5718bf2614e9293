import { BlockScanner } from './block-scanner.ts'

export interface Heading {
  depth: number
  /** Source text without markers; lines of a setext heading are joined by a line feed. */
  text: string
  /** 1-based line of the heading's first line. */
  line: number
  /** Offset of the first character, marker included. */
  offset: number
  /** Offset of the end of the heading's last line. */
  end: number
  /** True inside a block quote, list item or footnote. */
  nested: boolean
}

/** A stretch of whole lines that Markdown does not read as Markdown. */
export interface Region {
  kind: 'fence' | 'indented' | 'comment' | 'html'
  /** Offset of the first line's start. */
  start: number
  /** Offset of the last line's end, without its line break. */
  end: number
  /** 1-based, inclusive. */
  line: number
  endLine: number
}

/** A bracket pair behind a list marker. */
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
   * `fence` and `comment`: shown as text, or not at all. `container`: behind a block quote mark or another list
   * marker, where a reader that goes line by line sees no box.
   */
  hidden: 'fence' | 'comment' | 'container' | null
  /** True when GitHub's Markdown makes it a check box. */
  task: boolean
}

/** What stands where in a Markdown text, in order of position. */
export interface Blocks {
  headings: Heading[]
  regions: Region[]
  boxes: Box[]
}

/**
 * Finds headings, code, HTML and list boxes by the block rules of CommonMark with GitHub's tables and task lists, in
 * one pass and linear time. `from` skips the frontmatter; offsets and lines are those of the whole text. Agrees with
 * remark (test/markdown/blocks.test.ts) except that a reference definition must be complete on one line.
 */
export function scanBlocks(text: string, from = 0): Blocks {
  const scanner = new BlockScanner(text)
  let number = 1
  for (let at = text.indexOf('\n'); at >= 0 && at < from; at = text.indexOf('\n', at + 1)) number++
  for (let start = from; start < text.length; number++) {
    const newline = text.indexOf('\n', start)
    const next = newline < 0 ? text.length : newline + 1
    let end = newline < 0 ? text.length : newline
    if (end > start && text.charCodeAt(end - 1) === 0x0d) end--
    scanner.scanLine(start, end, number)
    start = next
  }
  return scanner.finish()
}
