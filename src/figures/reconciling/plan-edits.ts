import type { Binding } from '../bindings/binding.ts'
import { boundNumbersOf, statedNumbers } from '../bindings/bound-numbers.ts'
import type { FigureText } from '../bindings/parse-bindings.ts'
import { withoutComments } from '../bindings/text-spans.ts'
import { matchClaim } from '../comparison/claim-patterns.ts'
import { invarianceOf, judgeClaim, numberOf } from '../comparison/judge-claim.ts'
import type { ClaimPattern, Comparison } from '../definitions/definition.ts'
import type { MeasuredFigure } from '../measured.ts'
import { formatNumber, isStated, scaleOf } from '../numbers/format-number.ts'
import type { NumberToken } from '../numbers/number-token.ts'

/** A number that is to be written anew. Offsets are those of the text as it is. */
export interface NumberEdit {
  figure: string
  start: number
  end: number
  /** 1-based. */
  line: number
  text: string
}

/**
 * Why a claim that is not true is left as it is. With force a header, an invariance and a budget are rewritten too;
 * the others need a person: which number is meant, what the text states instead, names, digests, values not measured.
 */
export type RefusalReason =
  | 'header'
  | 'invariance'
  | 'budget'
  | 'ambiguous'
  | 'mismatch'
  | 'names'
  | 'digest'
  | 'stale'
  | 'unmeasured'

export interface Refusal {
  figure: string
  line: number
  reason: RefusalReason
  /** For `invariance`, the word of the line; empty otherwise. */
  word: string
}

/** What is planned for one binding or claim: the edits, or why it stays. */
export type Plan = NumberEdit[] | Refusal

export interface Reconciling {
  source: FigureText
  bindings: Binding[]
  force: boolean
}

/** Null when there is nothing to do. */
export function planBinding(
  { source, bindings, force }: Reconciling,
  binding: Binding,
  known: MeasuredFigure | undefined,
): Plan[] | null {
  const { claim, figure, target } = binding
  if (!known || !target || claim.type === 'was') return null
  const refuse = (reason: RefusalReason, word = ''): Plan[] => [{ figure, line: binding.line, reason, word }]
  const { outcome } = judgeClaim(claim, known)
  if (outcome === 'unjudged') return refuse(known.state === 'stale' ? 'stale' : 'unmeasured')
  const value = numberOf(known.value)
  if (claim.type === 'has' || claim.type === 'lacks') return outcome === 'unmet' ? refuse('names') : null
  if (claim.type === 'unchanged') return outcome === 'unmet' ? refuse('digest') : null
  if (outcome === 'wrong-kind' || value === null) return null
  const { tokens, ambiguous } = boundNumbersOf(source.text, binding, known.figure.wording)
  if (tokens.length === 0) return planBehindText(source.text, binding, value) ?? refuse('mismatch')
  if (outcome === 'met') return null
  if (target.header && !force) return refuse('header')
  const word = tokens.map(token => invarianceOf(lineOf(source.text, token))).find(found => found !== '') ?? ''
  // A strict limit at the measured value would still be broken.
  const strict = claim.type === 'limit' && !claim.limit.comparison.endsWith('=')
  if (claim.type === 'limit' && (!force || strict)) return refuse('budget')
  if (word !== '' && !force) return refuse('invariance', word)
  if (ambiguous && countOfSame(bindings, binding) < tokens.length) return refuse('ambiguous')
  const comparison = claim.type === 'limit' ? claim.limit.comparison : '='
  return [
    [...tokens, claim.value].flatMap(token =>
      editOf(token, { figure, value: reaching(value, token, comparison) }),
    ),
  ]
}

/** A text that already states the measured value: its binding is changed. */
function planBehindText(text: string, { claim, figure, target }: Binding, value: number): Plan[] | null {
  if (claim.type !== 'is' || !target || isStated(claim.value, value)) return null
  const stated = statedNumbers(text, target).filter(
    token => token.progression !== 'start' && isStated(token, value),
  )
  return stated.length === 1 ? [editOf(claim.value, { figure, value })] : null
}

export function planClaim(
  text: string,
  { figure, pattern }: ClaimPattern,
  { force, known }: { force: boolean; known: MeasuredFigure | undefined },
): Plan[] | null {
  const { value: token, lineText } = matchClaim(text, pattern)
  const value = numberOf(known?.value ?? null)
  if (!known || !token || value === null) return null
  const { outcome } = judgeClaim({ type: 'is', value: token }, known)
  if (outcome === 'unjudged') return [{ figure, line: token.line, reason: 'stale', word: '' }]
  if (outcome !== 'unmet') return null
  const word = invarianceOf(lineText)
  if (word !== '' && !force) return [{ figure, line: token.line, reason: 'invariance', word }]
  return [editOf(token, { figure, value })]
}

function editOf(
  { start, end, line, format }: NumberToken,
  { figure, value }: { figure: string; value: number },
): NumberEdit[] {
  return [{ figure, start, end, line, text: formatNumber(value, format) }]
}

/** A value that its format can write and that a limit at it lets the measured one through. */
function reaching(value: number, { format }: NumberToken, comparison: Comparison): number {
  const unit = scaleOf(format) / 10 ** format.decimals
  // What binary fractions add must not round 1.23 up to 1.24.
  if (comparison === '<=') return Math.ceil(value / unit - 1e-9) * unit
  return comparison === '>=' ? Math.floor(value / unit + 1e-9) * unit : value
}

/** How many bindings say the same of the same text: two of them mean two numbers. */
function countOfSame(bindings: Binding[], { figure, claim, target }: Binding): number {
  return bindings.filter(
    other =>
      other.figure === figure &&
      other.target?.start === target?.start &&
      'value' in other.claim &&
      'value' in claim &&
      other.claim.value.value === claim.value.value,
  ).length
}

function lineOf(text: string, { start, end }: NumberToken): string {
  const newline = text.indexOf('\n', end)
  return withoutComments(text.slice(text.lastIndexOf('\n', start) + 1, newline < 0 ? text.length : newline))
}
