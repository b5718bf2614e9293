import * as z from 'zod/mini'

export const FIGURES_FILE = 'openspec/figures.yaml'
export const LOCK_FILE = 'openspec/figures.lock.json'
export const LOCK_VERSION = 1

/** No control characters: the text is printed to terminals. */
const PLAIN = /^[^\u0000-\u001f\u007f]*$/

const text = (error: string) => z.string(error).check(z.regex(PLAIN, error))
const textOrNull = (error: string) => z.prefault(z.nullable(text(error)), null)
const count = (fallback: number) => {
  const error = '"seconds" or "runs" is no number'
  return z.prefault(z.number(error).check(z.nonnegative(error)), fallback)
}

const NO_VALUE = '"value" is no number, text or list of names'
const VALUE = z.union([z.number(), z.array(text(NO_VALUE)), text(NO_VALUE)], NO_VALUE)
const AT = '"at" is no time'

/** A value that was once measured. */
const FORMER_VALUE = z.object(
  {
    value: VALUE,
    /** ISO 8601, UTC, seconds. */
    at: z.string(AT).check(z.refine(at => !Number.isNaN(Date.parse(at)), AT)),
    /** Abbreviated SHA of HEAD; null outside git. */
    commit: textOrNull('"commit" is no text'),
  },
  'an entry is no object',
)
export type FormerValue = z.output<typeof FORMER_VALUE>

/** One figure as it was measured (FIGURES "Lock file shape"). */
export const LOCK_ENTRY = z.object(
  {
    ...FORMER_VALUE.shape,
    unit: z.prefault(text('"unit" is no text'), ''),
    /** The text that the value was read from, at most 200 characters. */
    raw: z.prefault(z.string('"raw" is no text'), ''),
    /** True when the working tree had uncommitted changes. */
    dirty: z.prefault(z.boolean('"dirty" is neither true nor false'), false),
    /** Such as `linux-x64`; a value from another platform never replaces this one. */
    platform: text('"platform" is missing').check(z.minLength(1, '"platform" is missing')),
    /** Digest of the command and how its output is read; null for a manual value. */
    command: textOrNull('"command" is no digest'),
    /** Digest of the input files; null without inputs. */
    inputs: textOrNull('"inputs" is no digest'),
    seconds: count(0),
    runs: count(1),
    /** Oldest first. */
    previous: z.prefault(z.array(FORMER_VALUE, '"previous" is no list'), []),
    /** True for an entry that was chosen from two sides of a merge and has not been measured since. */
    stale: z.prefault(z.boolean('"stale" is neither true nor false'), false),
    /** When a person last saw the comparison fail on purpose (`figures prove`); null when it was not tried. */
    proven: z.prefault(z.nullable(z.object({ at: text(''), against: text('') })), null),
  },
  'it is no object',
)

export interface LockEntry extends z.output<typeof LOCK_ENTRY> {
  /** Keys that a later opsx wrote; they stay with the entry until it is measured again. */
  more: Readonly<Record<string, unknown>>
}

/** The file as a whole: figures by full name. */
export const LOCK = z.object({
  version: z.literal(LOCK_VERSION),
  figures: z.record(z.string(), LOCK_ENTRY),
})

/** `openspec/figures.lock.json`: by full name of the figure. */
export type FigureLock = ReadonlyMap<string, LockEntry>
