/** A range of offsets in a text. */
export interface Span {
  start: number
  end: number
}

const RUN = /`+|<!--/g

/** Finds the code spans of one line, including their backticks. Backticks inside HTML comments are ignored. */
export function codeSpans(text: string, start: number, end: number): Span[] {
  const spans: Span[] = []
  const line = text.slice(start, end)
  if (!line.includes('`')) return spans
  let from = 0
  for (;;) {
    RUN.lastIndex = from
    const opener = RUN.exec(line)
    if (!opener) return spans
    const { index } = opener
    from = index + opener[0].length
    if (opener[0] === '<!--') {
      const close = line.indexOf('-->', from)
      if (close < 0) return spans
      from = close + 3
    } else if (line.charAt(index - 1) !== '\\') {
      const close = closingRun(line, from, opener[0])
      if (close < 0) continue
      spans.push({ start: start + index, end: start + close })
      from = close
    }
  }
}

/** Offset after the next run of exactly as many backticks, or -1. */
function closingRun(line: string, from: number, run: string): number {
  for (let at = line.indexOf(run, from); at >= 0; at = line.indexOf(run, at)) {
    let end = at
    while (line.charAt(end) === '`') end++
    if (end - at === run.length) return end
    at = end
  }
  return -1
}

/** Finds the closed HTML comments in a range of a text. */
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

/** A line of a text without its closed HTML comments. `line` is 1-based. */
export function lineOf(text: string, line: number): string {
  return withoutComments(text.split('\n')[line - 1] ?? '')
}

export function isInSpans(spans: Span[], offset: number): boolean {
  return spans.some(({ start, end }) => offset >= start && offset < end)
}
