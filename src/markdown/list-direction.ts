/**
 * True when the first entry of a list has a later `at` than the last one. Equal or unreadable stamps mean oldest
 * first.
 */
export function isNewestFirst(entries: readonly unknown[]): boolean {
  return timeOfEntry(entries[0]) > timeOfEntry(entries.at(-1))
}

/** Milliseconds of an entry's `at`; NaN when it has none that can be read. */
export function timeOfEntry(entry: unknown): number {
  if (typeof entry !== 'object' || entry === null || !('at' in entry)) return Number.NaN
  return typeof entry.at === 'string' ? Date.parse(entry.at) : Number.NaN
}
