import { isStated, scaleOf } from './format-number.ts'
import { numberOf } from './judge-claim.ts'
import type { MeasuredFigure, MeasuredFigures } from './measured.ts'
import type { NumberToken } from './number-token.ts'

/** A value of a figure, as a number. */
export interface IndexedValue {
  measured: MeasuredFigure
  value: number
}

/**
 * Values of figures by the digits that they are written with, so that a text is looked through for them without any
 * regular expression: 1.23 is under 123 and 12, 19,734 under 19734, 197 (19.7k) and 20 (20k).
 */
export class ValueIndex {
  readonly #byDigits = new Map<number, IndexedValue[]>()

  add(value: number, measured: MeasuredFigure): void {
    for (const digits of writtenDigits(Math.abs(value))) {
      const known = this.#byDigits.get(digits)
      if (known) known.push({ measured, value })
      else this.#byDigits.set(digits, [{ measured, value }])
    }
  }

  get size(): number {
    return this.#byDigits.size
  }

  has(digits: number): boolean {
    return this.#byDigits.has(digits)
  }

  /** Values that a number states, at the precision it is written in. */
  statedBy(token: NumberToken): IndexedValue[] {
    const digits = Math.round((Math.abs(token.value) / scaleOf(token.format)) * 10 ** token.format.decimals)
    return (this.#byDigits.get(digits) ?? []).filter(({ value }) => isStated(token, value))
  }
}

/** What the sweep looks for: values that a figure had before, and today's, of the figures that have a wording. */
export interface FormerIndex {
  former: ValueIndex
  current: ValueIndex
}

export function formerIndexOf({ figures }: MeasuredFigures): FormerIndex {
  const index = { former: new ValueIndex(), current: new ValueIndex() }
  for (const measured of figures.values()) {
    const { nouns, lead } = measured.figure.wording
    if (nouns.length === 0 && lead.length === 0) continue
    const today = numberOf(measured.value)
    if (today === null) continue
    index.current.add(today, measured)
    const former = new Set(measured.former.flatMap(value => numberOf(value) ?? []))
    for (const value of former) if (value !== today) index.former.add(value, measured)
  }
  return index
}

/** Digits of every way to write a value exactly, and of the rounded ones with two digits at least. */
function writtenDigits(value: number): Set<number> {
  const digits = new Set<number>()
  for (const scale of [1, 1_000, 1_000_000]) {
    for (const decimals of [0, 1, 2, 3]) {
      const exact = (value / scale) * 10 ** decimals
      const rounded = Math.round(exact)
      if (rounded >= 10 || Math.abs(rounded - exact) < 1e-9) digits.add(rounded)
    }
  }
  return digits
}
