import { numberOf } from '../comparison/judge-claim.ts'
import type { MeasuredFigure, MeasuredFigures } from '../measured.ts'
import { isStated, scaleOf } from '../numbers/format-number.ts'
import type { NumberToken } from '../numbers/number-token.ts'

/** A current or former value of a figure, as a number. */
export interface IndexedValue {
  measured: MeasuredFigure
  value: number
}

/** Former and current values of the figures that have a wording. */
export interface FormerIndex {
  former: IndexedValue[]
  current: IndexedValue[]
}

export function formerIndexOf({ figures }: MeasuredFigures): FormerIndex {
  const index: FormerIndex = { former: [], current: [] }
  for (const measured of figures.values()) {
    const { nouns, lead } = measured.figure.wording
    if (nouns.length === 0 && lead.length === 0) continue
    const current = numberOf(measured.value)
    if (current === null) continue
    index.current.push({ measured, value: current })
    const former = new Set(measured.former.flatMap(value => numberOf(value) ?? []))
    for (const value of former) if (value !== current) index.former.push({ measured, value })
  }
  return index
}

/** Returns the values that a number states, at the precision it is written in. */
export function statedBy(values: IndexedValue[], token: NumberToken): IndexedValue[] {
  return values.filter(({ value }) => isStated(token, value) && isPrecise(token, value))
}

/** A number that is rounded to one digit is too vague: "1" does not state 1.23. */
function isPrecise({ format }: NumberToken, value: number): boolean {
  const digits = (Math.abs(value) / scaleOf(format)) * 10 ** format.decimals
  const rounded = Math.round(digits)
  return rounded >= 10 || Math.abs(rounded - digits) < 1e-9
}
