import { OpsxError, reasonOf } from '../../errors.ts'

export function escapes(path: string): OpsxError {
  return new OpsxError('PATH_ESCAPES', `${path} is outside the repository`, {
    hint: 'Use a path below the directory that contains openspec/, without links to other directories.',
  })
}

export function inGitDirectory(path: string): OpsxError {
  return new OpsxError('PATH_ESCAPES', `${path} is in git's own directory`, {
    hint: 'opsx reads and writes no file there. Remove the link that leads there.',
  })
}

export function isLink(path: string): OpsxError {
  return new OpsxError('PATH_ESCAPES', `${path} was not written: it is a link, or below one`, {
    hint: 'opsx writes through no link. Replace the link by the file or directory it points to.',
  })
}

export function changed(path: string): OpsxError {
  return new OpsxError('FILE_CHANGED', `${path} was changed by another program while opsx ran`, {
    hint: 'Nothing was overwritten. Run the command again.',
  })
}

export function isIgnoredFile(path: string): OpsxError {
  return new OpsxError(
    'FILE_NOT_WRITTEN',
    `${path} was not written: git ignores it, so its text would be lost`,
    {
      hint: `Take the pattern out of .gitignore (git check-ignore -v ${path} shows it), or delete the file.`,
    },
  )
}

export function unreadable(path: string, error: unknown): OpsxError {
  if (error instanceof OpsxError) return error
  return new OpsxError('FILE_UNREADABLE', `${path} cannot be read: ${reasonOf(error)}`, {
    hint: 'Check that it is a file, and that you have permission to read it.',
    cause: error,
  })
}

export function notWritten(path: string, error: unknown): OpsxError {
  return new OpsxError('FILE_NOT_WRITTEN', `${path} was not written: ${reasonOf(error)}`, {
    hint: 'Check permissions and free space. The file was not changed.',
    cause: error,
  })
}
