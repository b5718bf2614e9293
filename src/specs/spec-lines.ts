import type { Blocks } from '../markdown/blocks.ts'
import { scanBlocks } from '../markdown/scan-blocks.ts'

/** One line of a spec, with what a reader of CommonMark and what OpenSpec's line reader make of it. */
export interface SpecLine {
  /** 1-based. */
  number: number
  /** Offset of the first character. */
  start: number
  /** Offset of the line's end, without its line break. */
  end: number
  text: string
  /** True when its first character, behind at most three spaces, is a `#`. */
  hash: boolean
  /** Code or a comment: no header of a spec stands there. */
  hidden: 'fence' | 'comment' | null
  /** True in code that four columns of indentation make. */
  indented: boolean
  /** True where OpenSpec sees a fence. */
  masked: boolean
}

export interface SpecText {
  text: string
  lines: SpecLine[]
  blocks: Blocks
}

/** Splits a spec into lines and marks the fences and comments of CommonMark (OPENSPEC: defects 2, 3 and 4). */
export function specText(text: string): SpecText {
  const from = text.startsWith('\ufeff') ? 1 : 0
  const lines = splitLines(text, from)
  const blocks = scanBlocks(text, from)
  for (const { kind, line, endLine } of blocks.regions) {
    for (const each of lines.slice(line - 1, endLine)) {
      if (kind === 'indented') each.indented = true
      else if (kind !== 'html') each.hidden = kind
    }
  }
  fenceMask(lines.map(line => line.text)).forEach((masked, index) => {
    const line = lines[index]
    if (line) line.masked = masked
  })
  return { text, lines, blocks }
}

function splitLines(text: string, from: number): SpecLine[] {
  const lines: SpecLine[] = []
  for (let start = from; start <= text.length; ) {
    const newline = text.indexOf('\n', start)
    const stop = newline < 0 ? text.length : newline
    const end = stop > start && text.charCodeAt(stop - 1) === 0x0d ? stop - 1 : stop
    lines.push({
      number: lines.length + 1,
      start,
      end,
      text: text.slice(start, end),
      hash: isHash(text, start),
      hidden: null,
      indented: false,
      masked: false,
    })
    start = stop + 1
  }
  return lines
}

function isHash(text: string, start: number): boolean {
  let at = start
  while (at < start + 3 && text.charCodeAt(at) === 0x20) at++
  return text.charCodeAt(at) === 0x23
}

/** What is left of a line for a reader: without comments, empty in code. */
export function proseOf(line: SpecLine): string {
  if (line.hidden === 'fence' || (line.indented && line.masked)) return ''
  if (line.hidden === null) return line.text
  const shown = line.text.replace(/<!--.*?-->/g, '')
  const closing = shown.lastIndexOf('-->')
  if (closing >= 0) return shown.slice(closing + 3)
  return shown.includes('<!--') ? shown.slice(0, shown.indexOf('<!--')) : shown === line.text ? '' : shown
}

/** A header line that counts, neither code nor comment; the pattern begins with at most three spaces and a `#`. */
export function isHeader(line: SpecLine, pattern: RegExp): boolean {
  return line.hash && line.hidden === null && pattern.test(line.text)
}

/** The same for an entry that is no heading of its own, such as a bullet that names a requirement. */
export function isEntry(line: SpecLine, pattern: RegExp): boolean {
  return line.hidden === null && pattern.test(line.text)
}

/** The lines that OpenSpec 1.13 takes for fenced code: any indentation, any info string, no containers. */
function fenceMask(lines: readonly string[]): boolean[] {
  let open: { marker: string; length: number } | null = null
  return lines.map(line => {
    const run = /^\s*(`{3,}|~{3,})/.exec(line)?.[1]
    if (!open) {
      if (run) open = { marker: run.charAt(0), length: run.length }
      return run !== undefined
    }
    const closing = /^\s*(`{3,}|~{3,})\s*$/.exec(line)?.[1]
    if (closing?.startsWith(open.marker) && closing.length >= open.length) open = null
    return true
  })
}
