import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { dirname } from 'node:path'
import { isOwn, isOwnDirectory } from './code-directory.ts'

/** Where the compiled code of one file of the program lies, and which file it was compiled from. */
export interface CompiledFile {
  /** Size and modification time of the file it was compiled from; the time in milliseconds, as the file system says it. */
  size: number
  modified: number
  /** Offset and length of the code, in bytes. */
  start: number
  length: number
}

/** The kept code of one verb, open for reading. */
export interface CompiledCode {
  descriptor: number
  /** When it was kept, less `STAMP_AGE`. */
  stamp: number
  files: Map<string, CompiledFile>
}

/** First in the file, after the length of this text in four bytes; the code of the files follows, in order. */
export interface Heading {
  key: string
  /** Modification time of the file, which was set to before it was written; any change since then moves it. */
  stamp: number
  files: [name: string, size: number, modified: number, length: number][]
}

/** How long before writing the stamp lies. */
export const STAMP_AGE = 86_400_000

/**
 * Opens what an earlier run kept; undefined when nothing is there or anything about it is not as it was written. The
 * engine takes compiled code as it is and would crash on damaged code, and a checksum would cost more than it saves.
 */
export function openCompiled(path: string, key: string): CompiledCode | undefined {
  if (!isOwnDirectory(dirname(path))) return undefined
  let descriptor: number | undefined
  let code: CompiledCode | undefined
  try {
    descriptor = openSync(path, 'r')
    code = readHeading(descriptor, key)
  } catch {}
  if (descriptor !== undefined && code === undefined) closeSync(descriptor)
  return code
}

function readHeading(descriptor: number, key: string): CompiledCode | undefined {
  const stat = fstatSync(descriptor)
  if (!stat.isFile() || !isOwn(stat)) return undefined
  const length = readAt(descriptor, { start: 0, length: 4 }).readUInt32LE(0)
  if (length > stat.size) return undefined
  const heading: Heading = JSON.parse(readAt(descriptor, { start: 4, length }).toString('latin1'))
  if (heading.key !== key || heading.stamp !== stat.mtimeMs) return undefined
  const files: CompiledCode['files'] = new Map()
  let start = 4 + length
  for (const [name, size, modified, length] of heading.files) {
    files.set(name, { size, modified, start, length })
    start += length
  }
  return start === stat.size ? { descriptor, stamp: heading.stamp, files } : undefined
}

/** These bytes of an open file; fewer when it ends before. */
export function readAt(
  descriptor: number,
  { start, length }: Pick<CompiledFile, 'start' | 'length'>,
  into: Buffer = Buffer.allocUnsafeSlow(length),
): Buffer {
  return into.subarray(0, readSync(descriptor, into, 0, length, start))
}
