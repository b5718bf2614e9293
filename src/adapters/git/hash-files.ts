import { createHash } from 'node:crypto'
import * as fs from 'node:fs'
import { dirname, join, posix, sep } from 'node:path'
import { isMissing, OpsxError, reasonOf } from '../../errors.ts'

/** Bytes. A larger file is hashed as it is, in pieces. */
const MOST_TEXT = 2 ** 26
/** Bytes that git itself looks at to distinguish text from binary. */
const SAMPLE = 8000

/**
 * Blob ids (SHA-1) of files as they are on disk; null for a path without a file. Text is hashed with LF line ends, because
 * `core.autocrlf` gives the same commit CRLF on some machines. For a symbolic link, the path in it is hashed.
 * `git hash-object` follows links and can start filter programs of the repository, so it is not used.
 * Throws PATH_ESCAPES for a path that leaves the root, also through a link, and FILE_UNREADABLE.
 */
export function hashFiles(root: string, paths: string[]): (string | null)[] {
  const real = fs.realpathSync(root)
  return paths.map(path => {
    const full = join(real, relativeOf(path))
    try {
      const directory = fs.realpathSync.native(dirname(full))
      const inside = directory === real || directory.startsWith(real.endsWith(sep) ? real : real + sep)
      if (!inside) throw escapes(path)
      return hashFile(full)
    } catch (error) {
      if (error instanceof OpsxError) throw error
      if (isMissing(error)) return null
      throw unreadable(path, error)
    }
  })
}

/** The path without `./`, `//` and a slash at the end. Throws PATH_ESCAPES. */
export function relativeOf(path: string): string {
  const normal = posix.normalize(path.replace(/\\/g, sep === '\\' ? '/' : '\\')).replace(/\/$/, '')
  const leaves = normal === '..' || normal.startsWith('../') || normal.startsWith('/')
  if (leaves || /^[a-z]:/i.test(normal) || path.includes('\0')) throw escapes(path)
  return normal === '.' ? '' : normal
}

function hashFile(full: string): string | null {
  const stats = fs.lstatSync(full)
  if (stats.isSymbolicLink()) return blobId(fs.readlinkSync(full, { encoding: 'buffer' }))
  if (!stats.isFile()) return null
  if (stats.size > MOST_TEXT) return hashLarge(full, stats.size)
  return blobId(withLf(fs.readFileSync(full)))
}

/** Text with LF line ends. Content with a NUL byte is binary and not changed. */
export function withLf(bytes: Buffer): Buffer {
  if (bytes.subarray(0, SAMPLE).includes(0) || !bytes.includes('\r\n')) return bytes
  return Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1')
}

function blobId(bytes: Buffer): string {
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex')
}

function hashLarge(full: string, size: number): string {
  const hash = createHash('sha1').update(`blob ${size}\0`)
  const piece = Buffer.alloc(2 ** 20)
  const file = fs.openSync(full, 'r')
  try {
    for (let read = fs.readSync(file, piece); read > 0; read = fs.readSync(file, piece)) {
      hash.update(piece.subarray(0, read))
    }
  } finally {
    fs.closeSync(file)
  }
  return hash.digest('hex')
}

function escapes(path: string): OpsxError {
  return new OpsxError('PATH_ESCAPES', `${path} is outside the repository`, {
    hint: 'Give the path of a file in the repository, relative to its root.',
  })
}

function unreadable(path: string, cause: unknown): OpsxError {
  return new OpsxError('FILE_UNREADABLE', `${path} cannot be read: ${reasonOf(cause)}`, {
    hint: 'Check the permissions of the file.',
    cause,
  })
}
