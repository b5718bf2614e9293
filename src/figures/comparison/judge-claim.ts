import type { Claim } from '../bindings/binding.ts'
import type { Limit, Tolerance } from '../definitions/definition.ts'
import type { MeasuredFigure } from '../measured.ts'
import { isStated } from '../numbers/format-number.ts'
import { formatAmount, formatLimit, formatValue } from './format-value.ts'

/** `hold` followed by a number or an amount means "contain": `it holds exactly 14 checks`. */
const INVARIANT =
  /\b(?:stay(?:s|ed|ing)?|unchanged|parity|invarian(?:t|ce)|holds?(?!\s+(?:exactly|about|only|all|at (?:least|most)|\d))|held|holding|preserv(?:e[sd]?|ing)|remain(?:s|ed)?|constant)\b/i

/**
 * Whether a claim is true. `unjudged`: the value is stale or was never measured. `wrong-kind`: the claim does not apply to
 * the kind of the figure, such as a number for a digest.
 */
export interface ClaimJudgment {
  outcome: 'met' | 'unmet' | 'unjudged' | 'wrong-kind'
  /** The claimed and the measured value, as text. */
  asserted: string
  measured: string
}

/** Compares the claim of a binding or a gate with the value of its figure. A `was` claim is always met. */
export function judgeClaim(claim: Claim, measured: MeasuredFigure): ClaimJudgment {
  const { figure, state, value } = measured
  const asserted = formatClaim(claim, figure.unit)
  if (claim.type === 'was') return { outcome: 'met', asserted, measured: '' }
  if (state !== 'fresh' || value === null) {
    return { outcome: 'unjudged', asserted, measured: value === null ? '' : formatValue(value, figure.unit) }
  }
  if (claim.type === 'has' || claim.type === 'lacks') {
    if (!Array.isArray(value)) return { outcome: 'wrong-kind', asserted, measured: 'not a set of names' }
    const has = value.includes(claim.item)
    const found = `${has ? 'has' : 'lacks'} ${claim.item}`
    return { outcome: has === (claim.type === 'has') ? 'met' : 'unmet', asserted, measured: found }
  }
  if (claim.type === 'unchanged') {
    if (typeof value !== 'string') return { outcome: 'wrong-kind', asserted, measured: 'not a digest' }
    const same = claim.digest === '' ? measured.former.length === 0 : isPrefix(claim.digest, value)
    return { outcome: same ? 'met' : 'unmet', asserted, measured: value.slice(0, 19) }
  }
  const number = numberOf(value)
  if (number === null) return { outcome: 'wrong-kind', asserted, measured: 'a digest' }
  const isMet =
    claim.type === 'limit'
      ? isWithinLimit(claim.limit, number)
      : isStated(claim.value, number) || isWithinTolerance(figure.tolerance, claim.value.value, number)
  return { outcome: isMet ? 'met' : 'unmet', asserted, measured: formatAmount(number, figure.unit) }
}

/** A value as a number: for a set, the number of its names; null for a digest. */
export function numberOf(value: MeasuredFigure['value']): number | null {
  if (typeof value === 'number') return value
  return Array.isArray(value) ? value.length : null
}

export function isWithinLimit({ comparison, value }: Limit, measured: number): boolean {
  if (comparison === '<=') return measured <= value
  if (comparison === '>=') return measured >= value
  if (comparison === '<') return measured < value
  if (comparison === '>') return measured > value
  return measured === value
}

/** Whether a value is within a limit but at most five percent away from it. Never true for a limit of zero. */
export function isNear(limit: Limit, measured: number): boolean {
  return (
    limit.comparison !== '=' &&
    limit.value !== 0 &&
    isWithinLimit(limit, measured) &&
    Math.abs(limit.value - measured) <= Math.abs(limit.value) * 0.05
  )
}

/** Whether a measured number is as close to the stated one as the figure's tolerance allows. */
export function isWithinTolerance(tolerance: Tolerance | null, stated: number, measured: number): boolean {
  if (!tolerance) return stated === measured
  const allowed = tolerance.percent ? (Math.abs(stated) * tolerance.amount) / 100 : tolerance.amount
  return Math.abs(stated - measured) <= allowed
}

function formatClaim(claim: Claim, unit: string): string {
  if (claim.type === 'has' || claim.type === 'lacks') return `${claim.type} ${claim.item}`
  if (claim.type === 'unchanged') return claim.digest === '' ? 'unchanged' : `unchanged ${claim.digest}`
  if (claim.type === 'limit') return formatLimit(claim.limit, unit)
  return formatAmount(claim.value.value, unit)
}

function isPrefix(prefix: string, digest: string): boolean {
  return digest.startsWith(prefix) || digest.startsWith(`sha256:${prefix}`)
}

/** The word of a line that states that a value does not change; empty without one. */
export function invarianceOf(line: string): string {
  return INVARIANT.exec(line)?.[0] ?? ''
}
