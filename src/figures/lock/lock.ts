import * as z from 'zod/mini'

export const FIGURES_FILE = 'openspec/figures.yaml'
export const LOCK_FILE = 'openspec/figures.lock.json'
export const LOCK_VERSION = 1

/** No control characters: the text is printed to terminals. */
const PLAIN = /^[^\u0000-\u001f\u007f]*$/

const text = (error: string) => z.string(error).check(z.regex(PLAIN, error))
const textOrNull = (error: string) => z.prefault(z.nullable(text(error)), null)
const count = (fallback: number) => {
  const error = '"seconds" or "runs" is not a number'
  return z.prefault(z.number(error).check(z.nonnegative(error)), fallback)
}

const NO_VALUE = '"value" is not a number, string or list of names'
const VALUE = z.union([z.number(), z.array(text(NO_VALUE)), text(NO_VALUE)], NO_VALUE)
const AT = '"at" is not a time'

/** A value that was once measured. */
const FORMER_VALUE = z.object(
  {
    value: VALUE,
    /** ISO 8601, UTC, seconds. */
    at: z.string(AT).check(z.refine(at => !Number.isNaN(Date.parse(at)), AT)),
    /** Abbreviated SHA of HEAD; null outside git. */
    commit: textOrNull('"commit" is not a string'),
  },
  'an entry is not an object',
)
export type FormerValue = z.output<typeof FORMER_VALUE>

/** The last measurement of one figure. */
export const LOCK_ENTRY = z.object(
  {
    ...FORMER_VALUE.shape,
    unit: z.prefault(text('"unit" is not a string'), ''),
    /** The text that the value was read from, at most 200 characters. */
    raw: z.prefault(z.string('"raw" is not a string'), ''),
    /** True when the working tree had uncommitted changes. */
    dirty: z.prefault(z.boolean('"dirty" is neither true nor false'), false),
    /** Such as `linux-x64`. A value from another platform never replaces this one. */
    platform: text('"platform" is missing').check(z.minLength(1, '"platform" is missing')),
    /** Digest of the command and of how its output is read; null for a manual value. */
    command: textOrNull('"command" is not a digest'),
    /** Digest of the input files; null without inputs. */
    inputs: textOrNull('"inputs" is not a digest'),
    seconds: count(0),
    runs: count(1),
    /** Oldest first. */
    previous: z.prefault(z.array(FORMER_VALUE, '"previous" is not a list'), []),
    /** True when a merge chose between two measurements and the figure was not measured since. */
    stale: z.prefault(z.boolean('"stale" is neither true nor false'), false),
    /** The last successful `opsx figures prove`; null without one. */
    proven: z.prefault(z.nullable(z.object({ at: text(''), against: text('') })), null),
  },
  'it is not an object',
)

export interface LockEntry extends z.output<typeof LOCK_ENTRY> {
  /** Keys of a newer opsx version. They are kept until the figure is measured again. */
  more: Readonly<Record<string, unknown>>
}

/** The whole file: entries by full name of the figure. */
export const LOCK = z.object({
  version: z.literal(LOCK_VERSION),
  figures: z.record(z.string(), LOCK_ENTRY),
})

/** Entries of `openspec/figures.lock.json` by full name of the figure. */
export type FigureLock = ReadonlyMap<string, LockEntry>
