import type { Claim } from '../bindings/binding.ts'
import type { Limit, Tolerance } from '../definitions/definition.ts'
import type { MeasuredFigure } from '../measured.ts'
import { isStated } from '../numbers/format-number.ts'
import { tellLimit, tellNumber, tellValue } from './tell-value.ts'

/**
 * Whether a claim holds. `cannot-say`: the value is stale or was never measured, which is neither. `unfit`: a number is
 * claimed of a digest, or names of a number.
 */
export interface Judgement {
  outcome: 'holds' | 'fails' | 'cannot-say' | 'unfit'
  /** What is claimed and what was measured, for people. */
  asserted: string
  measured: string
}

/** Judges what a binding or a gate claims of a figure. History always holds. */
export function judgeClaim(claim: Claim, measured: MeasuredFigure): Judgement {
  const { figure, state, value } = measured
  const asserted = tellClaim(claim, figure.unit)
  if (claim.type === 'was') return { outcome: 'holds', asserted, measured: '' }
  if (state !== 'fresh' || value === null) {
    return { outcome: 'cannot-say', asserted, measured: value === null ? '' : tellValue(value, figure.unit) }
  }
  if (claim.type === 'has' || claim.type === 'lacks') {
    if (!Array.isArray(value)) return { outcome: 'unfit', asserted, measured: 'no set of names' }
    const has = value.includes(claim.item)
    const told = `${has ? 'has' : 'lacks'} ${claim.item}`
    return { outcome: has === (claim.type === 'has') ? 'holds' : 'fails', asserted, measured: told }
  }
  if (claim.type === 'unchanged') {
    if (typeof value !== 'string') return { outcome: 'unfit', asserted, measured: 'no digest' }
    const same = claim.digest === '' ? measured.former.length === 0 : isPrefix(claim.digest, value)
    return { outcome: same ? 'holds' : 'fails', asserted, measured: value.slice(0, 19) }
  }
  const number = numberOf(value)
  if (number === null) return { outcome: 'unfit', asserted, measured: 'a digest' }
  const holds =
    claim.type === 'limit'
      ? keeps(claim.limit, number)
      : isStated(claim.value, number) || isWithin(figure.tolerance, claim.value.value, number)
  return { outcome: holds ? 'holds' : 'fails', asserted, measured: tellNumber(number, figure.unit) }
}

/** The number that a text states of a value: a set's is how many names it has; null for a digest. */
export function numberOf(value: MeasuredFigure['value']): number | null {
  if (typeof value === 'number') return value
  return Array.isArray(value) ? value.length : null
}

export function keeps({ comparison, value }: Limit, measured: number): boolean {
  if (comparison === '<=') return measured <= value
  if (comparison === '>=') return measured >= value
  if (comparison === '<') return measured < value
  if (comparison === '>') return measured > value
  return measured === value
}

/** Whether a value keeps a limit and is within five percent of it; nothing comes closer to zero than it has to. */
export function isNear(limit: Limit, measured: number): boolean {
  return (
    limit.comparison !== '=' &&
    limit.value !== 0 &&
    keeps(limit, measured) &&
    Math.abs(limit.value - measured) <= Math.abs(limit.value) * 0.05
  )
}

/** Whether a measured number is as close to the stated one as the figure's tolerance allows. */
export function isWithin(tolerance: Tolerance | null, stated: number, measured: number): boolean {
  if (!tolerance) return stated === measured
  const allowed = tolerance.percent ? (Math.abs(stated) * tolerance.amount) / 100 : tolerance.amount
  return Math.abs(stated - measured) <= allowed
}

function tellClaim(claim: Claim, unit: string): string {
  if (claim.type === 'has' || claim.type === 'lacks') return `${claim.type} ${claim.item}`
  if (claim.type === 'unchanged') return claim.digest === '' ? 'unchanged' : `unchanged ${claim.digest}`
  if (claim.type === 'limit') return tellLimit(claim.limit, unit)
  return tellNumber(claim.value.value, unit)
}

function isPrefix(prefix: string, digest: string): boolean {
  return digest.startsWith(prefix) || digest.startsWith(`sha256:${prefix}`)
}
