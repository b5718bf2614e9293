import type { Wording } from '../definitions/definition.ts'
import { isStated } from '../numbers/format-number.ts'
import type { NumberToken } from '../numbers/number-token.ts'
import { scanNumbers, type TextRange } from '../numbers/scan-numbers.ts'
import { compileWording } from '../wording/compile-wording.ts'
import { isBesideWording } from '../wording/is-beside-wording.ts'
import type { Binding } from './binding.ts'
import { commentSpans, isInSpans } from './text-spans.ts'

/** The numbers in the bound text that a binding refers to. */
export interface BoundNumbers {
  /** Numbers that equal the value of the binding; empty when text and binding disagree. */
  tokens: NumberToken[]
  /** True when several numbers are equal and the wording of the figure distinguishes none. */
  ambiguous: boolean
  /** The number that the text states instead; null when there is none or more than one. */
  instead: NumberToken | null
}

/**
 * Finds the numbers that a binding refers to: those that equal its value. Of several, those that the wording of the figure
 * describes, else the one that is exactly equal. The start of a progression counts only for `was`. Empty for a set or a
 * digest.
 */
export function boundNumbersOf(
  text: string,
  { claim, target }: Binding,
  wording: Wording | null,
): BoundNumbers {
  if (!('value' in claim) || !target) return { tokens: [], ambiguous: false, instead: null }
  const past = claim.type === 'was'
  const stated = statedNumbers(text, target).filter(token => past || token.progression !== 'start')
  const matching = stated.filter(token => isSameValue(token, claim.value))
  const beside = (tokens: NumberToken[]) =>
    wording ? tokens.filter(token => isBeside(text, token, stated, wording)) : []
  const named = matching.length > 1 ? beside(matching) : []
  // A rounded number also matches: "one change" next to 1.46. The exact number is meant.
  const exact = named.length > 0 ? named : matching.filter(({ value }) => value === claim.value.value)
  const tokens = named.length > 0 || exact.length === 1 ? exact : matching
  const others = matching.length > 0 ? [] : beside(stated)
  const [instead = null] = others.length > 0 ? others : stated.length === 1 ? stated : []
  return {
    tokens,
    ambiguous: tokens.length > 1 && named.length === 0,
    instead: matching.length > 0 ? null : instead,
  }
}

/** The numbers in a range of a text, without those in comments. */
export function statedNumbers(text: string, range: TextRange): NumberToken[] {
  const tokens = scanNumbers(text, range)
  const comments = commentSpans(text, range.start, range.end)
  if (comments.length === 0) return tokens
  return tokens.filter(({ start }) => !isInSpans(comments, start))
}

/** Whether a number equals the value of a binding, at the lower precision of both: 19.7k equals 19,734. */
export function isSameValue(token: NumberToken, bound: NumberToken): boolean {
  // A binding without decimals is exact: 27 does not match 27.5.
  const rounded = bound.format.suffix !== '' || bound.format.decimals > 0
  return isStated(token, bound.value) || (rounded && isStated(bound, token.value))
}

function isBeside(text: string, token: NumberToken, tokens: NumberToken[], wording: Wording): boolean {
  const newline = text.indexOf('\n', token.end)
  const line = { start: text.lastIndexOf('\n', token.start) + 1, end: newline < 0 ? text.length : newline }
  const earlier = tokens.filter(other => other.line === token.line && other.start < token.start)
  return isBesideWording({ text, token, line, earlier }, compileWording(wording))
}
