import { randomBytes } from 'node:crypto'
import * as fs from 'node:fs'
import { join } from 'node:path'
import type { CacheFile } from '../ports.ts'

/** `<directory>/.opsx/<name>`, replaced atomically, for this user's eyes. */
export function createCacheFile(directory: string, name: string): CacheFile {
  const folder = join(directory, '.opsx')
  const path = join(folder, name)
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
