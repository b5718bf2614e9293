/** Recognizers for one line of Markdown. Each looks at `text` from `at` to `end`, the line's end without its line break. */

const SPACE = 0x20
const TAB = 0x09

export function isBlankCode(code: number): boolean {
  return code === SPACE || code === TAB
}

export function skipBlanks(text: string, at: number, end: number): number {
  while (at < end && isBlankCode(text.charCodeAt(at))) at++
  return at
}

/** True when only blanks follow. */
export function endsBlank(text: string, at: number, end: number): boolean {
  return skipBlanks(text, at, end) === end
}

function runLength(text: string, at: number, end: number): number {
  const code = text.charCodeAt(at)
  let to = at
  while (to < end && text.charCodeAt(to) === code) to++
  return to - at
}

/** Depth of an ATX heading, 0 when it is none. */
export function atxDepth(text: string, at: number, end: number): number {
  const depth = runLength(text, at, end)
  return depth <= 6 && (at + depth === end || isBlankCode(text.charCodeAt(at + depth))) ? depth : 0
}

/** Text of an ATX heading without its closing sequence. */
export function atxText(text: string, at: number, end: number): string {
  let to = end
  while (to > at && isBlankCode(text.charCodeAt(to - 1))) to--
  let hashes = to
  while (hashes > at && text.charCodeAt(hashes - 1) === 0x23) hashes--
  if (hashes < to && (hashes === at || isBlankCode(text.charCodeAt(hashes - 1)))) to = hashes
  return text.slice(at, to).trim()
}

/** 1 or 2 for a setext underline, else 0. */
export function setextDepth(text: string, at: number, end: number): number {
  const code = text.charCodeAt(at)
  if (code !== 0x3d && code !== 0x2d) return 0
  if (!endsBlank(text, at + runLength(text, at, end), end)) return 0
  return code === 0x3d ? 1 : 2
}

export function isThematicBreak(text: string, at: number, end: number): boolean {
  const marker = text.charCodeAt(at)
  let count = 0
  for (let i = at; i < end; i++) {
    const code = text.charCodeAt(i)
    if (code === marker) count++
    else if (!isBlankCode(code)) return false
  }
  return count >= 3
}

/** Length of the run that opens a fence, else 0. The info string after backticks cannot contain a backtick. */
export function fenceLength(text: string, at: number, end: number): number {
  const length = runLength(text, at, end)
  if (length < 3) return 0
  if (text.charCodeAt(at) !== 0x60) return length
  for (let i = at + length; i < end; i++) if (text.charCodeAt(i) === 0x60) return 0
  return length
}

export function closesFence(
  text: string,
  at: number,
  end: number,
  fence: { code: number; length: number },
): boolean {
  if (text.charCodeAt(at) !== fence.code) return false
  const length = runLength(text, at, end)
  return length >= fence.length && endsBlank(text, at + length, end)
}

/** Width of a list marker followed by white space or the line's end, 0 when there is none. */
export function listMarkerWidth(text: string, at: number, end: number): number {
  const to = markerEnd(text, at, end)
  return to > at && (to === end || isBlankCode(text.charCodeAt(to))) ? to - at : 0
}

/** Offset after a bullet or a number of at most nine digits with its `.` or `)`; `at` when there is none. */
export function markerEnd(text: string, at: number, end: number): number {
  const code = text.charCodeAt(at)
  if (code === 0x2d || code === 0x2a || code === 0x2b) return at + 1
  let to = at
  while (to < end && to - at < 10 && text.charCodeAt(to) >= 0x30 && text.charCodeAt(to) <= 0x39) to++
  if (to === at || to - at > 9 || to === end) return at
  const delimiter = text.charCodeAt(to)
  return delimiter === 0x2e || delimiter === 0x29 ? to + 1 : at
}

