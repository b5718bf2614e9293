import type { FigureValue } from '../definitions/definition.ts'

/** A value and the text it was read from, or one clause why there is none. */
export type Read = { value: FigureValue; raw: string } | { problem: string }

/** How much of that text the lock keeps. */
export const LONGEST_RAW = 200

export function shortened(text: string): string {
  return text.length <= LONGEST_RAW ? text : `${text.slice(0, LONGEST_RAW - 1)}…`
}
