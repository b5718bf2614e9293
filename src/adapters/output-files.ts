import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { OpsxError, reasonOf } from '../errors.ts'

/** Writes a file that the user named, relative to `directory`, also outside the repository. Throws FILE_NOT_WRITTEN. */
export function writeOutput(directory: string, path: string, text: string): void {
  try {
    fs.writeFileSync(resolve(directory, path), text)
  } catch (cause) {
    throw new OpsxError('FILE_NOT_WRITTEN', `${path} was not written: ${reasonOf(cause)}.`, {
      hint: 'Give a path in a directory that exists and that you can write to.',
      cause,
    })
  }
}

/** Creates a directory and returns its absolute path. Throws USAGE when it is not empty. */
export function emptyDirectory(directory: string, path: string): string {
  const at = resolve(directory, path)
  fs.mkdirSync(at, { recursive: true })
  if (fs.readdirSync(at).length === 0) return at
  throw new OpsxError('USAGE', `${at} is not empty.`, { hint: 'Give a directory that does not exist yet.' })
}

/** The absolute path of a directory that the user named. Throws USAGE when it does not exist. */
export function existingDirectory(from: string, path: string): string {
  const at = resolve(from, path)
  if (fs.statSync(at, { throwIfNoEntry: false })?.isDirectory()) return at
  throw new OpsxError('USAGE', `${path} is not a directory.`, { hint: 'Give -C a directory that exists.' })
}

export function temporaryDirectory(name: string): { path: string; remove(): void } {
  const path = fs.mkdtempSync(join(tmpdir(), `${name}-`))
  return { path, remove: () => fs.rmSync(path, { recursive: true, force: true }) }
}

/** Appends to the summary of a GitHub step, if there is one. Returns the reason of a failure. */
export function appendSummary(file: string | undefined, text: string): string | undefined {
  if (!file) return undefined
  try {
    fs.appendFileSync(file, text)
    return undefined
  } catch (cause) {
    return reasonOf(cause)
  }
}
