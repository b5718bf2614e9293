import { boundNumbersOf, statedNumbers } from './bound-numbers.ts'
import { type FigureText, parseBindings } from './parse-bindings.ts'

/** How many of the numbers in a text are bound to figures. */
export interface Coverage {
  /** Number of bindings. */
  bound: number
  /** Number of unbound numbers outside comments. */
  unbound: number
}

export function coverageOf(source: FigureText): Coverage {
  const { text } = source
  const { bindings, starts } = boundStartsOf(source)
  const numbers = statedNumbers(text, { start: 0, end: text.length, line: 1 })
  return { bound: bindings.length, unbound: numbers.filter(({ start }) => !starts.has(start)).length }
}

/** The bindings of a text, and the offsets of the bound numbers. */
export function boundStartsOf(source: FigureText) {
  const { bindings } = parseBindings(source)
  const tokens = bindings.flatMap(binding => boundNumbersOf(source.text, binding, null).tokens)
  return { bindings, starts: new Set(tokens.map(({ start }) => start)) }
}
