import { isNewestFirst } from '../markdown/list-direction.ts'
import { recordOf } from '../markdown/parse-yaml.ts'
import { eachVersion, type Versions } from '../markdown/three-way.ts'
import type { YamlChunk } from '../markdown/yaml/yaml-chunks.ts'
import { itemFor, joinList, type ListText, listTextOf } from '../markdown/yaml/yaml-items.ts'
import { mergeEntries } from './merge-entries.ts'

/**
 * The lines of `attempt_log` with the entries of both sides, in the style of ours when it has any. Null when the text of
 * the entries cannot be separated.
 */
export function mergeLog(versions: Versions<YamlChunk | undefined>): YamlChunk | null {
  const entries = eachVersion(versions, chunk => entriesOf(chunk?.value))
  const { base, ours, theirs } = entries
  if (!base || !ours || !theirs) return null
  const texts = eachVersion(versions, chunk => (chunk ? listTextOf(chunk.text, 'attempt_log') : null))
  const host = texts.ours ?? texts.theirs ?? FRESH
  const newestFirst = isNewestFirst(ours) || (ours.length < 2 && isNewestFirst(theirs))
  const turned = eachVersion({ base, ours, theirs }, list => turnedOf(list, isNewestFirst(list)))
  const merged = mergeEntries(turned)
  const items = merged.map(({ side, index }) => {
    const list = turned[side]
    const from = texts[side]
    const place = isNewestFirst(entries[side] ?? []) ? list.length - 1 - index : index
    const text = from?.items[place] ?? ''
    return from === host ? text : itemFor(host, { text, from, value: list[index] })
  })
  const value = turnedOf(
    merged.map(({ side, index }) => turned[side][index]),
    newestFirst,
  )
  return { text: joinList(host, turnedOf(items, newestFirst)), value }
}

/** For two sides of which neither has a list yet. */
const FRESH: ListText = { kind: 'block', before: 'attempt_log:\n', items: [], after: '', column: 2 }

function turnedOf<T>(list: readonly T[], turn: boolean): T[] {
  return turn ? list.toReversed() : [...list]
}

/** The entries in the file's order: a log may be a list, a single mapping or nothing; undefined for anything else. */
function entriesOf(log: unknown): unknown[] | undefined {
  if (Array.isArray(log)) return log
  if (log === undefined || log === null || log === '') return []
  return recordOf(log) ? [log] : undefined
}
