import { isMap, isScalar } from 'yaml'
import { OpsxError } from '../../errors.ts'
import { parseYaml, recordOf } from '../parse-yaml.ts'
import { lineStart } from '../splice.ts'
import { locateYaml } from './yaml-place.ts'
import { startOf } from './yaml-position.ts'

/** One key of a block mapping with all its lines, and the comments up to the next key. */
export interface YamlChunk {
  text: string
  value: unknown
}

/** A block mapping split at its keys: `head` and all chunks together are the text. */
export interface YamlChunks {
  /** The text before the first key. */
  head: string
  chunks: Map<string, YamlChunk>
}

/** Null unless the text is a plain block mapping with each key on a line of its own. */
export function chunksOf(source: string): YamlChunks | null {
  const { value, problem } = parseYaml(source)
  if (problem) return null
  const data = value === undefined || value === null ? {} : recordOf(value)
  const starts = data && keyStarts(source)
  if (!data || !starts) return null
  const chunks = new Map<string, YamlChunk>()
  const offsets = [...starts.values(), source.length]
  for (const [index, key] of [...starts.keys()].entries()) {
    if (!Object.hasOwn(data, key) || key === '__proto__') return null
    chunks.set(key, { text: source.slice(offsets[index], offsets[index + 1]), value: data[key] })
  }
  if (chunks.size !== Object.keys(data).length) return null
  return { head: source.slice(0, offsets[0]), chunks }
}

function keyStarts(source: string): Map<string, number> | null {
  const starts = new Map<string, number>()
  const root = rootOf(source)
  if (root === null || root === undefined) return root === null ? starts : null
  if (!isMap(root) || root.flow || root.anchor) return null
  for (const pair of root.items) {
    const start = startOf(pair)
    if (!isScalar(pair.key) || lineStart(source, start) !== start) return null
    starts.set(String(pair.key.value), start)
  }
  return starts
}

/** Null for an empty document, undefined for a text that `yaml` cannot parse. */
function rootOf(source: string): unknown {
  try {
    const { contents } = locateYaml(source).document
    return isScalar(contents) && contents.value === null ? null : contents
  } catch (error) {
    if (error instanceof OpsxError || error instanceof RangeError) return undefined
    throw error
  }
}
