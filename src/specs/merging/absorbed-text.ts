import type { Requirement } from '../parse-requirements.ts'

/** A line of a requirement that is neither statement nor step: table, quote, code, note, or another section. */
export interface Extra {
  kind: 'table' | 'quote' | 'code' | 'note' | 'section'
  text: string
  /** 1-based line of the spec. */
  line: number
}

/**
 * The lines of a requirement that are neither statement nor steps, in order. OpenSpec's merge drops them with the
 * requirement.
 */
export function extrasOf(text: string, { line, headerEnd, end, foreign }: Requirement): Extra[] {
  const extras: Extra[] = []
  let place: 'statement' | 'scenario' | 'steps' | 'below' = 'statement'
  let fence = ''
  const body = text.slice(headerEnd, end).split(/\r?\n/).slice(1)
  for (const [index, raw] of body.entries()) {
    const number = line + 1 + index
    const trimmed = raw.trim()
    let kind: Extra['kind'] | null = null
    const marks = /^ {0,3}(`{3,}|~{3,})(?!.*`)/.exec(raw)?.[1] ?? ''
    if (foreign && number >= foreign.line) kind = 'section'
    else if (fence !== '' || marks !== '') {
      kind = 'code'
      if (fence === '') fence = marks
      else if (marks.startsWith(fence) && trimmed === marks) fence = ''
    } else if (trimmed === '') place = place === 'steps' ? 'below' : place
    else if (/^####\s/.test(raw)) place = 'scenario'
    else if (trimmed.startsWith('|')) kind = 'table'
    else if (trimmed.startsWith('>')) kind = 'quote'
    else if (/^(?:[-*+]|\d{1,9}[.)])\s/.test(trimmed)) place = place === 'statement' ? place : 'steps'
    else if (place === 'below' && !/^\s/.test(raw)) kind = 'note'
    if (kind !== null && trimmed !== '') extras.push({ kind, text: trimmed, line: number })
  }
  return extras
}

/** The extras that `replacement` drops: it has neither the same line nor another extra of that kind. */
export function droppedExtras(
  extras: readonly Extra[],
  replacement: { text: string; extras: Extra[] },
): Extra[] {
  const lines = new Set(replacement.text.split(/\r?\n/).map(each => each.trim()))
  const kinds = new Set(replacement.extras.map(each => each.kind))
  return extras.filter(({ kind, text }) => !lines.has(text) && (kind === 'section' || !kinds.has(kind)))
}
