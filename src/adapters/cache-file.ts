import { hash, randomBytes } from 'node:crypto'
import * as fs from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import type { CacheFile } from '../ports/cache-file.ts'

/** What comes after its own name in that of a file which is being written. */
const TEMPORARY = /^\.\d+\.[0-9a-f]{12}\.tmp$/

/**
 * `<directory>/.opsx/<name>`, replaced atomically, for this user's eyes. `directory` is git's own, which several roots
 * and working trees share: one that is not right beside it has a file to itself.
 */
export function createCacheFile(directory: string, root: string, name: string): CacheFile {
  const place = relative(dirname(directory), root)
  const own = place === '' ? name : `${name}-${hash('sha256', place).slice(0, 8)}`
  const path = join(directory, '.opsx', own)
  return {
    read: () => quietly(() => fs.readFileSync(path, 'utf8')),
    write(text) {
      quietly(() => replace(path, text))
    },
  }
}

/** What a killed run left goes first; whoever writes at that moment then keeps nothing, which is no fault. */
function replace(path: string, text: string): void {
  const folder = dirname(path)
  fs.mkdirSync(folder, { recursive: true })
  for (const name of fs.readdirSync(folder)) {
    const isOwn = name.startsWith(basename(path)) && TEMPORARY.test(name.slice(basename(path).length))
    if (isOwn) fs.rmSync(join(folder, name), { force: true })
  }
  const temporary = `${path}.${process.pid}.${randomBytes(6).toString('hex')}.tmp`
  try {
    fs.writeFileSync(temporary, text, { mode: 0o600, flag: 'wx' })
    fs.renameSync(temporary, path)
  } catch {
    fs.rmSync(temporary, { force: true })
  }
}

function quietly<T>(act: () => T): T | undefined {
  try {
    return act()
  } catch {
    return undefined
  }
}
