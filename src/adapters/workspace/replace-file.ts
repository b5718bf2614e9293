import * as fs from 'node:fs'
import { dirname } from 'node:path'
import { codeOf, isMissing } from '../../errors.ts'
import { type Boundary, peek } from './boundary.ts'
import { isLink, notWritten } from './file-errors.ts'

/** See Workspace.replace. */
export function replaceEntry(
  boundary: Boundary,
  { from, to, keep }: { from: string | null; to: string; keep: string },
): void {
  const kept = boundary.locateForWriting(keep)
  const source = from === null ? null : boundary.locateForWriting(from)
  const target = boundary.locateForWriting(to)
  const existing = peek(target, to)
  if (existing?.isSymbolicLink()) throw isLink(to)
  try {
    if (source === null) {
      if (existing) fs.renameSync(target, kept)
      return
    }
    if (existing) {
      fs.accessSync(target, fs.constants.W_OK)
      keepCopy(target, kept)
    } else fs.mkdirSync(dirname(target), { recursive: true })
    // A new file is never executable, whatever the mode of the staged one is.
    fs.chmodSync(source, existing ? existing.mode & 0o7777 : fs.statSync(source).mode & 0o666)
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
  const full = boundary.locateForWriting(path)
  try {
    fs.rmSync(full, { recursive: true, force: true })
  } catch (error) {
    throw notWritten(path, error)
  } finally {
    boundary.clear()
  }
}

/** See Workspace.removeEmpty. */
export function removeEmptyDirectory(boundary: Boundary, directory: string): void {
  const full = boundary.locateForWriting(directory)
  try {
    fs.rmdirSync(full)
  } catch (error) {
    const code = codeOf(error)
    if (!isMissing(error) && code !== 'ENOTEMPTY' && code !== 'EEXIST') throw notWritten(directory, error)
  } finally {
    boundary.clear()
  }
}
