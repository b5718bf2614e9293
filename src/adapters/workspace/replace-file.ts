import * as fs from 'node:fs'
import { dirname } from 'node:path'
import { codeOf, isMissing } from '../../errors.ts'
import { type Boundary, peek } from './boundary.ts'
import { notWritten } from './file-errors.ts'

/** See Workspace.replace. For a link, the file that it points to is replaced, and the link stays. */
export function replaceEntry(
  boundary: Boundary,
  { from, to, keep }: { from: string | null; to: string; keep: string },
): void {
  const kept = boundary.locate(keep)
  const source = from === null ? null : boundary.locate(from)
  let target = boundary.locate(to)
  const existing = peek(target, to)
  if (existing?.isSymbolicLink()) target = boundary.follow(to)
  try {
    if (source === null) {
      if (existing) fs.renameSync(target, kept)
      return
    }
    if (existing) {
      fs.accessSync(target, fs.constants.W_OK)
      fs.chmodSync(source, fs.statSync(target).mode & 0o7777)
      keepCopy(target, kept)
    } else fs.mkdirSync(dirname(target), { recursive: true })
    fs.renameSync(source, target)
  } catch (error) {
    throw notWritten(to, error)
  }
}

/** Uses a hard link, which needs no disk space. Copies the file on a file system without hard links. */
function keepCopy(file: string, kept: string): void {
  fs.rmSync(kept, { force: true })
  try {
    fs.linkSync(file, kept)
  } catch (error) {
    if (codeOf(error) === 'ENOSPC') throw error
    fs.copyFileSync(file, kept)
  }
}

/** See Workspace.remove. Links are removed and not followed. */
export function removeEntry(boundary: Boundary, path: string): void {
  const full = boundary.locate(path)
  try {
    fs.rmSync(full, { recursive: true, force: true })
  } catch (error) {
    throw notWritten(path, error)
  } finally {
    boundary.forget()
  }
}

/** See Workspace.removeEmpty. */
export function removeEmptyDirectory(boundary: Boundary, directory: string): void {
  const full = boundary.locate(directory)
  try {
    fs.rmdirSync(full)
  } catch (error) {
    const code = codeOf(error)
    if (!isMissing(error) && code !== 'ENOTEMPTY' && code !== 'EEXIST') throw notWritten(directory, error)
  } finally {
    boundary.forget()
  }
}
