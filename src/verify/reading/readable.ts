import { OpsxError } from '../../errors.ts'

/** The result of `read`. When a file cannot be read, a sentence that names the file. */
export function readable<T extends object>(read: () => T): T | string {
  try {
    return read()
  } catch (error) {
    if (error instanceof OpsxError && (error.code === 'FILE_UNREADABLE' || error.code === 'PATH_ESCAPES'))
      return error.message
    throw error
  }
}
