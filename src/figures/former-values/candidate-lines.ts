import { readSpelled } from '../numbers/number-words.ts'
import type { TextRange } from '../numbers/scan-numbers.ts'
import type { ValueIndex } from './former-index.ts'

const DIGIT = /\d/g

/**
 * Lines that may state a value of the index, each once, from `from` on. A thousand texts are looked through, of which
 * most state none: digits and the words that spell a value are found by one expression each.
 */
export function candidateLines(text: string, index: ValueIndex, from = 0): TextRange[] {
  const lines: TextRange[] = []
  if (index.size === 0) return lines
  const counted = { at: 0, line: 1 }
  let digits = nextDigits(text, index, from)
  let words = nextWords(text, index, from)
  while (digits >= 0 || words >= 0) {
    const at = words < 0 || (digits >= 0 && digits < words) ? digits : words
    const start = Math.max(from, text.lastIndexOf('\n', at) + 1)
    const newline = text.indexOf('\n', at)
    const end = newline < 0 ? text.length : newline
    lines.push({ start, end, line: lineAt(text, start, counted) })
    if (digits >= 0 && digits < end) digits = nextDigits(text, index, end)
    if (words >= 0 && words < end) words = nextWords(text, index, end)
  }
  return lines
}

/** Offset of the next digits that may state a value, or -1. */
function nextDigits(text: string, index: ValueIndex, from: number): number {
  DIGIT.lastIndex = from
  while (DIGIT.test(text)) {
    const at = DIGIT.lastIndex - 1
    const end = endOfDigits(text, at)
    if (index.has(digitsOf(text, at, end), isSuffix(text.charCodeAt(end)))) return at
    DIGIT.lastIndex = end
  }
  return -1
}

/** The same for a spelled number. */
function nextWords(text: string, index: ValueIndex, from: number): number {
  const spelled = index.spelledIn(text)
  if (!spelled) return -1
  spelled.lastIndex = from
  for (let match = spelled.exec(text); match; match = spelled.exec(text)) {
    const at = match.index
    const end = endOfLetters(text, at)
    spelled.lastIndex = end
    if (isLetter(text.charCodeAt(at - 1))) continue
    const found = readSpelled(text, at, end)
    if (found && index.has(found.value, false)) return at
  }
  return -1
}

/** `counted` remembers how far lines were counted; offsets must rise. */
function lineAt(text: string, offset: number, counted: { at: number; line: number }): number {
  for (
    let next = text.indexOf('\n', counted.at);
    next >= 0 && next < offset;
    next = text.indexOf('\n', counted.at)
  ) {
    counted.at = next + 1
    counted.line++
  }
  return counted.line
}

/** Behind a run of digits with `.`, `,` or `_` between them. */
function endOfDigits(text: string, at: number): number {
  let end = at + 1
  for (;;) {
    if (isDigit(text.charCodeAt(end))) end++
    else if (isSeparator(text.charCodeAt(end)) && isDigit(text.charCodeAt(end + 1))) end += 2
    else return end
  }
}

function digitsOf(text: string, at: number, end: number): number {
  let value = 0
  for (let index = at; index < end; index++) {
    const code = text.charCodeAt(index)
    if (isDigit(code)) value = value * 10 + code - 0x30
  }
  return value
}

function endOfLetters(text: string, at: number): number {
  let end = at + 1
  while (isLetter(text.charCodeAt(end))) end++
  return end
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

/** `k`, `K` or `M`. */
function isSuffix(code: number): boolean {
  return code === 0x6b || code === 0x4b || code === 0x4d
}

function isSeparator(code: number): boolean {
  return code === 0x2e || code === 0x2c || code === 0x5f
}

function isLetter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a)
}
