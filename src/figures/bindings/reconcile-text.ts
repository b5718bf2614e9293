import { matchClaim } from '../comparison/claim-patterns.ts'
import { invarianceOf } from '../comparison/invariance.ts'
import { judgeClaim, numberOf } from '../comparison/judge-claim.ts'
import type { ClaimPattern, Comparison } from '../definitions/definition.ts'
import type { MeasuredFigure, MeasuredFigures } from '../measured.ts'
import { formatNumber, isStated, scaleOf } from '../numbers/format-number.ts'
import type { NumberToken } from '../numbers/number-token.ts'
import type { Binding } from './binding.ts'
import { boundNumbersOf, statedNumbers } from './bound-numbers.ts'
import { withoutComments } from './comment-spans.ts'
import { type FigureText, parseBindings } from './parse-bindings.ts'

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
 * Why a claim that does not hold is left as it is. With force a header, an invariance and a budget are rewritten too;
 * the others need a person: which number is meant, what the text says instead, names, digests, values not measured.
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
  /** For `invariance`, the word that says so; empty otherwise. */
  word: string
}

export interface Reconciliation {
  edits: NumberEdit[]
  refused: Refusal[]
  /** The text with the edits made. */
  text: string
}

export interface ReconcileOptions {
  force: boolean
  /** Claims by pattern whose file is this one. */
  claims?: ClaimPattern[]
}

/**
 * Plans the rewriting of the bound numbers of a text that are not what was measured, and of their bindings, each in the
 * format it is written in. Every other byte stays, and a second run has nothing to do.
 */
export function reconcileText(
  source: FigureText,
  measured: MeasuredFigures,
  { force, claims = [] }: ReconcileOptions,
): Reconciliation {
  const { bindings } = parseBindings(source)
  const planned = [
    ...bindings.map(binding =>
      planBinding({ source, bindings, force }, binding, measured.figures.get(binding.figure)),
    ),
    ...claims.map(claim =>
      planClaim(source.text, claim, { force, known: measured.figures.get(claim.figure) }),
    ),
  ]
  const { edits, refused } = withoutContradictions(planned.flatMap(plan => plan ?? []))
  return { edits, refused, text: applyEdits(source.text, edits) }
}

type Plan = NumberEdit[] | Refusal

interface Reconciling {
  source: FigureText
  bindings: Binding[]
  force: boolean
}

/** Null when there is nothing to do. */
function planBinding(
  { source, bindings, force }: Reconciling,
  binding: Binding,
  known: MeasuredFigure | undefined,
): Plan[] | null {
  const { claim, figure, target } = binding
  if (!known || !target || claim.type === 'was') return null
  const refuse = (reason: RefusalReason, word = ''): Plan[] => [{ figure, line: binding.line, reason, word }]
  const { outcome } = judgeClaim(claim, known)
  if (outcome === 'cannot-say') return refuse(known.state === 'stale' ? 'stale' : 'unmeasured')
  const value = numberOf(known.value)
  if (claim.type === 'has' || claim.type === 'lacks') return outcome === 'fails' ? refuse('names') : null
  if (claim.type === 'unchanged') return outcome === 'fails' ? refuse('digest') : null
  if (outcome === 'unfit' || value === null) return null
  const { tokens, ambiguous } = boundNumbersOf(source.text, binding, known.figure.wording)
  if (tokens.length === 0) return planBehindText(source.text, binding, value) ?? refuse('mismatch')
  if (outcome === 'holds') return null
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

/** A text that already says what was measured, with a binding that does not: the binding follows. */
function planBehindText(text: string, { claim, figure, target }: Binding, value: number): Plan[] | null {
  if (claim.type !== 'is' || !target || isStated(claim.value, value)) return null
  const stated = statedNumbers(text, target).filter(
    token => token.progression !== 'start' && isStated(token, value),
  )
  return stated.length === 1 ? [editOf(claim.value, { figure, value })] : null
}

function planClaim(
  text: string,
  { figure, pattern }: ClaimPattern,
  { force, known }: { force: boolean; known: MeasuredFigure | undefined },
): Plan[] | null {
  const { value: token, lineText } = matchClaim(text, pattern)
  const value = numberOf(known?.value ?? null)
  if (!known || !token || value === null) return null
  const { outcome } = judgeClaim({ type: 'is', value: token }, known)
  if (outcome === 'cannot-say') return [{ figure, line: token.line, reason: 'stale', word: '' }]
  if (outcome !== 'fails') return null
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

/** Edits in order, each once. Two bindings that want different things of one number are refused, both of them. */
function withoutContradictions(plans: Plan[]): Pick<Reconciliation, 'edits' | 'refused'> {
  const edits = new Map<number, NumberEdit>()
  const refused = plans.filter((plan): plan is Refusal => !Array.isArray(plan))
  const wanted = plans.filter((plan): plan is NumberEdit[] => Array.isArray(plan))
  const texts = new Map<number, Set<string>>()
  for (const { start, text } of wanted.flat()) texts.set(start, (texts.get(start) ?? new Set()).add(text))
  for (const plan of wanted) {
    const contested = plan.find(({ start }) => (texts.get(start)?.size ?? 0) > 1)
    if (contested)
      refused.push({ figure: contested.figure, line: contested.line, reason: 'ambiguous', word: '' })
    else for (const edit of plan) edits.set(edit.start, edit)
  }
  return { edits: [...edits.values()].sort((one, other) => one.start - other.start), refused }
}

function applyEdits(text: string, edits: NumberEdit[]): string {
  let written = ''
  let from = 0
  for (const edit of edits) {
    written += text.slice(from, edit.start) + edit.text
    from = edit.end
  }
  return written + text.slice(from)
}

function lineOf(text: string, { start, end }: NumberToken): string {
  const newline = text.indexOf('\n', end)
  return withoutComments(text.slice(text.lastIndexOf('\n', start) + 1, newline < 0 ? text.length : newline))
}
