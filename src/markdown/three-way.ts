/** A text or value in the three versions of a merge; undefined where a version has none. */
export interface Versions<T> {
  base: T
  ours: T
  theirs: T
}

/** The side whose version counts, as in every three-way merge; null when both changed it, and not alike. */
export function threeWay<T>(
  { base, ours, theirs }: Versions<T>,
  isSame: (one: T, other: T) => boolean,
): 'ours' | 'theirs' | null {
  if (isSame(ours, theirs) || isSame(theirs, base)) return 'ours'
  return isSame(ours, base) ? 'theirs' : null
}

/** One value of each version. */
export function eachVersion<T, U>({ base, ours, theirs }: Versions<T>, read: (version: T) => U): Versions<U> {
  return { base: read(base), ours: read(ours), theirs: read(theirs) }
}
