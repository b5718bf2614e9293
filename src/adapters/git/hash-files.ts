import { createHash } from 'node:crypto'
import * as fs from 'node:fs'
import { dirname, join, posix, sep } from 'node:path'
import { OpsxError } from '../../errors.ts'

/** Text above this size is hashed as it is, in pieces. */
const MOST_TEXT = 2 ** 26
/** As much as git itself looks at to tell text from binary. */
const SAMPLE = 8000

/**
 * Blob ids (SHA-1) of files as they are on disk, whatever git's index and filters say; null where no file is. Text
 * counts with LF line ends, because `core.autocrlf` checks the same commit out with CRLF on one machine and LF on
 * another; no other filter runs, so no program of the repository does. A symbolic link counts as the path it holds.
 * No process at all, instead of `git hash-object`, which follows links and knows no such normalisation by itself.
 * Throws PATH_ESCAPES for a path that leaves the root, also through a link, and FILE_UNREADABLE.
 */
export function hashFiles(root: string, paths: string[]): (string | null)[] {
  const real = fs.realpathSync(root)
  const known = new Map<string, string | null>()

  function directoryOf(full: string, path: string): string | null {
    const directory = dirname(full)
    let found = known.get(directory)
    if (found === undefined) {
      found = realDirectory(directory)
      known.set(directory, found)
    }
    if (found === null || found === real) return found
    if (found.startsWith(real.endsWith(sep) ? real : real + sep)) return found
    throw escapes(path)
  }

  return paths.map(path => {
    const full = join(real, relativeOf(path))
    try {
      return directoryOf(full, path) === null ? null : hashFile(full)
    } catch (error) {
      if (error instanceof OpsxError) throw error
      if (isMissing(error)) return null
      throw unreadable(path, error)
    }
  })
}

/** The path in normal form, without `./` and a slash at the end; throws PATH_ESCAPES. */
export function relativeOf(path: string): string {
  const normal = posix.normalize(path.replace(/\\/g, sep === '\\' ? '/' : '\\')).replace(/\/$/, '')
  const leaves = normal === '..' || normal.startsWith('../') || normal.startsWith('/')
  if (leaves || /^[a-z]:/i.test(normal) || path.includes('\0')) throw escapes(path)
  return normal === '.' ? '' : normal
}

function realDirectory(directory: string): string | null {
  try {
    return fs.realpathSync(directory)
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

function hashFile(full: string): string | null {
  const stats = fs.lstatSync(full)
  if (stats.isSymbolicLink()) return blobId(fs.readlinkSync(full, { encoding: 'buffer' }))
  if (!stats.isFile()) return null
  if (stats.size > MOST_TEXT) return hashLarge(full, stats.size)
  return blobId(withLf(fs.readFileSync(full)))
}

/** Text with LF line ends; what holds a NUL byte is no text, and stays. */
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

function isMissing(error: unknown): boolean {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined
  return code === 'ENOENT' || code === 'ENOTDIR'
}

function escapes(path: string): OpsxError {
  return new OpsxError('PATH_ESCAPES', `${path} leads out of the repository`, {
    hint: 'Name a file inside the repository, relative to its root.',
  })
}

function unreadable(path: string, cause: unknown): OpsxError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new OpsxError('FILE_UNREADABLE', `${path} cannot be read: ${reason}`, {
    hint: 'Check the permissions of the file.',
    cause,
  })
}
