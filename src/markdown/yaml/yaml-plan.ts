import { isNewestFirst } from '../list-direction.ts'
import type { Splice } from '../splice.ts'
import type { YamlEdit } from './yaml-data.ts'
import { valueAt } from './yaml-data.ts'
import type { YamlEntry } from './yaml-entry.ts'
import { planAppend } from './yaml-list.ts'
import { type Addition, planAdditions } from './yaml-mapping.ts'
import { type Holder, placeOf, refusal, type YamlText } from './yaml-place.ts'
import { startOf } from './yaml-position.ts'
import type { YamlTree } from './yaml-style.ts'
import { planRemove, planReplace } from './yaml-value.ts'

/** Splices for edits that do not build on each other; `data` is what the text says. */
export function planEdits(text: YamlText, data: unknown, edits: YamlEdit[]): Splice[] {
  const splices: Splice[] = []
  const appends = new Map<string, { path: string[]; entries: YamlEntry[] }>()
  const missing = new Map<unknown, { holder: Holder; additions: Addition[] }>()
  for (const edit of edits) {
    const place = placeOf(text, edit.path)
    if (place.kind === 'missing') {
      if (edit.kind === 'remove') continue
      addMissing(missing, place, edit)
    } else if (edit.kind === 'insert') {
      throw refusal(text, edit.path, { reason: 'the key is there already', offset: startOf(place.pair) })
    } else if (edit.kind === 'set') {
      splices.push(planReplace(text, place, edit))
    } else if (edit.kind === 'remove') {
      splices.push(...planRemove(text, place, edit.path))
    } else {
      const name = JSON.stringify(edit.path)
      const append = appends.get(name) ?? { path: edit.path, entries: [] }
      append.entries.push(edit.item)
      appends.set(name, append)
    }
  }
  for (const { path, entries } of appends.values()) {
    const place = placeOf(text, path)
    const list = valueAt(data, path)
    const newestFirst = Array.isArray(list) && isNewestFirst(list)
    if (place.kind === 'found') splices.push(...planAppend(text, place, { path, entries, newestFirst }))
  }
  for (const { holder, additions } of missing.values())
    splices.push(...planAdditions(text, holder, additions))
  return splices
}

type Missing = { holder: Holder; rest: string[] }

/** Collects what a holder gains: several missing paths below one new key share it. */
function addMissing(
  missing: Map<unknown, { holder: Holder; additions: Addition[] }>,
  { holder, rest }: Missing,
  edit: Exclude<YamlEdit, { kind: 'remove' }>,
): void {
  const name = holder.kind === 'map' ? holder.map : holder.kind === 'hole' ? holder.pair : 'root'
  const group = missing.get(name) ?? { holder, additions: [] }
  missing.set(name, group)
  const [key = '', ...below] = rest
  let addition = group.additions.find(candidate => candidate.key === key)
  if (!addition) {
    addition = { key, value: {}, after: edit.after, before: edit.before }
    group.additions.push(addition)
  }
  addition.value = grown(below.length > 0 || edit.kind === 'append' ? addition.value : null, below, edit)
}

function grown(tree: YamlTree, below: string[], edit: Exclude<YamlEdit, { kind: 'remove' }>): YamlTree {
  const [key, ...rest] = below
  if (key === undefined) {
    if (edit.kind !== 'append') return edit.value
    const list = Array.isArray(tree) ? tree : []
    list.push(edit.item)
    return list
  }
  const map = typeof tree === 'object' && tree !== null && !Array.isArray(tree) ? tree : {}
  map[key] = grown(map[key] ?? null, rest, edit)
  return map
}
