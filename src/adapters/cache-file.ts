import { hash, randomBytes } from 'node:crypto'
import * as fs from 'node:fs'
import { dirname, join, relative } from 'node:path'
import type { CacheFile } from '../ports.ts'

/**
 * `<directory>/.opsx/<name>`, replaced atomically, for this user's eyes. `directory` is git's own, which several roots
 * and working trees share: one that is not right beside it has a file to itself.
 */
export function createCacheFile(directory: string, root: string, name: string): CacheFile {
  const folder = join(directory, '.opsx')
  const place = relative(dirname(directory), root)
  const path = join(folder, place === '' ? name : `${name}-${hash('sha256', place).slice(0, 8)}`)
  return {
    read: () => quietly(() => fs.readFileSync(path, 'utf8')),
    write(text) {
      const temporary = `${path}.${process.pid}.${randomBytes(6).toString('hex')}.tmp`
      try {
        fs.mkdirSync(folder, { recursive: true })
        fs.writeFileSync(temporary, text, { mode: 0o600, flag: 'wx' })
        fs.renameSync(temporary, path)
      } catch {
        quietly(() => fs.rmSync(temporary, { force: true }))
      }
    },
  }
}

function quietly<T>(act: () => T): T | undefined {
  try {
    return act()
  } catch {
    return undefined
  }
}
