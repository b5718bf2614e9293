import { OpsxError } from '../errors.ts'
import { nearestOf } from '../findings/nearest-name.ts'

/** The changes with these names in order, or all without names. Throws CHANGE_NOT_FOUND with the nearest name. */
export function namedChanges<C extends { name: string }>(changes: C[], names: string[]): C[] {
  if (names.length === 0) return changes
  const wanted = names.map(name => nameIn(changes, name))
  for (const name of wanted) {
    if (!changes.some(change => change.name === name)) throw notFound(name, changes)
  }
  return changes.filter(change => wanted.includes(change.name))
}

/** Exactly one change; an active one wins over an archived one of the same name. */
export function namedChange<C extends { name: string; archived: boolean }>(changes: C[], name: string): C {
  const found = namedChanges(changes, [name])
  const [first] = found
  if (!first) throw notFound(name, changes)
  return found.find(change => !change.archived) ?? first
}

/** The name without the date of an archived directory, unless a change is called so with its date. */
export function nameIn(changes: readonly { name: string }[], given: string): string {
  const last = given.replace(/\/+$/, '').split('/').at(-1) ?? given
  return changes.some(change => change.name === last) ? last : bareName(given)
}

/** Accepts a path or an archived directory's name as well. */
export function bareName(name: string): string {
  return (name.replace(/\/+$/, '').split('/').at(-1) ?? name).replace(/^\d{4}-\d{2}-\d{2}-/, '')
}

function notFound(name: string, changes: { name: string }[]): OpsxError {
  const nearest = nearestOf(
    name,
    changes.map(change => change.name),
  )
  return new OpsxError('CHANGE_NOT_FOUND', `There is no change "${name}" in openspec/changes.`, {
    hint: nearest
      ? `Did you mean ${nearest}?`
      : 'opsx status lists the changes; --archived adds the archive.',
  })
}
