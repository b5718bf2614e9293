import type { Box } from './boxes.ts'

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

/** The blocks of a Markdown text that opsx reads, each list in order of position. */
export interface Blocks {
  headings: Heading[]
  regions: Region[]
  boxes: Box[]
}
