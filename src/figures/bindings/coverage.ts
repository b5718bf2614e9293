import { boundNumbersOf, statedNumbers } from './bound-numbers.ts'
import { type FigureText, parseBindings } from './parse-bindings.ts'

/** How much of what a text states is held against a measurement. */
export interface Coverage {
  /** Terms that its comments bind. */
  bound: number
  /** Numbers that no comment binds, those in code and comments left out. */
  unbound: number
}

export function coverageOf(source: FigureText): Coverage {
  const { text } = source
  const { bindings } = parseBindings(source)
  const bound = new Set(
    bindings.flatMap(binding => boundNumbersOf(text, binding, null).tokens.map(({ start }) => start)),
  )
  const numbers = statedNumbers(text, { start: 0, end: text.length, line: 1 })
  return { bound: bindings.length, unbound: numbers.filter(({ start }) => !bound.has(start)).length }
}
