import { timeOfEntry } from '../markdown/list-direction.ts'
import type { Versions } from '../markdown/three-way.ts'

/** An entry of the merged log: which side's text it has, and its place in that side's file, from 0. */
export interface MergedEntry {
  side: 'ours' | 'theirs'
  index: number
}

interface Numbered extends MergedEntry {
  key: string
  /** Milliseconds; NaN when unreadable. */
  at: number
}

/**
 * The union of two logs, all oldest first: each entry as often as the side has it that has it more often, or as one side
 * changed it to. Entries of one side keep their order, and those that only theirs has go in by their time.
 */
export function mergeEntries(versions: Versions<readonly unknown[]>): MergedEntry[] {
  const base = countsOf(versions.base.map(keyOf))
  const ours = numbered(versions.ours, 'ours')
  const theirs = numbered(versions.theirs, 'theirs')
  const here = countsOf(ours.map(({ key }) => key))
  const there = countsOf(theirs.map(({ key }) => key))
  const wanted = (key: string) => {
    const [b, o, t] = [base.get(key) ?? 0, here.get(key) ?? 0, there.get(key) ?? 0]
    return o === b ? t : t === b ? o : Math.max(o, t)
  }
  const merged = withOrdinals(ours).filter(({ entry, ordinal }) => ordinal <= wanted(entry.key))
  let after = -1
  for (const { entry, ordinal } of withOrdinals(theirs)) {
    if (ordinal > wanted(entry.key)) continue
    const twin = merged.findIndex(one => one.entry.key === entry.key && one.ordinal === ordinal)
    if (twin < 0) {
      after = placeFor(merged, entry, after + 1)
      merged.splice(after, 0, { entry, ordinal })
    } else if (twin > after) after = twin
  }
  return merged.map(({ entry: { side, index } }) => ({ side, index }))
}

function placeFor(merged: { entry: Numbered }[], { at }: Numbered, from: number): number {
  let place = from
  while (place < merged.length && (merged[place]?.entry.at ?? Number.NaN) <= at) place += 1
  return place
}

function numbered(entries: readonly unknown[], side: MergedEntry['side']): Numbered[] {
  return entries.map((entry, index) => ({ side, index, key: keyOf(entry), at: timeOfEntry(entry) }))
}

/** How many entries with the same words came before, plus one. */
function withOrdinals(entries: Numbered[]): { entry: Numbered; ordinal: number }[] {
  const seen = new Map<string, number>()
  return entries.map(entry => {
    const ordinal = (seen.get(entry.key) ?? 0) + 1
    seen.set(entry.key, ordinal)
    return { entry, ordinal }
  })
}

function countsOf(keys: string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}

/** Equal for equal data, whatever the order of the keys. */
function keyOf(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner
    return Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
  })
}
