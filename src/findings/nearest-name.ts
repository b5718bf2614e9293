/** The name that was probably meant, with at most a third of it different. Undefined when none is that close. */
export function nearestOf(name: string, names: string[]): string | undefined {
  let nearest: { name: string; edits: number } | undefined
  for (const other of names) {
    const edits = editDistance(other, name)
    if (!nearest || edits < nearest.edits) nearest = { name: other, edits }
  }
  return nearest && nearest.edits <= Math.max(1, name.length / 3) ? nearest.name : undefined
}

/** The number of edits between two names: characters added, removed or replaced, and neighbors swapped. */
export function editDistance(one: string, other: string): number {
  let last: number[] = []
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let i = 1; i <= one.length; i++) {
    const next = [i]
    for (let j = 1; j <= other.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1)
      const isSwap = one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]
      const swapped = isSwap ? (last[j - 2] ?? 0) + 1 : replaced
      next.push(Math.min(replaced, swapped, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    last = row
    row = next
  }
  return row[other.length] ?? 0
}
