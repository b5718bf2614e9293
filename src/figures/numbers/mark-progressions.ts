import type { NumberToken } from './number-token.ts'

const ARROW = /^[\s\w*`'-]{0,30}?(?:->|→|=>|⇒|⟶)[\s*`~≈]*$/
const TO = /^[^.;:\d]{0,30}\bto\s+[*`~≈]*$/i
const FROM = /\bfrom\s+(?:about\s+|roughly\s+)?[*`~≈]*$/i

/** Marks both sides of `12 → 27` and of `from 12 to 27`; in a chain only the last one is the end. */
export function markProgressions(text: string, tokens: NumberToken[]): void {
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
