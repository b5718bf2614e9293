import { readSpelled } from '../numbers/number-words.ts'
import type { TextRange } from '../numbers/scan-numbers.ts'
import type { ValueIndex } from './former-index.ts'

/** Lines that may state a value of the index, each once, from `from` on. One pass, no regular expression for most words. */
export function candidateLines(text: string, index: ValueIndex, from = 0): TextRange[] {
  const lines: TextRange[] = []
  if (index.size === 0) return lines
  let line = 1
  for (let at = text.indexOf('\n'); at >= 0 && at < from; at = text.indexOf('\n', at + 1)) line++
  let start = from
  let at = from
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (code === 0x0a) {
      line++
      at++
      start = at
      continue
    }
    const end = isDigit(code) ? endOfDigits(text, at) : isLetter(code) ? endOfLetters(text, at) : at + 1
    if (end > at + 1 || isDigit(code)) {
      if (mayState(text, { at, end, index })) {
        const newline = text.indexOf('\n', end)
        const lineEnd = newline < 0 ? text.length : newline
        lines.push({ start, end: lineEnd, line })
        at = lineEnd
        continue
      }
    }
    at = end
  }
  return lines
}

function mayState(text: string, { at, end, index }: { at: number; end: number; index: ValueIndex }): boolean {
  if (isDigit(text.charCodeAt(at))) return index.has(digitsOf(text, at, end), isSuffix(text.charCodeAt(end)))
  const spelled = readSpelled(text, at, end)
  return spelled !== null && index.has(spelled.value, false)
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