/** Cells of a table row; `|` splits unless a backslash precedes it. */
export function cellCount(text: string, at: number, end: number): number {
  const from = skipBlanks(text, at, end)
  let cells = 0
  let filled = false
  for (let i = from; i < end; i++) {
    const code = text.charCodeAt(i)
    if (code === 0x7c) {
      if (i > from) cells++
      filled = false
    } else if (!isBlankCode(code)) {
      filled = true
      if (code === 0x5c) i++
    }
  }
  return cells + (filled ? 1 : 0)
}

/** True for a table's delimiter row: dashes, optional colons, and at least one `|` or `:`. */
export function isDelimiterRow(text: string, at: number, end: number): boolean {
  const first = text.charCodeAt(at)
  if (first !== 0x7c && first !== 0x3a && first !== 0x2d) return false
  const row = text.slice(at, end)
  if (row.length > 10_000 || !/[|:]/.test(row)) return false
  return row
    .replace(/^\|/, '')
    .replace(/\|[ \t]*$/, '')
    .split('|')
    .every(cell => /^:?-+:?$/.test(cell.trim()))
}

/** True for a link reference definition that is complete on its line. */
export function isDefinition(text: string, at: number, end: number): boolean {
  if (text.charCodeAt(at) !== 0x5b || end - at > 10_000) return false
  return /^\[(?=[^\]]*\S)(?:[^[\]\\]|\\.)+\]:[ \t]*(?:<[^<>]*>|[^\s<]\S*)(?:[ \t]+(?:"[^"]*"|'[^']*'|\([^()]*\)))?[ \t]*$/.test(
    text.slice(at, end),
  )
}

/** Length of a footnote's label with its colon, 0 when there is none. */
export function footnoteWidth(text: string, at: number, end: number): number {
  if (!text.startsWith('[^', at)) return 0
  return /^\[\^[^\s[\]]+\]:/.exec(text.slice(at, Math.min(end, at + 1000)))?.[0].length ?? 0
}

/** The seven kinds of HTML blocks of CommonMark; kind 2 is the comment. `ends` is null when a blank line ends the block. */
export interface HtmlKind {
  comment: boolean
  interruptsParagraph: boolean
  ends: string | null
}

const RAW = /^<(script|pre|textarea|style)(?:[\s>]|$)/i
const BLOCK_TAG =
  /^<\/?(?:address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul)(?:\s|\/?>|$)/i
const ATTRIBUTE = '\\s+[a-z_:][\\w.:-]*(?:\\s*=\\s*(?:[^\\s"\'=<>`]+|\'[^\']*\'|"[^"]*"))?'
const ANY_TAG = new RegExp(`^<(?:[a-z][a-z0-9-]*(?:${ATTRIBUTE})*\\s*/?|/[a-z][a-z0-9-]*\\s*)>\\s*$`, 'i')

/** Kind of the HTML block that begins with `line` (its indentation removed), or null. */
export function htmlKindOf(line: string): HtmlKind | null {
  if (line.startsWith('<!--')) return { comment: true, interruptsParagraph: true, ends: '-->' }
  if (line.startsWith('<?')) return { comment: false, interruptsParagraph: true, ends: '?>' }
  if (line.startsWith('<![CDATA[')) return { comment: false, interruptsParagraph: true, ends: ']]>' }
  if (/^<![a-z]/i.test(line)) return { comment: false, interruptsParagraph: true, ends: '>' }
  if (RAW.test(line)) return { comment: false, interruptsParagraph: true, ends: '</' }
  if (BLOCK_TAG.test(line)) return { comment: false, interruptsParagraph: true, ends: null }
  if (line.length <= 10_000 && ANY_TAG.test(line))
    return { comment: false, interruptsParagraph: false, ends: null }
  return null
}

/** True when the text contains the end of the block. On the `first` line, the opener itself is not an end. */
export function endsHtml(kind: HtmlKind, text: string, first: boolean): boolean {
  if (kind.ends === null) return false
  if (kind.ends === '</') return /<\/(?:script|pre|textarea|style)>/i.test(text)
  return text.indexOf(kind.ends, first ? 2 : 0) >= 0
}
