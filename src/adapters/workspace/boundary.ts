import * as fs from 'node:fs'
import { dirname, isAbsolute, join, sep } from 'node:path'
import { isMissing } from '../../errors.ts'
import { escapes, unreadable } from './file-errors.ts'

/** Keeps every path inside the root, links included. Throws PATH_ESCAPES and FILE_UNREADABLE. */
export interface Boundary {
  /** Absolute path. Checks the text of the path only, and no links. */
  fullPath(path: string): string
  /** Absolute path. Every directory above the last name is checked to be inside the root. */
  locate(path: string): string
  /** Real path of what is at `path`. Throws PATH_ESCAPES when it is outside the root, or when nothing is there. */
  follow(path: string): string
  /** Real path of a directory, or of its nearest existing parent. */
  realDirectory(directory: string, path: string): string
  /** Forgets the real paths. To be called after a move or removal. */
  forget(): void
}

/** Keeps the real path of each directory, because a command reads many files of the same directories. */
export function createBoundary(root: string): Boundary {
  const known = new Map<string, string>()
  let realRoot: string | undefined

  function inside(real: string, path: string): string {
    realRoot ??= fs.realpathSync.native(root)
    if (real === realRoot || real.startsWith(realRoot.endsWith(sep) ? realRoot : realRoot + sep)) return real
    throw escapes(path)
  }

  function realDirectory(directory: string, path: string): string {
    const cached = known.get(directory)
    if (cached !== undefined) return cached
    try {
      const real = inside(fs.realpathSync.native(directory), path)
      known.set(directory, real)
      return real
    } catch (error) {
      if (!isMissing(error)) throw unreadable(path, error)
      if (peek(directory, path)?.isSymbolicLink()) throw escapes(path)
      if (directory === root) throw unreadable(path, error)
      return realDirectory(dirname(directory), path)
    }
  }

  function locate(path: string): string {
    const full = fullPath(path)
    realDirectory(full === root ? root : dirname(full), path)
    return full
  }

  function fullPath(path: string): string {
    const absolute = isAbsolute(path) || path.startsWith('/')
    if (absolute || path.includes('\0') || /(^|[\\/])\.\.([\\/]|$)/.test(path)) throw escapes(path)
    return join(root, path).replace(/[\\/]$/, '')
  }

  function follow(path: string): string {
    try {
      return inside(fs.realpathSync.native(locate(path)), path)
    } catch (error) {
      throw isMissing(error) ? escapes(path) : unreadable(path, error)
    }
  }

  return { fullPath, locate, follow, realDirectory, forget: () => known.clear() }
}

/** What is at a path itself; links are not followed. Undefined when nothing is there. */
export function peek(full: string, path: string): fs.Stats | undefined {
  try {
    return fs.lstatSync(full)
  } catch (error) {
    if (isMissing(error)) return undefined
    throw unreadable(path, error)
  }
}
