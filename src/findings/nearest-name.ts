/** The name that was probably meant: at most a third of it differs. Undefined when none is that close. */
export function nearestOf(name: string, names: string[]): string | undefined {
  let nearest: { name: string; edits: number } | undefined
  for (const other of names) {
    const edits = distance(other, name)
    if (!nearest || edits < nearest.edits) nearest = { name: other, edits }
  }
  return nearest && nearest.edits <= Math.max(1, name.length / 3) ? nearest.name : undefined
}

/** Levenshtein distance, for names of a few dozen characters. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let i = 1; i <= one.length; i++) {
    const next = [i]
    for (let j = 1; j <= other.length; j++) {
      const swap = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1)
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[other.length] ?? 0
}
