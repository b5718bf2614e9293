import type { FigureValue } from '../definitions/definition.ts'

export const FIGURES_FILE = 'openspec/figures.yaml'
export const LOCK_FILE = 'openspec/figures.lock.json'
export const LOCK_VERSION = 1

/** A value that was once measured. */
export interface FormerValue {
  value: FigureValue
  /** ISO 8601, UTC, seconds. */
  at: string
  /** Abbreviated SHA of HEAD; null outside git. */
  commit: string | null
}

/** One figure as it was measured (FIGURES "Lock file shape"). */
export interface LockEntry extends FormerValue {
  unit: string
  /** The text that the value was read from, at most 200 characters. */
  raw: string
  /** True when the working tree had uncommitted changes. */
  dirty: boolean
  /** Such as `linux-x64`; a value from another platform never replaces this one. */
  platform: string
  /** Digest of the command and how its output is read; null for a manual value. */
  command: string | null
  /** Digest of the input files; null without inputs. */
  inputs: string | null
  seconds: number
  runs: number
  /** Oldest first. */
  previous: FormerValue[]
  /** True for an entry that was chosen from two sides of a merge and has not been measured since. */
  stale: boolean
  /** When a person last saw the comparison fail on purpose (`figures prove`); null when nobody did. */
  proven: { at: string; against: string } | null
  /** Keys that a later opsx wrote; they stay with the entry until it is measured again. */
  more: Readonly<Record<string, unknown>>
}

/** `openspec/figures.lock.json`: by full name of the figure. */
export type FigureLock = ReadonlyMap<string, LockEntry>
