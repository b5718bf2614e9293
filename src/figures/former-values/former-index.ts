import { numberOf } from '../comparison/judge-claim.ts'
import type { MeasuredFigure, MeasuredFigures } from '../measured.ts'
import { isStated, scaleOf } from '../numbers/format-number.ts'
import type { NumberToken } from '../numbers/number-token.ts'
import { spell } from '../numbers/number-words.ts'

const DECIMALS = [0, 1, 2, 3]

/** A value of a figure, as a number. */
export interface IndexedValue {
  measured: MeasuredFigure
  value: number
}

/**
 * Values of figures by the digits that they are written with, so that a text is looked through for them without any
 * regular expression: 1.23 is under 123 and 12; 19,734 under 19734, and with a suffix under 197 (19.7k) and 20 (20k).
 */
export class ValueIndex {
  readonly #plain = new Map<number, IndexedValue[]>()
  readonly #suffixed = new Map<number, IndexedValue[]>()
  readonly #spellings = new Spellings()

  add(value: number, measured: MeasuredFigure): void {
    const size = Math.abs(value)
    const decimals = Number.isInteger(value) ? [0] : DECIMALS
    put(this.#plain, new Set(decimals.flatMap(each => writtenDigits(size, each))), { measured, value })
    const suffixed = [size / 1_000, size / 1_000_000].flatMap(each =>
      DECIMALS.flatMap(n => writtenDigits(each, n)),
    )
    put(this.#suffixed, new Set(suffixed), { measured, value })
    this.#spellings.add(size)
  }

  /** Finds, from its `lastIndex` on, where the spelling of a value may begin in a text; null when none is there. */
  spelledIn(text: string): RegExp | null {
    return text.includes('hundred') ? this.#spellings.all : this.#spellings.belowHundred
  }

  get size(): number {
    return this.#plain.size
  }

  /** `suffixed`: a `k` or `M` follows the digits. */
  has(digits: number, suffixed: boolean): boolean {
    return (suffixed ? this.#suffixed : this.#plain).has(digits)
  }

  /** Values that a number states, at the precision it is written in. */
  statedBy(token: NumberToken): IndexedValue[] {
    const scale = scaleOf(token.format)
    const digits = Math.round((Math.abs(token.value) / scale) * 10 ** token.format.decimals)
    const known = (scale === 1 ? this.#plain : this.#suffixed).get(digits) ?? []
    return known.filter(({ value }) => isStated(token, value))
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

/** The digits of a value with so many decimals; none when rounding leaves fewer than two. */
function writtenDigits(value: number, decimals: number): number[] {
  const exact = value * 10 ** decimals
  const rounded = Math.round(exact)
  return rounded >= 10 || Math.abs(rounded - exact) < 1e-9 ? [rounded] : []
}

function put(index: Map<number, IndexedValue[]>, digits: Iterable<number>, value: IndexedValue): void {
  for (const each of digits) {
    const known = index.get(each)
    if (known) known.push(value)
    else index.set(each, [value])
  }
}

/** How the spelled forms of some values begin, as expressions to look for them with. */
class Spellings {
  readonly #small = new Set<string>()
  readonly #hundreds = new Set<string>()
  #compiled: { all: RegExp | null; belowHundred: RegExp | null } | undefined

  /** Adds a value, unless it is none that is spelled. */
  add(value: number): void {
    const words = spell(value, false)
    if (words === null) return
    const set = value < 100 ? this.#small : this.#hundreds
    set.add(/^\w+(?: hundred)?/.exec(words)?.[0] ?? words)
    this.#compiled = undefined
  }

  get all(): RegExp | null {
    return this.#expressions().all
  }

  /** Enough for a text without the word `hundred`, which most are. */
  get belowHundred(): RegExp | null {
    return this.#expressions().belowHundred
  }

  #expressions() {
    this.#compiled ??= {
      all: expressionOf([...this.#small, ...this.#hundreds]),
      belowHundred: expressionOf([...this.#small]),
    }
    return this.#compiled
  }
}

function expressionOf(starts: string[]): RegExp | null {
  return starts.length === 0 ? null : new RegExp(starts.map(anyCase).join('|'), 'g')
}

/** A spelled number may begin with a capital, and join its words with a hyphen. */
function anyCase(words: string): string {
  return `[${words.charAt(0).toUpperCase()}${words.charAt(0)}]${words.slice(1).replace(' ', '[- ]')}`
}
