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

const DIGITS = /(?:\d{1,3}(?:,\d{3})+(?!\d)|\d{1,3}(?:_\d{3})+(?![\d_])|\d+)(?:\.\d+)?/y
const SUFFIX = /[kKM%](?![A-Za-z0-9_])/y
const SCALE = { k: 1_000, K: 1_000, M: 1_000_000 } as const
const ARROW = /^[\s\w*`'-]{0,30}?(?:->|→|=>|⇒|⟶)[\s*`~≈]*$/
const TO = /^[^.;:\d]{0,30}\bto\s+[*`~≈]*$/i
const FROM = /\bfrom\s+(?:about\s+|roughly\s+)?[*`~≈]*$/i
/** Characters before a spelled number that make it part of a longer word or path: `all-in-one`, `src/two.ts`. */
const JOINS = new Set(['-', '/', '.', '#', '@', "'"])

const SPELLED: NumberFormat = { style: 'words', separator: '', decimals: 0, suffix: '', capital: false }

/**
 * Finds the numbers of a text in order. Skips versions, dates, times, ranges, ids, references (`#402`, `file.ts:14`,
 * `task 1.3`), list markers, ordinals, and parts of words and paths. Takes linear time.
 */
export function scanNumbers(text: string, range?: TextRange): NumberToken[] {
  const { start, end, line: first } = range ?? { start: 0, end: text.length, line: 1 }
  const tokens: NumberToken[] = []
  let line = first
  let at = start
  while (at < end) {
    const code = text.charCodeAt(at)
    if (code === 0x0a) line++
    if (code >= 0x30 && code <= 0x39) {
      const { token, next } = readDigits(text, at, tokens.at(-1))
      if (token && token.end <= end) tokens.push({ ...token, line })
      at = next
    } else if (isWord(code)) {
      const wordEnd = endOfWord(text, at)
      const token = readWord(text, at, wordEnd)
      if (token && token.end <= end) tokens.push({ ...token, line })
      at = token?.end ?? wordEnd
    } else at++
  }
  markProgressions(text, tokens)
  return tokens
}

type Placed = Omit<NumberToken, 'line'>

function readDigits(
  text: string,
  at: number,
  previous: NumberToken | undefined,
): { token: Placed | null; next: number } {
  DIGITS.lastIndex = at
  const written = DIGITS.exec(text)?.[0] ?? ''
  const after = at + written.length
  const suffix = suffixAt(text, after)
  const end = after + suffix.length
  const other = endOfOther(text, at, end)
  if (other > end) return { token: null, next: other }
  const sign = signOfNumber(text, { start: at, end }, previous)
  if (sign === null || /^0\d/.test(written)) return { token: null, next: end }
  return { token: numberOf(written, { start: at - sign.length, end, suffix }), next: end }
}

function numberOf(
  written: string,
  place: { start: number; end: number; suffix: NumberFormat['suffix'] },
): Placed {
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

function suffixAt(text: string, at: number): NumberFormat['suffix'] {
  SUFFIX.lastIndex = at
  return SUFFIX.test(text) ? (text.charAt(at) as NumberFormat['suffix']) : ''
}

function readWord(text: string, at: number, end: number): Placed | null {
  const found = readSpelled(text, at, end)
  if (!found || JOINS.has(text.charAt(at - 1))) return null
  const next = text.charAt(found.end)
  if (next === "'" || next === '/' || (next === '.' && /\w/.test(text.charAt(found.end + 1)))) return null
  const { value, capital } = found
  return { start: at, end: found.end, value, format: { ...SPELLED, capital }, progression: null }
}

function endOfWord(text: string, at: number): number {
  let end = at + 1
  while (end < text.length && isWordOrDigit(text.charCodeAt(end))) end++
  return end
}

/** ASCII letters, the underscore and letters of other scripts. Not arrows, dashes or mathematical signs. */
function isWord(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    code === 0x5f ||
    (code >= 0xc0 && code < 0x2000 && code !== 0xd7)
  )
}

function isWordOrDigit(code: number): boolean {
  return isWord(code) || (code >= 0x30 && code <= 0x39)
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
