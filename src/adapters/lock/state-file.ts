import { randomUUID } from 'node:crypto'
import * as fs from 'node:fs'
import { dirname } from 'node:path'
import { isMissing, OpsxError, reasonOf } from '../../errors.ts'
import type { StateFile } from '../../ports/lock.ts'

/** A file of opsx itself, replaced atomically. Throws FILE_UNREADABLE and FILE_NOT_WRITTEN. */
export function createStateFile(path: string): StateFile {
  return {
    path,
    read() {
      try {
        return fs.readFileSync(path, 'utf8')
      } catch (error) {
        if (isMissing(error)) return undefined
        throw failed('FILE_UNREADABLE', `${path} cannot be read`, error)
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
        throw failed('FILE_NOT_WRITTEN', `${path} was not written`, error)
      }
    },
    remove() {
      try {
        fs.rmSync(path, { force: true })
      } catch (error) {
        throw failed('FILE_NOT_WRITTEN', `${path} was not written`, error)
      }
    },
  }
}

function failed(code: 'FILE_UNREADABLE' | 'FILE_NOT_WRITTEN', message: string, cause: unknown): OpsxError {
  return new OpsxError(code, `${message}: ${reasonOf(cause)}`, {
    hint: 'Check permissions and free space there.',
    cause,
  })
}
