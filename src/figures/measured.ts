import type { Figure, FigureDefinitions, FigureValue } from './definitions/definition.ts'
import type { LockEntry } from './lock/lock.ts'

/**
 * Whether a text can be compared with the value. `fresh`: command and inputs have not changed since the measurement.
 * `unmeasured`: there is no value. `stale`: the value may be out of date, so opsx reports neither a match nor a drift.
 */
export type FigureState = 'fresh' | 'stale' | 'unmeasured'

/** A figure with its measured value. */
export interface MeasuredFigure {
  figure: Figure
  state: FigureState
  /** Why it is stale, as one clause; empty when it is not. */
  reason: string
  /** Null when it is unmeasured. */
  value: FigureValue | null
  /** Earlier values, oldest first, without the current value. */
  former: FigureValue[]
  /** Null for a built-in figure and for one that was never measured. */
  entry: LockEntry | null
}

/** The definitions and values that the texts of one change, or the main specs, are compared with. */
export interface MeasuredFigures {
  definitions: FigureDefinitions
  /** By full name: every figure of `definitions`, and for a change the built-in figures. */
  figures: ReadonlyMap<string, MeasuredFigure>
}

/** What kind of artifact a text is. It decides the severity of findings about the text. */
export type TextKind = 'spec' | 'prose' | 'tasks'
