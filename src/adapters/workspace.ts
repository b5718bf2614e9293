import { isUtf8 } from 'node:buffer'
import * as fs from 'node:fs'
import { basename, dirname, join, resolve, sep } from 'node:path'
import { codeOf, isMissing, OpsxError } from '../errors.ts'
import type { Workspace, WorkspaceEntry } from '../ports/workspace.ts'
import { type Boundary, createBoundary, peek } from './workspace/boundary.ts'
import { digestFile } from './workspace/digest-file.ts'
import { changed, isIgnoredFile, isLink, notWritten, unreadable } from './workspace/file-errors.ts'
import { removeEmptyDirectory, removeEntry, replaceEntry } from './workspace/replace-file.ts'

/** Zero on a platform without this flag. There, each read needs one more `lstat`. */
const NO_FOLLOW = (fs.constants.O_NOFOLLOW as number | undefined) ?? 0
/** Without O_NONBLOCK, opsx would wait forever for a named pipe. */
const READ_FLAGS = fs.constants.O_RDONLY | NO_FOLLOW | ((fs.constants.O_NONBLOCK as number | undefined) ?? 0)
/** A temporary file with the pid of the process that writes it. */
const TEMPORARY = /^\..+\.(\d+)\.[0-9a-f]{12}\.tmp$/

/** The same for git, which need not see what a killed run leaves. */
const TEMPORARY_FILES = `.*.[0-9]*.${'[0-9a-f]'.repeat(12)}.tmp`

/** What a workspace asks of git before its first write. */
export interface GitView {
  /** Files that git ignores, relative to the root. opsx does not write over them: git could not restore them. */
  ignored(): ReadonlySet<string>
  /** Keeps files of a pattern out of git's sight. */
  exclude(pattern: string): void
}

/**
 * The files under `root`, synchronously. `list` leaves out temporary files, and the next write removes those of
 * processes that have ended. It also leaves out links that lead out of the root, that are broken, or that lead to a directory above.
 * Throws OpsxError PATH_ESCAPES, FILE_UNREADABLE (also for bytes that are not UTF-8) and FILE_NOT_WRITTEN.
 */
export function createWorkspace(root: string, git: () => GitView | undefined = () => undefined): Workspace {
  const top = resolve(root)
  const boundary = createBoundary(top)
  const leftovers = new Set<string>()
  let ignored: ReadonlySet<string> | undefined
  const isIgnored = (path: string) => {
    ignored ??= git()?.ignored() ?? new Set()
    return ignored.has(path)
  }
  let hasWritten = false
  return {
    root: top,
    list: directory => listDirectory(boundary, directory, leftovers),
    read: path => readText(boundary, path),
    digest: path => throughLinks(boundary, path, full => digestFile(full, READ_FLAGS)),
    stamp: path => throughLinks(boundary, path, stampOf),
    write(path, text, before) {
      if (!hasWritten) git()?.exclude(TEMPORARY_FILES)
      hasWritten = true
      sweep(leftovers)
      writeText(boundary, { path, text, before, isIgnored })
    },
    move: (from, to) => moveEntry(boundary, from, to),
    replace: swap => replaceEntry(boundary, swap),
    remove: path => removeEntry(boundary, path),
    removeEmpty: directory => removeEmptyDirectory(boundary, directory),
  }
}

