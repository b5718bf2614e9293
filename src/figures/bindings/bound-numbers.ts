import type { Wording } from '../definitions/definition.ts'
import { isStated } from '../numbers/format-number.ts'
import type { NumberToken } from '../numbers/number-token.ts'
import { scanNumbers, type TextRange } from '../numbers/scan-numbers.ts'
import { compileWording } from '../wording/compile-wording.ts'
import { isBesideWording } from '../wording/is-beside-wording.ts'
import type { Binding } from './binding.ts'
import { commentSpans, isInSpans } from './text-spans.ts'

/** The numbers of a target that a binding means. */
export interface BoundNumbers {
  /** Those that state its value; empty when text and binding disagree. */
  tokens: NumberToken[]
  /** True when several state it and none is distinguished by the wording. */
  ambiguous: boolean
  /** The one other number in the place of the value; null without one. */
  instead: NumberToken | null
}

/**
 * Finds the numbers that a binding with a value means: those that state it, the start of a progression left out unless
 * the binding is about the past. Of several, those beside the figure's wording, else the one that is exact. Empty for a set or a digest.
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
  // A rounded number states the same too, such as the "one" of one change for 1.46, but is hardly meant beside the exact one.
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

/** The numbers of a stretch of text, those in comments left out. */
export function statedNumbers(text: string, range: TextRange): NumberToken[] {
  const tokens = scanNumbers(text, range)
  const comments = commentSpans(text, range.start, range.end)
  if (comments.length === 0) return tokens
  return tokens.filter(({ start }) => !isInSpans(comments, start))
}

/** Whether a number is the value of a binding, at the precision of the coarser: 19.7k and 19,734. */
export function isSameValue(token: NumberToken, bound: NumberToken): boolean {
  // A binding of 27 is exact: 27.5 is not what it means.
  const rounded = bound.format.suffix !== '' || bound.format.decimals > 0
  return isStated(token, bound.value) || (rounded && isStated(bound, token.value))
}

function isBeside(text: string, token: NumberToken, tokens: NumberToken[], wording: Wording): boolean {
  const newline = text.indexOf('\n', token.end)
  const line = { start: text.lastIndexOf('\n', token.start) + 1, end: newline < 0 ? text.length : newline }
  const earlier = tokens.filter(other => other.line === token.line && other.start < token.start)
  return isBesideWording({ text, token, line, earlier }, compileWording(wording))
}
