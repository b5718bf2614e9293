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

/** True when the block's end stands in the text. `first` is the line that opened it, whose opener does not close it. */
export function endsHtml(kind: HtmlKind, text: string, first: boolean): boolean {
  if (kind.ends === null) return false
  if (kind.ends === '</') return /<\/(?:script|pre|textarea|style)>/i.test(text)
  return text.indexOf(kind.ends, first ? 2 : 0) >= 0
}
