import * as fs from 'node:fs'
import { resolve } from 'node:path'
import { OpsxError } from '../errors.ts'

/** `path` is of the user's choosing, relative to `directory`, and may lie outside the repository. Throws FILE_NOT_WRITTEN. */
export function writeOutput(directory: string, path: string, text: string): void {
  try {
    fs.writeFileSync(resolve(directory, path), text)
  } catch (cause) {
    throw new OpsxError('FILE_NOT_WRITTEN', `${path} cannot be written: ${reasonOf(cause)}.`, {
      hint: 'Name a file in a directory that exists and may be written.',
      cause,
    })
  }
}

/** Creates the directory and returns its absolute path; throws USAGE when it holds something already. */
export function emptyDirectory(directory: string, path: string): string {
  const at = resolve(directory, path)
  fs.mkdirSync(at, { recursive: true })
  if (fs.readdirSync(at).length === 0) return at
  throw new OpsxError('USAGE', `${at} is not empty.`, { hint: 'Name a directory that does not exist yet.' })
}

/** Appends to a file whose absence is no fault; returns why that failed, undefined when it did not. */
export function appendTo(file: string, text: string): string | undefined {
  try {
    fs.appendFileSync(file, text)
    return undefined
  } catch (cause) {
    return reasonOf(cause)
  }
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}
