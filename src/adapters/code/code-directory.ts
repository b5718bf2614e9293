import { lstatSync, type Stats } from 'node:fs'
import { isAbsolute, join } from 'node:path'

export interface CodeOwner {
  env: Record<string, string | undefined>
  /** What the compiled code belongs to: this build of opsx, when it was installed, this Node and this kind of processor. */
  key: string
}

/**
 * Where compiled code is kept: `$XDG_CACHE_HOME/opsx/code/<key>`, else below `~/.cache`, on Windows below
 * `%LOCALAPPDATA%`. Relative paths do not count (XDG Base Directory Specification). Undefined without a home.
 */
export function codeDirectory({ env, key }: CodeOwner): string | undefined {
  const home = env.HOME && isAbsolute(env.HOME) ? join(env.HOME, '.cache') : undefined
  const given = [env.XDG_CACHE_HOME, process.platform === 'win32' ? env.LOCALAPPDATA : home]
  const cache = given.find(path => path !== undefined && isAbsolute(path))
  return cache === undefined ? undefined : join(cache, 'opsx', 'code', key)
}

/** True when it is a directory that nobody else can write to: what lies in it is executed. */
export function isOwnDirectory(path: string): boolean {
  try {
    const stat = lstatSync(path)
    return stat.isDirectory() && isOwn(stat)
  } catch {
    return false
  }
}

/** True when it belongs to this user alone; Windows says neither, and keeps `%LOCALAPPDATA%` to its user. */
export function isOwn({ uid, mode }: Stats): boolean {
  return process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0)
}