function listDirectory(boundary: Boundary, directory: string, leftovers: Set<string>): WorkspaceEntry[] {
  const full = boundary.locate(directory)
  boundary.realDirectory(full, directory)
  let found: fs.Dirent[]
  try {
    found = fs.readdirSync(full, { withFileTypes: true })
  } catch (error) {
    if (isMissing(error)) return []
    throw unreadable(directory, error)
  }
  const entries: WorkspaceEntry[] = []
  for (const entry of found) {
    if (entry.name.startsWith('.') && TEMPORARY.test(entry.name)) {
      leftovers.add(join(full, entry.name))
      continue
    }
    const isDirectory = entry.isSymbolicLink()
      ? linkKind(boundary, directory, entry.name)
      : entry.isDirectory()
    if (isDirectory !== undefined) entries.push({ name: entry.name, directory: isDirectory })
  }
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Removes temporary files of processes that have ended. The caller has the lock, so no other run writes. */
function sweep(leftovers: Set<string>): void {
  for (const path of leftovers) {
    const pid = Number(TEMPORARY.exec(basename(path))?.[1])
    if (!isRunning(pid)) fs.rmSync(path, { force: true })
  }
  leftovers.clear()
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

/** True for a link to a directory, false for a link to a file. Undefined for a link that `list` leaves out. */
function linkKind(boundary: Boundary, directory: string, name: string): boolean | undefined {
  const path = directory === '' ? name : `${directory}/${name}`
  try {
    const target = boundary.follow(path)
    if (!fs.statSync(target).isDirectory()) return false
    const parents = directory.split('/').map((_, index, parts) => parts.slice(0, index).join('/'))
    const loops = [...parents, directory].some(parent => {
      const real = boundary.realDirectory(boundary.locate(parent), parent)
      return real === target || real.startsWith(target + sep)
    })
    return loops ? undefined : true
  } catch {
    return undefined
  }
}

function readText(boundary: Boundary, path: string): string | undefined {
  return throughLinks(boundary, path, full => readUtf8(full, path))
}

/** Reads what is at a path. A link is followed only when it stays inside the root. Undefined when nothing is there. */
function throughLinks<T>(boundary: Boundary, path: string, read: (full: string) => T): T | undefined {
  let full = boundary.locate(path)
  try {
    if (NO_FOLLOW === 0 && fs.lstatSync(full).isSymbolicLink()) full = boundary.follow(path)
    return read(full)
  } catch (error) {
    if (isMissing(error)) return undefined
    const code = codeOf(error)
    if (code !== 'ELOOP' && code !== 'EMLINK') throw unreadable(path, error)
    const target = boundary.follow(path)
    try {
      return read(target)
    } catch (reason) {
      throw unreadable(path, reason)
    }
  }
}

/** `ctime` is included, because a copy can keep the modification time of its source. */
function stampOf(full: string): string {
  const file = fs.openSync(full, READ_FLAGS)
  try {
    const { mtimeNs, ctimeNs, size, ino } = fs.fstatSync(file, { bigint: true })
    return [mtimeNs, ctimeNs, size, ino].join(' ')
  } finally {
    fs.closeSync(file)
  }
}

function readUtf8(full: string, path: string): string {
  const text = fs.readFileSync(full, { encoding: 'utf8', flag: READ_FLAGS as unknown as string })
  // A named pipe that nobody writes to reads as empty.
  if (text === '' && !fs.statSync(full).isFile()) throw unreadable(path, new Error('it is not a file'))
  if (text.includes('\uFFFD') && !isUtf8(fs.readFileSync(full))) {
    throw new OpsxError('FILE_UNREADABLE', `${path} is not UTF-8 text`, {
      hint: 'Save the file as UTF-8 and run again.',
    })
  }
  return text
}

interface Writing {
  path: string
  text: string
  before: string | undefined
  isIgnored(path: string): boolean
}

function writeText(boundary: Boundary, { path, text, before, isIgnored }: Writing): void {
  const full = boundary.locateForWriting(path)
  const existing = peek(full, path)
  if (existing?.isSymbolicLink()) throw isLink(path)
  if (existing && path.startsWith('openspec/') && isIgnored(path)) throw isIgnoredFile(path)
  try {
    if (existing === undefined) fs.mkdirSync(dirname(full), { recursive: true })
    else fs.accessSync(full, fs.constants.W_OK)
    replaceFile(full, text, {
      mode: existing && existing.mode & 0o7777,
      check: () => {
        if (before !== undefined && readText(boundary, path) !== before) throw changed(path)
      },
    })
  } catch (error) {
    throw error instanceof OpsxError ? error : notWritten(path, error)
  }
}

/** `check` runs right before the rename, and throws when the file must not be replaced. */
function replaceFile(
  full: string,
  text: string,
  { mode, check }: { mode: number | undefined; check(): void },
): void {
  const base = full.slice(dirname(full).length).replace(/^[\\/]/, '')
  const temporary = join(dirname(full), `.${base}.${process.pid}.${crypto.randomUUID().slice(-12)}.tmp`)
  const file = fs.openSync(temporary, 'wx')
  try {
    try {
      fs.writeFileSync(file, text)
      if (mode !== undefined) fs.fchmodSync(file, mode)
      fs.fsyncSync(file)
    } finally {
      fs.closeSync(file)
    }
    check()
    fs.renameSync(temporary, full)
  } catch (error) {
    fs.rmSync(temporary, { force: true })
    throw error
  }
}

function moveEntry(boundary: Boundary, from: string, to: string): void {
  const source = boundary.locateForWriting(from)
  const target = boundary.locateForWriting(to)
  if (peek(target, to)) {
    throw new OpsxError('FILE_NOT_WRITTEN', `${from} was not moved: ${to} already exists`, {
      hint: `Move or remove ${to} first.`,
    })
  }
  try {
    fs.mkdirSync(dirname(target), { recursive: true })
    fs.renameSync(source, target)
  } catch (error) {
    throw notWritten(to, error)
  } finally {
    boundary.clear()
  }
}
