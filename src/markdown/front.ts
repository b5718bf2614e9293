import { closerOffset, openerOffset } from './parse-frontmatter.ts'

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
 * Splits a text at its fences without parsing the YAML. Null when the opening fence has no closing one: more text may
 * follow that closes it.
 */
export function frontOf(text: string): Front | null {
  const bom = text.charCodeAt(0) === 0xfeff ? 1 : 0
  const opener = openerOffset(text, bom)
  if (opener < 0) return { opening: '', yaml: '', closing: '', body: text }
  const start = text.indexOf('\n', opener) + 1
  const close = start === 0 ? -1 : closerOffset(text, start)
  if (close < 0) return null
  const newline = text.indexOf('\n', close)
  const end = newline < 0 ? text.length : newline + 1
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
