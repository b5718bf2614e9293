import * as fs from 'node:fs'
import { dirname, isAbsolute, join, sep } from 'node:path'
import { escapes, isMissing, unreadable } from './file-errors.ts'

/** Keeps every path inside the root, links included. Throws PATH_ESCAPES and FILE_UNREADABLE. */
export interface Boundary {
  /** Absolute path, with nothing proven but that the words of it stay below the root. */
  fullPath(path: string): string
  /** Absolute path with every directory above the leaf proven to lie inside the root. */
  locate(path: string): string
  /** Real path of what is at `path`; throws PATH_ESCAPES when it leads out or nowhere. */
  follow(path: string): string
  /** Real path of a directory, or of its nearest existing parent. */
  realDirectory(directory: string, path: string): string
  /** Takes the word of a listing that `names` are directories, and no links, in a directory whose real path is `real`. */
  trust(directory: string, real: string, names: string[]): void
  forget(): void
}

/** Directories are resolved once and remembered, so that reading many files costs no further call each. */
export function createBoundary(root: string): Boundary {
  const known = new Map<string, string>()
  const prefix = root.endsWith(sep) ? root : root + sep
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
      const plain = plainDirectory(directory)
      if (plain !== undefined) return plain
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

  /** Real path of a directory that is no link, in one whose real path is known: one look instead of one at each level. */
  function plainDirectory(directory: string): string | undefined {
    const above = known.get(dirname(directory))
    if (above === undefined || !fs.lstatSync(directory, { throwIfNoEntry: false })?.isDirectory())
      return undefined
    const real = above + directory.slice(dirname(directory).length)
    known.set(directory, real)
    return real
  }

  function locate(path: string): string {
    const full = fullPath(path)
    realDirectory(full === root ? root : dirname(full), path)
    return full
  }

  /** Most paths need neither a proof nor tidying, which take longer than reading a small file. */
  function fullPath(path: string): string {
    if (sep === '/' && /^(?:[\w-][\w.-]*\/)*[\w.-]*[\w-]$/.test(path)) return prefix + path
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

  function trust(directory: string, real: string, names: string[]): void {
    for (const name of names) known.set(directory + sep + name, real + sep + name)
  }

  return { fullPath, locate, follow, realDirectory, trust, forget: () => known.clear() }
}

/** What is at a path itself, links not followed; undefined when nothing is. */
export function peek(full: string, path: string): fs.Stats | undefined {
  try {
    return fs.lstatSync(full)
  } catch (error) {
    if (isMissing(error)) return undefined
    throw unreadable(path, error)
  }
}
