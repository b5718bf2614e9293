/** Replaces `[start, end)` of a text. */
export interface Splice {
  start: number
  end: number
  text: string
}

/** Applies splices that do not overlap; those at one offset in the order given. */
export function applySplices(source: string, splices: Splice[]): string {
  const parts: string[] = []
  let offset = 0
  for (const { start, end, text } of splices.toSorted((one, other) => one.start - other.start)) {
    if (start < offset) throw new Error('overlapping splices')
    parts.push(source.slice(offset, start), text)
    offset = end
  }
  parts.push(source.slice(offset))
  return parts.join('')
}

/** Where whole lines are inserted: at the end of a line's text, or at the start of the next one. */
export interface LineAnchor {
  offset: number
  lineStart: boolean
}

/** Inserts lines at an anchor with the newline of the line beside it; `fallback` is for texts without one. */
export function insertLines(source: string, anchor: LineAnchor, lines: string[], fallback: string): string {
  const newline = newlineAt(source, anchor.offset, fallback)
  const before = source[anchor.offset - 1]
  const begun = before !== undefined && before !== '\n' && before !== '\ufeff'
  return anchor.lineStart && !begun
    ? lines.map(line => line + newline).join('')
    : lines.map(line => newline + line).join('')
}

/** Newline that ends the line of `offset`, else the one before it, else `fallback`. */
export function newlineAt(source: string, offset: number, fallback: string): string {
  const after = source.indexOf('\n', offset)
  const at = after >= 0 ? after : source.lastIndexOf('\n')
  if (at < 0) return fallback
  return source[at - 1] === '\r' ? '\r\n' : '\n'
}

/** Offset where the text of a line ends, before its `\n` or `\r\n`. */
export function lineTextEnd(source: string, offset: number): number {
  const newline = source.indexOf('\n', offset)
  if (newline < 0) return source.length
  return newline > offset && source[newline - 1] === '\r' ? newline - 1 : newline
}

/** Offset of the first character of a line, a BOM not counted. */
export function lineStart(source: string, offset: number): number {
  const start = offset === 0 ? 0 : source.lastIndexOf('\n', offset - 1) + 1
  return start === 0 && source.charCodeAt(0) === 0xfeff ? 1 : start
}

/**
 * Replaces a value. A comment after it on the line keeps its column if at least one space fits before it.
 * Spaces at the end of the line are removed.
 */
export function replaceValue(
  source: string,
  { start, end }: { start: number; end: number },
  text: string,
): Splice {
  let gapEnd = end
  while (source[gapEnd] === ' ') gapEnd++
  const old = source.slice(start, end)
  if (gapEnd > end && source[gapEnd] === '#' && !old.includes('\n')) {
    const gap = Math.max(1, gapEnd - end - (columns(text) - columns(old)))
    return { start, end: gapEnd, text: text + ' '.repeat(gap) }
  }
  return { start, end: gapEnd === lineTextEnd(source, end) && old === '' ? gapEnd : end, text }
}

function columns(text: string): number {
  return [...text].length
}

/** 1-based line of an offset. */
export function lineAt(text: string, offset: number): number {
  let line = 1
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++
  return line
}
