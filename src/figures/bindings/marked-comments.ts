import type { Blocks, Region } from '../../markdown/blocks.ts'
import { blocksOf } from '../../markdown/sections.ts'
import type { TextRange } from '../numbers/scan-numbers.ts'
import { codeSpans, type Span } from './text-spans.ts'

/** A comment that begins with a keyword. `body` is the text after the keyword. */
export interface MarkedComment {
  start: number
  end: number
  /** 1-based. */
  line: number
  body: TextRange
  /** False when the comment does not end on its line. */
  closed: boolean
}

export type Keyword = 'fig' | 'gate'

const OPENING = { fig: /^<!--\s*fig:/, gate: /^<!--\s*gate:/ }
const ANYWHERE = { fig: /<!--\s*fig:/, gate: /<!--\s*gate:/ }

/**
 * Finds the `fig:` or `gate:` comments of a Markdown text. Skips comments in code blocks and code spans, because readers see
 * them as examples. Callers that already have `blocks` can pass them.
 */
export function markedComments(text: string, keyword: Keyword, blocks?: Blocks): MarkedComment[] {
  if (!text.includes('<!--') || !ANYWHERE[keyword].test(text)) return []
  const code = (blocks ?? blocksOf(text)).regions.filter(isCode)
  const comments: MarkedComment[] = []
  const spans = new SpanFinder(text)
  let line = 1
  let counted = 0
  let region = 0
  for (let at = text.indexOf('<!--'); at >= 0; at = text.indexOf('<!--', at)) {
    while ((code[region]?.end ?? at + 1) <= at) region++
    const { start = text.length, end: codeEnd = at } = code[region] ?? {}
    const hidden = start <= at ? codeEnd : spans.endAt(at)
    if (hidden !== null) {
      at = hidden
      continue
    }
    const close = text.indexOf('-->', at + 4)
    const end = close < 0 ? text.length : close + 3
    const opening = OPENING[keyword].exec(text.slice(at, at + 40))?.[0]
    if (opening !== undefined) {
      for (; counted < at; counted++) if (text.charCodeAt(counted) === 0x0a) line++
      comments.push(commentAt(text, { start: at, line, opening: opening.length }))
    }
    at = end
  }
  return comments
}

function commentAt(
  text: string,
  { start, line, opening }: { start: number; line: number; opening: number },
): MarkedComment {
  const close = text.indexOf('-->', start)
  const closed = close >= 0 && !text.slice(start, close).includes('\n')
  const bodyEnd = closed ? close : lineEndOf(text, start)
  return {
    start,
    end: closed ? close + 3 : bodyEnd,
    line,
    body: { start: start + opening, end: Math.max(start + opening, bodyEnd), line },
    closed,
  }
}

/** Finds code spans and escapes that contain an offset. Offsets must increase, so that each line is scanned once. */
class SpanFinder {
  readonly #text: string
  #lineEnd = -1
  #spans: Span[] = []
  #next = 0

  constructor(text: string) {
    this.#text = text
  }

  /** End of the code span or escape that contains an offset, or null. */
  endAt(at: number): number | null {
    if (this.#text.charAt(at - 1) === '\\') return at + 4
    if (at > this.#lineEnd) {
      this.#lineEnd = lineEndOf(this.#text, at)
      this.#next = 0
      this.#spans = codeSpans(this.#text, this.#text.lastIndexOf('\n', at) + 1, this.#lineEnd)
    }
    while ((this.#spans[this.#next]?.end ?? at + 1) <= at) this.#next++
    const span = this.#spans[this.#next]
    return span && span.start <= at ? span.end : null
  }
}

function lineEndOf(text: string, at: number): number {
  const newline = text.indexOf('\n', at)
  return newline < 0 ? text.length : newline
}

function isCode({ kind }: Region): boolean {
  return kind === 'fence' || kind === 'indented'
}

/** Removes fig: and gate: comments, and lines that contain nothing else. */
export function withoutFigureComments(text: string): string {
  const comments = [...markedComments(text, 'fig'), ...markedComments(text, 'gate')]
  let kept = text
  for (const { start, end } of comments.sort((one, other) => other.start - one.start)) {
    const before = kept.slice(0, start).replace(/[ \t]+$/, '')
    const alone = before === '' || before.endsWith('\n')
    kept = before + (alone ? kept.slice(end).replace(/^[ \t]*\r?\n/, '') : kept.slice(end))
  }
  return kept
}
