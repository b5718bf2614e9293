/**
 * True when a proposal says something: text beyond headings, comments, and the lines a template leaves to fill in
 * (`<…>`, a label with nothing behind it, TBD). Stops at the first such line.
 *
 * @param from offset of the body, after the frontmatter
 */
export function hasContent(text: string, from: number): boolean {
  let comment = text.indexOf('<!--', from)
  for (let at = from; at < text.length; ) {
    const end = lineEnd(text, at)
    if (comment >= 0 && comment < at) comment = text.indexOf('<!--', at)
    if (comment >= 0 && comment < end) {
      if (isFilledIn(text.slice(at, comment))) return true
      const close = text.indexOf('-->', comment + 4)
      if (close < 0) return false
      at = close + 3
      continue
    }
    if (isFilledIn(text.slice(at, end)) && !isUnderline(text, end + 1)) return true
    at = end + 1
  }
  return false
}

function lineEnd(text: string, at: number): number {
  const newline = text.indexOf('\n', at)
  return newline < 0 ? text.length : newline
}

/** True for the second line of a heading. */
function isUnderline(text: string, at: number): boolean {
  const line = text.slice(at, Math.min(lineEnd(text, at), at + 1000)).trim()
  return line !== '' && (/^=+$/.test(line) || /^-+$/.test(line))
}

function isFilledIn(line: string): boolean {
  const trimmed = line.trim()
  if (trimmed === '' || /^#{1,6}(?:\s|$)/.test(trimmed)) return false
  const words = trimmed
    .replace(/<[^<>]*>/g, '')
    .replace(/[`*_]/g, '')
    .replace(/^(?:[-+>]|\d+[.)])?\s*(?:\[.\])?\s*/, '')
    .trim()
  if (!/[\p{L}\p{N}]/u.test(words)) return false
  return !/^(?:(?:tbd|todo|none|n\/a)\.?|[^:]{1,40}:)$/i.test(words)
}
