import type { Comparison } from '../definitions/definition.ts'
import type { NumberToken } from '../numbers/number-token.ts'
import { scanNumbers, type TextRange } from '../numbers/scan-numbers.ts'
import type { Claim, Term } from './binding.ts'

const COMPARED = /^([A-Za-z_][\w.-]*)\s*(<=|>=|≤|≥|<|>|==?)\s*(?=\S)/
const WAS = /^([A-Za-z_][\w.-]*)\s+was\s+(?=\S)/
const ITEM = /^(?:([A-Za-z_][\w.-]*)\s+)?(has|lacks)\s+(\S+)$/
const UNCHANGED = /^([A-Za-z_][\w.-]*)\s+unchanged(?:\s+(\w[\w:-]*))?$/
const UNIT = /^\s?[\p{L}%]{0,12}$/u
/** A comma that is not between groups of three digits. */
const SEPARATOR = /,(?!\d{3}(?!\d))/
const SPELLING: Record<string, Comparison> = { '≤': '<=', '≥': '>=', '==': '=' }

/** Parses the list in a `fig:` or `gate:` comment. `problem` explains as one clause why a part cannot be parsed. */
export function parseTerms(text: string, range: TextRange): { terms: Term[]; problem: string | null } {
  const terms: Term[] = []
  let start = range.start
  let set = ''
  for (const part of text.slice(range.start, range.end).split(SEPARATOR)) {
    const written = part.trim()
    const at = start + part.length - part.trimStart().length
    start += part.length + 1
    if (written === '')
      return { terms, problem: terms.length === 0 ? 'it is empty' : 'it has an extra comma' }
    const term = termOf(text, { written, at, line: range.line, set })
    if (typeof term === 'string') return { terms, problem: term }
    if (term.claim.type === 'has' || term.claim.type === 'lacks') set = term.figure
    terms.push(term)
  }
  return { terms, problem: null }
}

interface Part {
  written: string
  /** Offset of `written` in the text. */
  at: number
  line: number
  /** The set of the preceding term, for a `lacks` without a name; empty without one. */
  set: string
}

function termOf(text: string, part: Part): Term | string {
  const { written, at, set } = part
  const item = ITEM.exec(written)
  if (item) {
    const [, name = set, type, value = ''] = item
    if (name === '') return `"${written}" does not name a set`
    return { figure: name, claim: { type: type as 'has' | 'lacks', item: unquoted(value) }, written }
  }
  const unchanged = UNCHANGED.exec(written)
  if (unchanged) {
    const [, figure = '', digest = ''] = unchanged
    const end = at + written.length
    return { figure, claim: { type: 'unchanged', digest, start: end - digest.length, end }, written }
  }
  return compared(text, part)
}

function compared(text: string, part: Part): Term | string {
  const { written, at, line } = part
  const match = COMPARED.exec(written) ?? WAS.exec(written)
  if (!match) return `"${written}" is not a binding`
  const [head, figure = '', sign = 'was'] = match
  const value = wholeNumber(text, { start: at + head.length, end: at + written.length, line })
  if (!value) return `"${written.slice(head.length)}" is not a number`
  return { figure, claim: claimOf(sign, value), written }
}

function claimOf(sign: string, value: NumberToken): Claim {
  if (sign === 'was') return { type: 'was', value }
  const comparison = SPELLING[sign] ?? (sign as Comparison)
  if (comparison === '=') return { type: 'is', value }
  return { type: 'limit', limit: { comparison, value: value.value }, value }
}

function wholeNumber(text: string, range: TextRange): NumberToken | null {
  const [token, more] = scanNumbers(text, range)
  if (!token || more || token.start !== range.start) return null
  return UNIT.test(text.slice(token.end, range.end)) ? token : null
}

function unquoted(item: string): string {
  return /^(["'`])(.*)\1$/.exec(item)?.[2] ?? item
}
