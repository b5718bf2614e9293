import { endOfOther, signOfNumber } from './number-surroundings.ts'
import type { NumberFormat, NumberToken } from './number-token.ts'
import { readSpelled } from './number-words.ts'

/** A range of a text. `line` is the 1-based line of `start`. */
export interface TextRange {
  start: number
  end: number
  line: number
}

/** The lines of a text without their line feeds. */
export function linesOf(text: string): TextRange[] {
  let start = 0
  return text.split('\n').map((content, index) => {
    const line = { start, end: start + content.length, line: index + 1 }
    start = line.end + 1
    return line
  })
}

/** Letters of any script and the underscore. Not arrows, dashes or mathematical signs. */
const LETTER = String.raw`A-Za-z_\u00c0-\u00d6\u00d8-\u1fff`
const DIGITS = String.raw`(?:\d{1,3}(?:,\d{3})+(?!\d)|\d{1,3}(?:_\d{3})+(?![\d_])|\d+)(?:\.\d+)?`
const SUFFIX = '[kKM%](?![A-Za-z0-9_])'
/** Digits with their suffix, or a word. */
const CANDIDATE = new RegExp(`(${DIGITS})(${SUFFIX})?|[${LETTER}][${LETTER}\\d]*`, 'g')
const SCALE = { k: 1_000, K: 1_000, M: 1_000_000 } as const
const ARROW = /^[\s\w*`'-]{0,30}?(?:->|→|=>|⇒|⟶)[\s*`~≈]*$/
const TO = /^[^.;:\d]{0,30}\bto\s+[*`~≈]*$/i
const FROM = /\bfrom\s+(?:about\s+|roughly\s+)?[*`~≈]*$/i
/** Characters before a spelled number that make it part of a longer word or path: `all-in-one`, `src/two.ts`. */
const JOINS = new Set(['-', '/', '.', '#', '@', "'"])

/**
 * Finds the numbers of a text in order. Skips versions, dates, times, ranges, ids, references (`#402`, `file.ts:14`,
 * `task 1.3`), list markers, ordinals, and parts of words and paths. Takes linear time.
 */
export function scanNumbers(text: string, range?: TextRange): NumberToken[] {
  const { start, end, line: first } = range ?? { start: 0, end: text.length, line: 1 }
  const tokens: NumberToken[] = []
  let line = first
  let counted = start
  CANDIDATE.lastIndex = start
  for (let match = CANDIDATE.exec(text); match && match.index < end; match = CANDIDATE.exec(text)) {
    const found = match[1] === undefined ? readWord(text, match) : readDigits(text, match, tokens.at(-1))
    CANDIDATE.lastIndex = found.next
    if (!found.token || found.token.end > end) continue
    line += text.slice(counted, match.index).split('\n').length - 1
    counted = match.index
    tokens.push({ ...found.token, line })
  }
  markProgressions(text, tokens)
  return tokens
}

/** A number, or null, and the offset after the text that was read. */
interface Read {
  token: Omit<NumberToken, 'line'> | null
  next: number
}

function readDigits(
  text: string,
  { 0: whole, 1: written = '', 2: suffix = '', index }: RegExpExecArray,
  previous: NumberToken | undefined,
): Read {
  const end = index + whole.length
  const other = endOfOther(text, index, end)
  if (other > end) return { token: null, next: other }
  const sign = signOfNumber(text, { start: index, end }, previous)
  if (sign === null || /^0\d/.test(written)) return { token: null, next: end }
  const place = { start: index - sign.length, end, suffix: suffix as NumberFormat['suffix'] }
  return { token: numberOf(written, place), next: end }
}

function numberOf(
  written: string,
  place: { start: number; end: number; suffix: NumberFormat['suffix'] },
): Read['token'] {
  const { start, end, suffix } = place
  const separator = written.includes(',') ? ',' : written.includes('_') ? '_' : ''
  const [whole = '', fraction = ''] = written.split('.')
  const digits = `${whole.replace(/[,_]/g, '')}.${fraction}`
  const scale = suffix === '' || suffix === '%' ? 1 : SCALE[suffix]
  // toPrecision removes the error of binary fractions: 19.7 * 1000 is not exactly 19700.
  const scaled = scale === 1 ? Number(digits) : Number((Number(digits) * scale).toPrecision(15))
  const value = end - start > written.length + suffix.length ? -scaled : scaled
  const format = { style: 'digits', separator, decimals: fraction.length, suffix, capital: false } as const
  return { start, end, value, format, progression: null }
}

function readWord(text: string, { 0: word, index }: RegExpExecArray): Read {
  const found = readSpelled(text, index, index + word.length)
  if (
    !found ||
    JOINS.has(text.charAt(index - 1)) ||
    /^(?:['/]|\.\w)/.test(text.slice(found.end, found.end + 2))
  ) {
    return { token: null, next: index + word.length }
  }
  const { value, capital, end } = found
  const format: NumberFormat = { style: 'words', separator: '', decimals: 0, suffix: '', capital }
  return { token: { start: index, end, value, format, progression: null }, next: end }
}

/** Marks both sides of `12 → 27` and of `from 12 to 27`. In a chain, only the last number is the end. */
function markProgressions(text: string, tokens: NumberToken[]): void {
  for (const [index, token] of tokens.entries()) {
    const next = tokens[index + 1]
    if (!next || next.line !== token.line || next.start - token.end > 60) continue
    const gap = text.slice(token.end, next.start)
    if (!ARROW.test(gap) && !(TO.test(gap) && isFrom(text, token))) continue
    token.progression = 'start'
    next.progression = 'end'
  }
}

function isFrom(text: string, token: NumberToken): boolean {
  return FROM.test(text.slice(Math.max(0, token.start - 24), token.start))
}
