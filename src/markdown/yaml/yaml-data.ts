import { isDeepStrictEqual } from 'node:util'
import { isNewestFirst } from '../list-direction.ts'
import { recordOf } from '../parse-yaml.ts'
import type { YamlEntry, YamlScalar, YamlTree } from './yaml-style.ts'

/** Where a key that is not there yet goes: beside these existing keys of its mapping, else at its end. */
interface Beside {
  after?: string | undefined
  before?: string | undefined
}

export type YamlEdit =
  /** Replaces a scalar, or adds the key (and the mappings above it) when it is missing. */
  | ({ kind: 'set'; path: string[]; value: YamlScalar } & Beside)
  /** Appends an entry to a list of mappings; a missing, null or empty list is created, a single mapping becomes one. */
  | ({ kind: 'append'; path: string[]; item: YamlEntry } & Beside)
  /** Adds a key, which must not be there, with its whole value. */
  | ({ kind: 'insert'; path: string[]; value: YamlTree } & Beside)
  /** Removes a key with its lines; nothing happens when it is not there. */
  | { kind: 'remove'; path: string[] }

/** Value under a path of keys; undefined when it is not there. */
export function valueAt(data: unknown, path: string[]): unknown {
  let value = data
  for (const key of path) {
    const record = recordOf(value)
    if (!record || !Object.hasOwn(record, key)) return undefined
    value = record[key]
  }
  return value
}

/** Applies an edit to parsed data, in place. Returns the root, which is new for an empty document. */
export function applyToData(data: unknown, edit: YamlEdit): unknown {
  const root = recordOf(data) ?? {}
  const key = edit.path.at(-1) ?? ''
  const above = edit.path.slice(0, -1)
  if (edit.kind === 'remove') {
    delete recordOf(valueAt(root, above))?.[key]
    return root
  }
  let parent = root
  for (const segment of above) {
    const inner = recordOf(valueAt(parent, [segment])) ?? {}
    parent[segment] = inner
    parent = inner
  }
  parent[key] =
    edit.kind === 'append' ? appended(parent[key], structuredClone(edit.item)) : structuredClone(edit.value)
  return root
}

function appended(list: unknown, item: unknown): unknown[] {
  if (!Array.isArray(list)) return Object.keys(recordOf(list) ?? {}).length > 0 ? [list, item] : [item]
  return isNewestFirst(list) ? [item, ...list] : [...list, item]
}

/** True for equal data in any order of keys. Null, undefined and an empty mapping are the same document. */
export function sameDocument(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(one ?? {}, other ?? {})
}
