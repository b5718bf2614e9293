import type { Blocks } from '../../markdown/blocks.ts'
import { linesOf, type TextRange } from '../numbers/scan-numbers.ts'
import type { Target } from './binding.ts'
import { withoutComments } from './text-spans.ts'

const ITEM = /^[\s>]*(?:[-*+]|\d{1,9}[.)])\s/
const DELIMITER_ROW = /^[\s>]*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/

interface Line extends TextRange {
  text: string
  /** True when it is blank, or has only comments and quote markers. */
  bare: boolean
  /** Last line of the fence that begins on it. */
  fence: number | undefined
  header: boolean
}

/** Finds the text that the figure comments of a line bind. Lines are 1-based. */
export class TargetFinder {
  readonly #lines: Line[]
  /** By index of a line: the index of the first one from there on that is not bare. */
  readonly #content: number[]

  constructor(source: string, { headings, regions }: Blocks) {
    const headers = new Set(headings.map(({ line }) => line))
    const fences = new Map(
      regions.flatMap(({ kind, line, endLine }) => (kind === 'fence' ? [[line, endLine]] : [])),
    )
    this.#lines = linesOf(source).map(range => {
      const text = source.slice(range.start, range.end).replace(/\r$/, '')
      return {
        ...range,
        end: range.start + text.length,
        text,
        bare: /^[\s>]*$/.test(withoutComments(text)),
        fence: fences.get(range.line),
        header: headers.has(range.line),
      }
    })
    this.#content = this.#lines.map((_, index) => index)
    for (let index = this.#lines.length - 2; index >= 0; index--) {
      if (this.#lines[index]?.bare) this.#content[index] = this.#content[index + 1] ?? index
    }
  }

  /** The line itself, or the block after a line that has only comments; null when no block follows. */
  targetOf(line: number): Target | null {
    const first = this.#lines[this.#content[line - 1] ?? -1]
    if (!first || first.bare) return null
    const last = first.line === line ? first : this.#endOf(first)
    return { start: first.start, end: last.end, line: first.line, endLine: last.line, header: first.header }
  }

  /** Last line of the fence, table, row, list item or paragraph that begins on a line. */
  #endOf(first: Line): Line {
    const at = (line: number) => this.#lines[line - 1]
    if (first.fence !== undefined) return at(first.fence) ?? first
    const isRow =
      first.text.trimStart().startsWith('|') && !DELIMITER_ROW.test(at(first.line + 1)?.text ?? '')
    if (first.header || isRow) return first
    let last = first
    for (let next = at(last.line + 1); next && !begins(next); next = at(last.line + 1)) last = next
    return last
  }
}

/** Whether a line ends the block before it: it is blank, or begins a list item, a heading or a fence. */
function begins({ bare, header, fence, text }: Line): boolean {
  return bare || header || fence !== undefined || ITEM.test(text)
}
