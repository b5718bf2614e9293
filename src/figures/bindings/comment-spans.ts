import type { Span } from './code-spans.ts'

/** Every closed HTML comment of a stretch of text. */
export function commentSpans(text: string, start: number, end: number): Span[] {
  const spans: Span[] = []
  for (let at = text.indexOf('<!--', start); at >= 0 && at < end; ) {
    const close = text.indexOf('-->', at + 4)
    if (close < 0) break
    spans.push({ start: at, end: close + 3 })
    at = text.indexOf('<!--', close + 3)
  }
  return spans
}

/** A text without its closed HTML comments. */
export function withoutComments(text: string): string {
  let kept = ''
  let from = 0
  for (const { start, end } of commentSpans(text, 0, text.length)) {
    kept += text.slice(from, start)
    from = end
  }
  return kept + text.slice(from)
}
