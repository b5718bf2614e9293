import { OpsxError } from '../../errors.ts'

export function escapes(path: string): OpsxError {
  return new OpsxError('PATH_ESCAPES', `${path} leads out of the repository`, {
    hint: 'Use a path inside the directory that holds openspec/, and no link that leaves it.',
  })
}

export function unreadable(path: string, error: unknown): OpsxError {
  if (error instanceof OpsxError) return error
  return new OpsxError('FILE_UNREADABLE', `${path} cannot be read: ${reasonOf(error)}`, {
    hint: 'Check that it is a file you may read.',
    cause: error,
  })
}

export function notWritten(path: string, error: unknown): OpsxError {
  return new OpsxError('FILE_NOT_WRITTEN', `${path} was not written: ${reasonOf(error)}`, {
    hint: 'Check permissions and free space; the file keeps its old content.',
    cause: error,
  })
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined
}

export function isMissing(error: unknown): boolean {
  const code = codeOf(error)
  return code === 'ENOENT' || code === 'ENOTDIR'
}

/** `permission denied` out of Node's `EACCES: permission denied, open '/x'`. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return /^E[A-Z0-9]+: ([^,]+)/.exec(message)?.[1] ?? message
}
