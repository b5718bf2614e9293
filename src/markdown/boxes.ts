import { isBlankCode, markerEnd } from './block-shapes.ts'

/** A bracket pair behind a list marker, by the line alone: Markdown may see text there. */
export interface BoxShape {
  /** Columns before the list marker; a tab counts to the next multiple of four. */
  indent: number
  /** Offset of the first character between the brackets. */
  offset: number
  marker: string
  /** Offset after the closing bracket. */
  after: number
}

const LONGEST_MARKER = 16

/**
 * The box a line begins with, by OpenSpec's rule (any indent, `- * + 1. 1)`, one character between the brackets) and
 * for markers of none or several characters that say a status (DIALECTS: Tasks). Null when there is none.
 */
export function boxAt(text: string, start: number, end: number): BoxShape | null {
  let at = start
  let indent = 0
  for (; at < end; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x20) indent++
    else if (code === 0x09) indent += 4 - (indent % 4)
    else if (isOtherSpace(code)) indent += code === 0xfeff ? 0 : 1
    else break
  }
  const marker = markerEnd(text, at, end)
  if (marker === at) return null
  let open = marker
  while (open < end && (isBlankCode(text.charCodeAt(open)) || isOtherSpace(text.charCodeAt(open)))) open++
  return open < end ? bracketsAt(text, open, end, indent) : null
}

/** The bracket pair at `open`, when it is one of a box. */
export function bracketsAt(text: string, open: number, end: number, indent: number): BoxShape | null {
  if (text.charCodeAt(open) !== 0x5b) return null
  const offset = open + 1
  if (offset + 1 < end && text.charCodeAt(offset + 1) === 0x5d) {
    return { indent, offset, marker: text.charAt(offset), after: offset + 2 }
  }
  const close = offset + text.slice(offset, Math.min(end, offset + LONGEST_MARKER + 1)).indexOf(']')
  if (close < offset) return null
  if (close + 1 < end && !isBlankCode(text.charCodeAt(close + 1))) return null
  const marker = text.slice(offset, close)
  return isStatusMarker(marker) ? { indent, offset, marker, after: close + 1 } : null
}

/** Tells `[WIP]`, `[ x]`, `[]` and an emoji from a link text such as `[the guide]`. */
function isStatusMarker(marker: string): boolean {
  const word = marker.trim()
  if (/^[xX~-]?$/.test(word)) return true
  if (/^(?:[A-Z]{2,}|N\/A|wip|todo|done|skip|skipped|blocked|deferred|pending|n\/a)$/.test(word)) return true
  return /^[^\p{L}\p{N}\s[\]^]+$/u.test(word)
}

/** White space of JavaScript's `\s` other than blank, tab and line feed. */
function isOtherSpace(code: number): boolean {
  if (code < 0x80) return code === 0x0b || code === 0x0c || code === 0x0d
  if (code < 0x1680) return code === 0xa0
  return (
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000 ||
    code === 0xfeff
  )
}
