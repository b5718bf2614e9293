import * as fs from 'node:fs'
import { resolve } from 'node:path'

/** Git's own directories of a working tree, absolute. */
export interface GitDirectory {
  /** Of this working tree. */
  own: string
  /** Shared by all working trees of the repository. */
  common: string
}

/** Read from the files of a working tree's top directory; throws when they are not what git writes. */
export function readGitDirectory(top: string): GitDirectory {
  const own = ownDirectory(resolve(top, '.git'))
  const shared = resolve(own, 'commondir')
  const common = fs.existsSync(shared) ? resolve(own, fs.readFileSync(shared, 'utf8').trim()) : own
  return { own, common }
}

function ownDirectory(path: string): string {
  if (fs.statSync(path).isDirectory()) return path
  const named = /^gitdir: (.+?)\n?$/s.exec(fs.readFileSync(path, 'utf8'))?.[1]
  if (named === undefined) throw new Error(`${path} names no directory`)
  return resolve(path, '..', named)
}
