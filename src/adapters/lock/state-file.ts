import { randomUUID } from 'node:crypto'
import * as fs from 'node:fs'
import { dirname } from 'node:path'
import { isMissing } from '../../errors.ts'
import type { StateFile } from '../../ports/lock.ts'
import { notWritten, unreadable } from '../workspace/file-errors.ts'

/** A file of opsx itself, replaced atomically. Throws FILE_UNREADABLE and FILE_NOT_WRITTEN. */
export function createStateFile(path: string): StateFile {
  return {
    path,
    read() {
      try {
        return fs.readFileSync(path, 'utf8')
      } catch (error) {
        if (isMissing(error)) return undefined
        throw unreadable(path, error)
      }
    },
    write(text) {
      const temporary = `${path}.${process.pid}.${randomUUID()}.tmp`
      try {
        fs.mkdirSync(dirname(path), { recursive: true })
        fs.writeFileSync(temporary, text, { flag: 'wx', flush: true })
        fs.renameSync(temporary, path)
      } catch (error) {
        fs.rmSync(temporary, { force: true })
        throw notWritten(path, error)
      }
    },
    remove() {
      try {
        fs.rmSync(path, { force: true })
      } catch (error) {
        throw notWritten(path, error)
      }
    },
  }
}
