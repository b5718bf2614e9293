import type { Blocks } from '../../markdown/blocks.ts'
import { blocksOf } from '../../markdown/sections.ts'
import { linesOf, type TextRange } from '../numbers/scan-numbers.ts'
import { codeSpans } from './text-spans.ts'

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
  if (!ANYWHERE[keyword].test(text)) return []
  const code = (blocks ?? blocksOf(text)).regions.filter(
    ({ kind }) => kind === 'fence' || kind === 'indented',
  )
  const comments: MarkedComment[] = []
  let at = 0
  let region = 0
  for (const line of linesOf(text)) {
    while ((code[region]?.end ?? text.length) < line.start) region++
    if (line.start >= (code[region]?.start ?? text.length)) at = Math.max(at, line.end)
    at = text.indexOf('<!--', Math.max(at, line.start))
    if (at < 0) break
    if (at >= line.end) continue
    const spans = codeSpans(text, line.start, line.end)
    let span = 0
    while (at >= 0 && at < line.end) {
      while ((spans[span]?.end ?? text.length) <= at) span++
      const { start = text.length, end = text.length } = spans[span] ?? {}
      if (text[at - 1] === '\\' || start <= at) {
        at = text.indexOf('<!--', start <= at ? end : at + 4)
        continue
      }
      const opening = OPENING[keyword].exec(text.slice(at, at + 40))?.[0]
      const close = text.indexOf('-->', at + 4)
      if (opening !== undefined) comments.push(commentAt({ at, close, opening: opening.length }, line))
      at = close < 0 ? -1 : text.indexOf('<!--', close + 3)
    }
    if (at < 0) break
  }
  return comments
}

function commentAt(
  { at, close, opening }: { at: number; close: number; opening: number },
  { end: lineEnd, line }: TextRange,
): MarkedComment {
  const closed = close >= 0 && close < lineEnd
  const bodyEnd = closed ? close : lineEnd
  const body = { start: at + opening, end: Math.max(at + opening, bodyEnd), line }
  return { start: at, end: closed ? close + 3 : bodyEnd, line, body, closed }
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
