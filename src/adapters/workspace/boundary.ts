import * as fs from 'node:fs'
import { dirname, isAbsolute, join, relative, sep } from 'node:path'
import { isMissing } from '../../errors.ts'
import { escapes, inGitDirectory, isLink, unreadable } from './file-errors.ts'

/**
 * Keeps every path inside the root and out of git's directory, links included. Throws PATH_ESCAPES and FILE_UNREADABLE.
 */
export interface Boundary {
  /** Absolute path. Every directory above the last name is checked to be inside the root. */
  locate(path: string): string
  /** Real path of what is at `path`. Throws PATH_ESCAPES when it is outside the root, or when nothing is there. */
  follow(path: string): string
  /** The same for a path to write, move or remove. No directory above it may be a link, which could redirect the write. */
  locateForWriting(path: string): string
  /** Real path of a directory, or of its nearest existing parent. */
  realDirectory(directory: string, path: string): string
  /** Discards the stored real paths. Required after a move or a removal. */
  clear(): void
}

/** Stores the real path of each directory, because a command reads many files in the same directories. */
export function createBoundary(root: string): Boundary {
  const known = new Map<string, string>()
  let realRoot: string | undefined

  function realRootOf(): string {
    realRoot ??= fs.realpathSync.native(root)
    return realRoot
  }

  function inside(real: string, path: string): string {
    const top = realRootOf()
    if (real === top) return real
    if (!real.startsWith(top.endsWith(sep) ? top : top + sep)) throw escapes(path)
    if (isInGitDirectory(real.slice(top.length))) throw inGitDirectory(path)
    return real
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
    if (isInGitDirectory(path)) throw inGitDirectory(path)
    return join(root, path).replace(/[\\/]$/, '')
  }

  function locateForWriting(path: string): string {
    const full = locate(path)
    const directory = dirname(full)
    const expected = join(realRootOf(), relative(root, nearestExisting(directory, path)))
    if (realDirectory(directory, path) !== expected) throw isLink(path)
    return full
  }

  function follow(path: string): string {
    try {
      return inside(fs.realpathSync.native(locate(path)), path)
    } catch (error) {
      throw isMissing(error) ? escapes(path) : unreadable(path, error)
    }
  }

  return { locate, locateForWriting, follow, realDirectory, clear: () => known.clear() }
}

function nearestExisting(directory: string, path: string): string {
  return peek(directory, path) ? directory : nearestExisting(dirname(directory), path)
}

/** File systems of Windows and macOS ignore case and dots at the end of names. */
function isInGitDirectory(path: string): boolean {
  return path.split(/[\\/]/).some(name => /^\.git[. ]*$/i.test(name))
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
