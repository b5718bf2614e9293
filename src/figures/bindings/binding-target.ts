import type { Blocks } from '../../markdown/blocks.ts'
import type { Target } from './binding.ts'
import { withoutComments } from './text-spans.ts'

const ITEM = /^[\s>]*(?:[-*+]|\d{1,9}[.)])\s/
const DELIMITER_ROW = /^[\s>]*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/

/** Finds the text that the figure comments of a line bind. Lines are 1-based. */
export class TargetFinder {
  readonly #text: string
  readonly #starts: number[] = [0]
  readonly #headings: Set<number>
  /** Last line of the fence that begins on a line. */
  readonly #fences: Map<number, number>
  #skipped = { from: 0, next: 0 }
  #known = { line: 0, target: null as Target | null }

  constructor(text: string, { headings, regions }: Blocks) {
    this.#text = text
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1)
    this.#headings = new Set(headings.map(({ line }) => line))
    const fences = regions.filter(({ kind }) => kind === 'fence')
    this.#fences = new Map(fences.map(({ line, endLine }) => [line, endLine]))
  }

  /** The line itself, or the block after a line that has only comments; null when no block follows. */
  targetOf(line: number): Target | null {
    // A line may contain many comments.
    if (this.#known.line !== line) this.#known = { line, target: this.#find(line) }
    return this.#known.target
  }

  #find(line: number): Target | null {
    if (!this.#isBare(line)) return this.#lines(line, line)
    // Consecutive comment lines all bind the block after them. Remember where it begins.
    let next = Math.max(
      line + 1,
      line < this.#skipped.next && line >= this.#skipped.from ? this.#skipped.next : 0,
    )
    while (next <= this.#starts.length && this.#isBare(next)) next++
    this.#skipped = { from: line, next }
    if (next > this.#starts.length) return null
    return this.#lines(next, this.#endOf(next))
  }

  /** Last line of the fence, table, row, list item or paragraph that begins on a line. */
  #endOf(line: number): number {
    const fence = this.#fences.get(line)
    if (fence !== undefined) return fence
    const first = this.#lineText(line)
    if (this.#headings.has(line)) return line
    if (first.trimStart().startsWith('|') && !DELIMITER_ROW.test(this.#lineText(line + 1))) return line
    let end = line
    while (end < this.#starts.length && !this.#begins(end + 1)) end++
    return end
  }

  /** Whether a line ends the block before it: it is blank, or begins a list item, a heading or a fence. */
  #begins(line: number): boolean {
    return (
      this.#isBare(line) ||
      this.#headings.has(line) ||
      this.#fences.has(line) ||
      ITEM.test(this.#lineText(line))
    )
  }

  /** Whether a line is blank, or has only comments and quote markers. */
  #isBare(line: number): boolean {
    const text = this.#lineText(line)
    return /^[\s>]*$/.test(withoutComments(text))
  }

  #lineText(line: number): string {
    const start = this.#starts[line - 1]
    if (start === undefined) return ''
    return this.#text.slice(start, this.#lineEnd(line))
  }

  #lineEnd(line: number): number {
    const next = this.#starts[line]
    if (next === undefined) return this.#text.length
    return this.#text.charCodeAt(next - 2) === 0x0d ? next - 2 : next - 1
  }

  #lines(line: number, endLine: number): Target {
    const start = this.#starts[line - 1] ?? 0
    return { start, end: this.#lineEnd(endLine), line, endLine, header: this.#headings.has(line) }
  }
}
