/** A Markdown text split after its frontmatter; the four parts together are the text. */
export interface Front {
  /** BOM, comments and the opening fence; empty without frontmatter. */
  opening: string
  yaml: string
  /** The closing fence with its line end. */
  closing: string
  body: string
}

/**
 * Splits a text at its fences without parsing the YAML. Before the opening `---` there may be a BOM, blank lines and
 * HTML comments; the closing one is alone on its line. Null when the opening fence has no closing one: more text may
 * follow that closes it.
 */
export function frontOf(text: string): Front | null {
  const opener = openerOffset(text)
  if (opener < 0) return { opening: '', yaml: '', closing: '', body: text }
  const start = lineEnd(text, opener)
  const close = closerOffset(text, start)
  if (close < 0) return null
  const end = lineEnd(text, close)
  return {
    opening: text.slice(0, start),
    yaml: text.slice(start, close),
    closing: text.slice(close, end),
    body: text.slice(end),
  }
}

export function hasFront({ opening }: Front): boolean {
  return opening !== ''
}

/** True for a text of white space and comments only: an opening fence may follow it. */
export function mayBegin(text: string): boolean {
  return /^\ufeff?(?:\s|<!--[\s\S]*?-->)*$/.test(text)
}

/** Offset of the line that begins with `---`, after blank lines and comments; -1 when something else comes first. */
export function openerOffset(text: string): number {
  let offset = bomLength(text)
  while (offset < text.length) {
    if (text.startsWith('---', offset)) return offset
    let from = offset
    if (text.startsWith('<!--', offset)) {
      const close = text.indexOf('-->', offset + 4)
      if (close < 0) return -1
      from = close + 3
    }
    offset = lineEnd(text, from)
    if (!isBlank(text.slice(from, offset))) return -1
  }
  return -1
}

/** Offset of the first line that is `---` alone, -1 without one. */
function closerOffset(text: string, from: number): number {
  let offset = from
  while (!text.startsWith('---', offset) || !isBlank(text.slice(offset + 3, lineEnd(text, offset)))) {
    offset = text.indexOf('\n---', offset) + 1
    if (offset === 0) return -1
  }
  return offset
}

export function bomLength(text: string): number {
  return text.startsWith('\ufeff') ? 1 : 0
}

function isBlank(text: string): boolean {
  return /^[ \t\r\n]*$/.test(text)
}

/** Offset after the line end of the line at `offset`. */
function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset)
  return newline < 0 ? text.length : newline + 1
}
