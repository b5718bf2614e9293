import { OpsxError } from '../errors.ts'

/** The changes of these names (all of them for no names), in order; CHANGE_NOT_FOUND names the nearest one. */
export function namedChanges<C extends { name: string; directory: string }>(
  changes: C[],
  names: string[],
): C[] {
  if (names.length === 0) return changes
  const wanted = names.map(bareName)
  for (const name of wanted) {
    if (!changes.some(change => change.name === name)) throw notFound(name, changes)
  }
  return changes.filter(change => wanted.includes(change.name))
}

/** Exactly one change; an active one wins over an archived one of the same name. */
export function namedChange<C extends { name: string; directory: string; archived: boolean }>(
  changes: C[],
  name: string,
): C {
  const found = namedChanges(changes, [name])
  const [first] = found
  if (!first) throw notFound(name, changes)
  return found.find(change => !change.archived) ?? first
}

/** Accepts a path or an archived directory's name as well. */
export function bareName(name: string): string {
  return (name.replace(/\/+$/, '').split('/').at(-1) ?? name).replace(/^\d{4}-\d{2}-\d{2}-/, '')
}

function notFound(name: string, changes: { name: string }[]): OpsxError {
  const nearest = changes.map(change => change.name).sort((a, b) => distance(a, name) - distance(b, name))[0]
  const close = nearest !== undefined && distance(nearest, name) <= Math.max(1, name.length / 3)
  return new OpsxError('CHANGE_NOT_FOUND', `There is no change "${name}" in openspec/changes.`, {
    hint: close ? `Did you mean ${nearest}?` : 'opsx status lists the changes; --archived adds the archive.',
  })
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
