import type { SideLabels } from '../markdown/conflict-segments.ts'
import { parseYaml } from '../markdown/parse-yaml.ts'
import { eachVersion, threeWay, type Versions } from '../markdown/three-way.ts'
import { chunksOf, type YamlChunk, type YamlChunks } from '../markdown/yaml/yaml-chunks.ts'
import { sameDocument } from '../markdown/yaml/yaml-data.ts'
import { type FrontmatterData, isSameValue, sideOfKey } from './merge-keys.ts'
import { mergeLog } from './merge-log.ts'

/** The text between the fences, and the keys that are in it twice, between git's markers. */
export interface MergedFrontmatter {
  text: string
  conflicts: string[]
}

type Chunks = Versions<Map<string, YamlChunk>>

const LOG = 'attempt_log'

/**
 * Merges the text between the fences key by key: every key keeps the lines of the side that counts, and the log has
 * the entries of both. Null when a version is not a plain mapping, or the result would not read back as intended.
 */
export function mergeFrontmatter(versions: Versions<string>, labels: SideLabels): MergedFrontmatter | null {
  const read = eachVersion(versions, chunksOf)
  const { base, ours, theirs } = read
  if (!base || !ours || !theirs) return null
  const chunks = { base: base.chunks, ours: ours.chunks, theirs: theirs.chunks }
  const head = headOf({ base, ours, theirs })
  const log = logOf(chunks)
  if (head === null || log === null) return null
  const data = eachVersion(chunks, each => dataOf(each))
  const meant: FrontmatterData = {}
  const conflicts: string[] = []
  let text = head
  for (const key of keysOf(chunks)) {
    const side = key === LOG ? 'log' : sideOfKey(key, data)
    if (side === null) {
      conflicts.push(key)
      text += conflictText(chunks, key, labels)
      continue
    }
    const chunk = side === 'log' ? log : lines(chunks, key, side)
    if (chunk) meant[key] = chunk.value
    text += chunk?.text ?? ''
  }
  const whole = conflicts.length === 0 ? parseYaml(text) : null
  if (whole && (whole.problem || !sameDocument(whole.value, meant))) return null
  return { text, conflicts }
}

/** The text before the first key. */
function headOf(read: Versions<YamlChunks>): string | null {
  const heads = eachVersion(read, ({ head }) => head)
  const side = threeWay(heads, isSameValue)
  return side && heads[side]
}

/** Undefined for no log at all, null for one that cannot be merged. */
function logOf(chunks: Chunks): YamlChunk | undefined | null {
  const logs = eachVersion(chunks, each => each.get(LOG))
  const side = threeWay(logs, (one, other) => isSameValue(one?.value, other?.value))
  return side ? lines(chunks, LOG, side) : mergeLog(logs)
}

/** The chunk of a side; when both are equal, the one whose text was changed. */
function lines(chunks: Chunks, key: string, side: 'ours' | 'theirs'): YamlChunk | undefined {
  const each = eachVersion(chunks, all => all.get(key))
  if (!isSameValue(each.ours?.value, each.theirs?.value)) return each[side]
  return each[
    threeWay(
      eachVersion(each, chunk => chunk?.text),
      isSameValue,
    ) ?? side
  ]
}

/** Our keys in our order; a key that only theirs has goes behind the one before it there. */
function keysOf({ ours, theirs }: Chunks): string[] {
  const keys = [...ours.keys()]
  let before: string | undefined
  for (const key of theirs.keys()) {
    if (!ours.has(key)) keys.splice(before === undefined ? 0 : keys.indexOf(before) + 1, 0, key)
    before = key
  }
  return keys
}

function dataOf(chunks: Map<string, YamlChunk>): FrontmatterData {
  return Object.fromEntries([...chunks].map(([key, { value }]) => [key, value]))
}

function conflictText({ ours, theirs }: Chunks, key: string, labels: SideLabels): string {
  const [one, other] = [ours.get(key)?.text ?? '', theirs.get(key)?.text ?? '']
  const end = /\r\n/.test(one || other) ? '\r\n' : '\n'
  return `<<<<<<< ${labels.ours}${end}${one}=======${end}${other}>>>>>>> ${labels.theirs}${end}`
}
