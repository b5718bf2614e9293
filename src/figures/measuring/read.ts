import type { FigureValue } from '../definitions/definition.ts'

/** A value with the text it was read from. `problem` is one clause that explains why there is no value. */
export type Read = { value: FigureValue; raw: string } | { problem: string }

/** Maximum length of that text in the lock. */
export const LONGEST_RAW = 200

export function shortened(text: string): string {
  return text.length <= LONGEST_RAW ? text : `${text.slice(0, LONGEST_RAW - 1)}…`
}
