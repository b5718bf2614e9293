import { isNewestFirst } from '../list-direction.ts'
import type { YamlEntry } from './yaml-entry.ts'
import type { YamlScalar, YamlTree } from './yaml-style.ts'

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
    if (!isRecord(value) || !Object.hasOwn(value, key)) return undefined
    value = value[key]
  }
  return value
}

/** Applies an edit to parsed data, in place. Returns the root, which is new for an empty document. */
export function applyToData(data: unknown, edit: YamlEdit): unknown {
  const root = isRecord(data) ? data : {}
  const key = edit.path.at(-1) ?? ''
  if (edit.kind === 'remove') {
    const parent = valueAt(root, edit.path.slice(0, -1))
    if (isRecord(parent)) delete parent[key]
    return root
  }
  let parent = root
  for (const segment of edit.path.slice(0, -1)) {
    const next = Object.hasOwn(parent, segment) ? parent[segment] : undefined
    const inner = isRecord(next) ? next : {}
    parent[segment] = inner
    parent = inner
  }
  parent[key] =
    edit.kind === 'append' ? appended(parent[key], structuredClone(edit.item)) : structuredClone(edit.value)
  return root
}

function appended(list: unknown, item: unknown): unknown[] {
  if (!Array.isArray(list)) return isRecord(list) && Object.keys(list).length > 0 ? [list, item] : [item]
  if (isNewestFirst(list)) list.unshift(item)
  else list.push(item)
  return list
}

/** True for equal data in any order of keys. Null, undefined and an empty mapping are the same document. */
export function sameDocument(one: unknown, other: unknown): boolean {
  return sameData(one ?? {}, other ?? {})
}

function sameData(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true
  if (Array.isArray(one)) {
    if (!Array.isArray(other) || one.length !== other.length) return false
    return one.every((item, index) => sameData(item, other[index]))
  }
  if (!isRecord(one) || !isRecord(other)) return one === other
  const keys = Object.keys(one)
  if (keys.length !== Object.keys(other).length) return false
  return keys.every(key => Object.hasOwn(other, key) && sameData(one[key], other[key]))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
