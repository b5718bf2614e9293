import { OpsxError } from '../../errors.ts'
import { segmentsOf, viewsOf } from '../../markdown/conflict-segments.ts'
import { type FigureLock, type FormerValue, LOCK_FILE, type LockEntry } from './lock.ts'
import { parseLock } from './parse-lock.ts'

export type Side = 'ours' | 'theirs'

/** The text of the lock on each side of a merge, and in the merge base when that is known. */
export type LockSides = Record<Side, string> & { base?: string | undefined }

/** The lock merged from both sides. */
export interface ResolvedLock {
  lock: FigureLock
  /** Figures that differ between the sides, sorted by name. `stale`: the figure must be measured again. */
  settled: { figure: string; taken: Side; stale: boolean }[]
}

/**
 * Merges the entries of both sides. When only one side changed, added or removed an entry, its change is taken. When both
 * did, the newer entry is taken, or that of `prefer`. It is marked stale, because neither side measured the merged code.
 * Former values of both sides are kept. Throws FIGURES_LOCK_UNREADABLE when a side is not a lock.
 */
export function resolveLock(sides: LockSides, prefer?: Side): ResolvedLock {
  const ours = readSide(sides.ours, 'ours')
  const theirs = readSide(sides.theirs, 'theirs')
  const base = parseLock(sides.base ?? '').lock
  const lock = new Map<string, LockEntry>()
  const settled: ResolvedLock['settled'] = []
  for (const figure of [...new Set([...ours.keys(), ...theirs.keys()])].sort()) {
    const one = ours.get(figure)
    const other = theirs.get(figure)
    if (!one || !other) {
      const left = (one ?? other) as LockEntry
      if (!isEqual(left, base.get(figure))) lock.set(figure, left)
    } else if (isEqual(one, other) || isEqual(other, base.get(figure))) lock.set(figure, one)
    else if (isEqual(one, base.get(figure))) lock.set(figure, other)
    else {
      const taken = prefer ?? (other.at > one.at ? 'theirs' : 'ours')
      const [chosen, left] = taken === 'ours' ? [one, other] : [other, one]
      const stale = chosen.stale || left.stale || !isSame(chosen, left)
      lock.set(figure, { ...chosen, previous: formersOf(chosen, left), stale })
      settled.push({ figure, taken, stale })
    }
  }
  return { lock, settled }
}

/**
 * Extracts both sides from conflict markers, or from entries that occur twice. Null when the text has neither. Hunks that
 * git merged without a conflict are in both sides, so callers use the commits when they are available.
 */
export function sidesOf(text: string): LockSides | null {
  const plain = text.replace(/\r\n/g, '\n')
  const segments = segmentsOf(plain)
  if (!segments.some(({ kind }) => kind === 'conflict')) return doubledSides(plain)
  const { ours, theirs, base } = viewsOf(segments)
  return { ours: repaired(ours), theirs: repaired(theirs), base: base === null ? undefined : repaired(base) }
}

/** Splits a text in which git merged two entries of the same new figure: one side gets the first, the other the last. */
function doubledSides(text: string): LockSides | null {
  const blocks = /^ {4}("(?:[^"\\\n]|\\.)*"): \{\n(?: {5,}.*\n)* {4}\},?\n/gm
  const places = new Map<string, number[]>()
  for (const { 1: name = '', index } of text.matchAll(blocks)) {
    places.set(name, [...(places.get(name) ?? []), index])
  }
  if (![...places.values()].some(({ length }) => length > 1)) return null
  const keeping = (which: 0 | -1) =>
    repaired(
      text.replace(blocks, (block, name, index) => (places.get(name)?.at(which) === index ? block : '')),
    )
  return { ours: keeping(0), theirs: keeping(-1) }
}

/** Adds and removes commas where merged hunks meet. */
function repaired(text: string): string {
  return text.replace(/([}\]"\del])(\n\s*["{])/g, '$1,$2').replace(/,(\n\s*[}\]])/g, '$1')
}

function readSide(text: string, side: Side): FigureLock {
  const { lock, problems } = parseLock(text)
  const [problem] = problems
  if (!problem) return lock
  throw new OpsxError(
    'FIGURES_LOCK_UNREADABLE',
    `${LOCK_FILE} cannot be read as ${side}: ${problem.reason}.`,
    {
      hint: `Take the other side: git checkout --${side === 'ours' ? 'theirs' : 'ours'} ${LOCK_FILE}`,
    },
  )
}

function isEqual(one: LockEntry, other: LockEntry | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** Whether both measured the same value of the same code. Time and commit may differ. */
function isSame(one: LockEntry, other: LockEntry): boolean {
  const essence = ({ value, unit, command, inputs, platform }: LockEntry) =>
    JSON.stringify([value, unit, command, inputs, platform])
  return essence(one) === essence(other)
}

/** The former values of both entries and the value that was not taken, oldest first and without duplicates. */
function formersOf(chosen: LockEntry, left: LockEntry): FormerValue[] {
  const lost =
    JSON.stringify(left.value) === JSON.stringify(chosen.value)
      ? []
      : [{ value: left.value, at: left.at, commit: left.commit }]
  const all = [...chosen.previous, ...left.previous, ...lost]
  const seen = new Set<string>()
  return all
    .filter(former => {
      const key = JSON.stringify([former.value, former.at])
      const known = seen.has(key)
      seen.add(key)
      return !known
    })
    .sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0))
}
