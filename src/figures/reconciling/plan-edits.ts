import type { Binding } from '../bindings/binding.ts'
import { boundNumbersOf, statedNumbers } from '../bindings/bound-numbers.ts'
import type { FigureText } from '../bindings/parse-bindings.ts'
import { lineOf } from '../bindings/text-spans.ts'
import { matchClaim } from '../comparison/claim-patterns.ts'
import { invarianceOf, judgeClaim, numberOf } from '../comparison/judge-claim.ts'
import type { ClaimPattern, Comparison } from '../definitions/definition.ts'
import type { MeasuredFigure } from '../measured.ts'
import { formatNumber, isStated, scaleOf } from '../numbers/format-number.ts'
import type { NumberToken } from '../numbers/number-token.ts'

/** A number to replace. Offsets are those of the text before any edit. */
export interface NumberEdit {
  figure: string
  start: number
  end: number
  /** 1-based. */
  line: number
  text: string
}

/**
 * Why a wrong number is not rewritten. `force` allows `header`, `invariance` and `budget`. For the other reasons, a person
 * must edit the text or measure the figure.
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

/** The edits for one binding or claim, or why it is not rewritten. */
export type Plan = NumberEdit[] | Refusal

export interface Reconciling {
  source: FigureText
  bindings: Binding[]
  force: boolean
}

/** Plans the edits of one binding. Null when there is nothing to change. */
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
  if (tokens.length === 0) return planBindingOnly(source.text, binding, value) ?? refuse('mismatch')
  if (outcome === 'met') return null
  if (target.header && !force) return refuse('header')
  const word =
    tokens.map(token => invarianceOf(lineOf(source.text, token.line))).find(found => found !== '') ?? ''
  // A strict limit that equals the measured value would still be exceeded.
  const strict = claim.type === 'limit' && !claim.limit.comparison.endsWith('=')
  if (claim.type === 'limit' && (!force || strict)) return refuse('budget')
  if (word !== '' && !force) return refuse('invariance', word)
  if (ambiguous && countOfSame(bindings, binding) < tokens.length) return refuse('ambiguous')
  const comparison = claim.type === 'limit' ? claim.limit.comparison : '='
  return [
    [...tokens, claim.value].flatMap(token =>
      editOf(token, { figure, value: roundedLimit(value, token, comparison) }),
    ),
  ]
}

/** Plans to change only the binding, when the text already states the measured value. */
function planBindingOnly(text: string, { claim, figure, target }: Binding, value: number): Plan[] | null {
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

/** Rounds a limit to the precision of its format, in the direction that includes the measured value. */
function roundedLimit(value: number, { format }: NumberToken, comparison: Comparison): number {
  const unit = scaleOf(format) / 10 ** format.decimals
  // 1e-9 prevents that an error of binary fractions rounds 1.23 up to 1.24.
  if (comparison === '<=') return Math.ceil(value / unit - 1e-9) * unit
  return comparison === '>=' ? Math.floor(value / unit + 1e-9) * unit : value
}

/** Number of bindings with the same claim about the same text. Two of them bind two numbers. */
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
