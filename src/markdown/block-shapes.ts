/** Recognizers for one line of Markdown, from its first character that is neither blank nor tab. */

/** Depth of an ATX heading, 0 when it is none. */
export function atxDepth(line: string): number {
  return /^#{1,6}(?=[ \t]|$)/.exec(line)?.[0].length ?? 0
}

/** Text of an ATX heading without its closing sequence. */
export function atxText(line: string): string {
  return line
    .slice(atxDepth(line))
    .replace(/[ \t]#+[ \t]*$/, '')
    .trim()
}

/** 1 or 2 for a setext underline, else 0. */
export function setextDepth(line: string): number {
  if (!/^(?:=+|-+)[ \t]*$/.test(line)) return 0
  return line.startsWith('=') ? 1 : 2
}

export function isThematicBreak(line: string): boolean {
  return /^([-*_])(?:[ \t]*\1){2,}[ \t]*$/.test(line)
}

/** The run that opens a fence, else null. The info string after backticks cannot contain a backtick. */
export function fenceOf(line: string): string | null {
  return /^(?:`{3,}(?=[^`]*$)|~{3,})/.exec(line)?.[0] ?? null
}

export function closesFence(line: string, fence: string): boolean {
  const run = /^(`{3,}|~{3,})[ \t]*$/.exec(line)?.[1]
  return run?.startsWith(fence) ?? false
}

/** Width of a list marker followed by white space or the line's end, 0 when there is none. */
export function listMarkerWidth(line: string): number {
  return /^(?:[-*+]|\d{1,9}[.)])(?=[ \t]|$)/.exec(line)?.[0].length ?? 0
}

/** Cells of a table row; `|` splits unless a backslash precedes it. */
export function cellCount(row: string): number {
  const cells = row.replace(/\\./g, '\\').split('|')
  if (cells[0] === '') cells.shift()
  if (/^[ \t]*$/.test(cells.at(-1) ?? 'none')) cells.pop()
  return cells.length
}

/** True for a table's delimiter row: dashes, optional colons, and at least one `|` or `:`. */
export function isDelimiterRow(row: string): boolean {
  return /[|:]/.test(row) && /^\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/.test(row)
}

/** True for a link reference definition that is complete on its line. */
export function isDefinition(line: string): boolean {
  if (!line.startsWith('[') || line.length > 10_000) return false
  return /^\[(?=[^\]]*\S)(?:[^[\]\\]|\\.)+\]:[ \t]*(?:<[^<>]*>|[^\s<]\S*)(?:[ \t]+(?:"[^"]*"|'[^']*'|\([^()]*\)))?[ \t]*$/.test(
    line,
  )
}

/** Length of a footnote's label with its colon, 0 when there is none. */
export function footnoteWidth(line: string): number {
  return /^\[\^[^\s[\]]{1,1000}\]:/.exec(line)?.[0].length ?? 0
}

/** One of the kinds of HTML blocks of CommonMark. `ends` is null when a blank line ends the block. */
export interface HtmlBlock {
  opens: RegExp
  ends: RegExp | null
  interruptsParagraph: boolean
}

const COMMENT: HtmlBlock = { opens: /^<!--/, ends: /-->/, interruptsParagraph: true }
const BLOCK_TAG =
  /^<\/?(?:address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul)(?:\s|\/?>|$)/i
const ATTRIBUTE = '\\s+[a-z_:][\\w.:-]*(?:\\s*=\\s*(?:[^\\s"\'=<>`]+|\'[^\']*\'|"[^"]*"))?'
const ANY_TAG = new RegExp(
  `^(?!.{10001})<(?:[a-z][a-z0-9-]*(?:${ATTRIBUTE})*\\s*/?|/[a-z][a-z0-9-]*\\s*)>\\s*$`,
  'i',
)

const HTML_BLOCKS: HtmlBlock[] = [
  COMMENT,
  { opens: /^<\?/, ends: /\?>/, interruptsParagraph: true },
  { opens: /^<!\[CDATA\[/, ends: /\]\]>/, interruptsParagraph: true },
  { opens: /^<![a-z]/i, ends: />/, interruptsParagraph: true },
  {
    opens: /^<(?:script|pre|textarea|style)(?:[\s>]|$)/i,
    ends: /<\/(?:script|pre|textarea|style)>/i,
    interruptsParagraph: true,
  },
  { opens: BLOCK_TAG, ends: null, interruptsParagraph: true },
  { opens: ANY_TAG, ends: null, interruptsParagraph: false },
]

export function htmlBlockOf(line: string): HtmlBlock | null {
  if (!line.startsWith('<')) return null
  return HTML_BLOCKS.find(({ opens }) => opens.test(line)) ?? null
}

export function isComment(html: HtmlBlock): boolean {
  return html === COMMENT
}
