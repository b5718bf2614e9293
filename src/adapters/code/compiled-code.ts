import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { dirname } from 'node:path'
import { isOwn, isOwnDirectory } from './code-directory.ts'

/** Compiled code of one file of the program, and the file that it was compiled from. */
export interface CompiledFile {
  size: number
  /** In milliseconds, as the file system says it. */
  modified: number
  data: Buffer
}

/** All compiled code of one verb, by file name. */
export type CompiledCode = Map<string, CompiledFile>

/** First in the file, after the length of this text in four bytes; the code follows, in order, each at a multiple of 8. */
export interface Heading {
  key: string
  /** Modification time of the file, which was set to before it was written; any change since then moves it. */
  stamp: number
  files: [name: string, size: number, modified: number, length: number][]
}

/** How long before writing the stamp lies. */
export const STAMP_AGE = 86_400_000

/**
 * Reads what an earlier run kept; undefined when nothing is there or anything about it is not as it was written. The
 * engine takes compiled code as it is and would crash on damaged code, and a checksum would cost more than it saves.
 */
export function readCompiled(path: string, key: string): { code: CompiledCode; stamp: number } | undefined {
  if (!isOwnDirectory(dirname(path))) return undefined
  try {
    const descriptor = openSync(path, 'r')
    try {
      const stat = fstatSync(descriptor)
      if (!stat.isFile() || !isOwn(stat)) return undefined
      const bytes = Buffer.allocUnsafeSlow(stat.size)
      if (readSync(descriptor, bytes, 0, stat.size, 0) !== stat.size) return undefined
      return parseCompiled(bytes, { key, stamp: stat.mtimeMs })
    } finally {
      closeSync(descriptor)
    }
  } catch {
    return undefined
  }
}

function parseCompiled(bytes: Buffer, { key, stamp }: Pick<Heading, 'key' | 'stamp'>) {
  const end = 4 + bytes.readUInt32LE(0)
  const heading: Heading = JSON.parse(bytes.toString('latin1', 4, end))
  if (heading.key !== key || heading.stamp !== stamp) return undefined
  const code: CompiledCode = new Map()
  let start = aligned(end)
  for (const [name, size, modified, length] of heading.files) {
    code.set(name, { size, modified, data: bytes.subarray(start, start + length) })
    start = aligned(start + length)
  }
  return start === bytes.length ? { code, stamp } : undefined
}

export function aligned(offset: number): number {
  return Math.ceil(offset / 8) * 8
}
