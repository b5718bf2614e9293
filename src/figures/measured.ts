import type { Figure, FigureDefinitions, FigureValue } from './definitions/definition.ts'
import type { LockEntry } from './lock/lock.ts'

/**
 * Whether a value can be held against a text. `fresh`: command and inputs are those of today. `unmeasured`: there is no
 * value. `stale`: there is one, and it may be out of date, so that it cannot be judged (FIGURES "Stale").
 */
export type FigureState = 'fresh' | 'stale' | 'unmeasured'

/** A figure with what is known of its value. */
export interface MeasuredFigure {
  figure: Figure
  state: FigureState
  /** Why it is stale, in one clause; empty otherwise. */
  reason: string
  /** Null when it is unmeasured. */
  value: FigureValue | null
  /** Values it had before, oldest first, today's left out. */
  former: FigureValue[]
  /** Null for what opsx counts itself and for what was never measured. */
  entry: LockEntry | null
}

/** What texts are held against: definitions and lock of one repository, for one change or for the main specs. */
export interface MeasuredFigures {
  definitions: FigureDefinitions
  /** By full name; every figure of `definitions` and those that opsx counts itself. */
  figures: ReadonlyMap<string, MeasuredFigure>
}

/** What kind of artifact a text is, which decides how bad a drift in it is (FIGURES "Findings"). */
export type TextKind = 'spec' | 'prose' | 'tasks'
