import type { Blocks } from '../markdown/blocks.ts'
import { scanBlocks } from '../markdown/scan-blocks.ts'

/** One line of a spec, as CommonMark and as OpenSpec's line reader understand it. */
export interface SpecLine {
  /** 1-based line number. */
  number: number
  /** Offset of the first character. */
  start: number
  /** Offset of the line's end, without its line break. */
  end: number
  text: string
  /** In code or a comment by CommonMark, so that it is not a header. */
  hidden: 'fence' | 'comment' | null
  /** True in an indented code block. */
  indented: boolean
  /** True where OpenSpec reads fenced code. */
  masked: boolean
}

export interface SpecText {
  text: string
  lines: SpecLine[]
  blocks: Blocks
}

/** Splits a spec into lines and marks the fences and comments of CommonMark. */
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
  markFences(lines)
  return { text, lines, blocks }
}

function splitLines(text: string, from: number): SpecLine[] {
  let next = from
  return text
    .slice(from)
    .split('\n')
    .map((raw, index) => {
      const start = next
      next += raw.length + 1
      const line = raw.replace(/\r$/, '')
      const end = start + line.length
      return { number: index + 1, start, end, text: line, hidden: null, indented: false, masked: false }
    })
}

/** The text of a line without comments; empty in code. */
export function proseOf(line: SpecLine): string {
  if (line.hidden === 'fence' || (line.indented && line.masked)) return ''
  if (line.hidden === null) return line.text
  const shown = line.text.replace(/<!--.*?-->/g, '')
  const closing = shown.lastIndexOf('-->')
  if (closing >= 0) return shown.slice(closing + 3)
  return shown.includes('<!--') ? shown.slice(0, shown.indexOf('<!--')) : shown === line.text ? '' : shown
}

/** True when a line matches the pattern and is neither code nor comment. */
export function matches(line: SpecLine, pattern: RegExp): boolean {
  return line.hidden === null && pattern.test(line.text)
}

/** Marks the lines that OpenSpec 1.13 reads as fenced code: any indentation, any info string, no containers. */
function markFences(lines: SpecLine[]): void {
  let open = ''
  for (const line of lines) {
    const [, run = '', info = ''] = /^\s*(`{3,}|~{3,})(.*)$/s.exec(line.text) ?? []
    line.masked = open !== '' || run !== ''
    if (open === '') open = run
    else if (run.startsWith(open) && info.trim() === '') open = ''
  }
}
