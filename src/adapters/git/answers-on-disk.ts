import * as fs from 'node:fs'
import { relative, sep } from 'node:path'
import { type GitDirectory, readGitDirectory } from './git-directory.ts'
import { type Asked, directoriesCommand } from './git-facts.ts'
import type { GitOutput } from './git-process.ts'
import { DEFAULT_BRANCH_COMMAND, REFS_COMMAND, REMOTES_COMMAND } from './git-refs.ts'
import { keyOf } from './git-run.ts'
import { PREFIX_COMMAND, type Status } from './git-status.ts'
import type { Trace } from './git-trace.ts'
import { parseIndex } from './parse-index.ts'
import { readRefsOnDisk } from './refs-on-disk.ts'

/** What a status and its trace said, from which the rest follows. */
export interface Told extends Asked {
  /** Where git ran: the workspace root. */
  directory: string
  /** With paths from the top of the working tree. */
  status: Status
  trace: Trace
}

/** Answers by `keyOf` the commands that would have printed them. */
export type Answers = Map<string, GitOutput>

/**
 * What git would answer, from the files of its directory and from what it said already, because starting a process
 * costs more than all of them. Whatever is unusual has no answer here, so that git is asked.
 */
export function answersOnDisk(told: Told): Answers {
  const answers: Answers = new Map()
  const answer = (command: string[], text: string | undefined) => {
    if (text !== undefined) answers.set(keyOf(command), answered(text))
  }
  const { settings, worktree } = told.trace
  if (worktree === undefined) return answers
  answer(REMOTES_COMMAND, remotesIn(settings))
  if (settings.has('init.defaultbranch')) {
    answer(DEFAULT_BRANCH_COMMAND, settings.get('init.defaultbranch')?.at(-1) ?? undefined)
  } else {
    answers.set(keyOf(DEFAULT_BRANCH_COMMAND), { ...answered(''), status: 1 })
  }
  const place = placeOf(told.directory, worktree)
  if (!place || settings.has('extensions.refstorage')) return answers
  answer(PREFIX_COMMAND, place.prefix)
  answer(REFS_COMMAND, readRefsOnDisk(place.common))
  answer(directoriesCommand('HEAD', told), directoriesInHead(told, place))
  return answers
}

function answered(text: string): GitOutput {
  return { status: 0, stdout: Buffer.from(text), stderr: '' }
}

/** Undefined when one of them has no address, which not every git counts as a remote. */
function remotesIn(settings: Trace['settings']): string | undefined {
  const names = new Set<string>()
  const addressed = new Set<string>()
  for (const [key, values] of settings) {
    const name = /^remote\.(.+)\.[^.]+$/s.exec(key)?.[1]
    if (name === undefined) continue
    names.add(name)
    if (key.endsWith('.url') && values.every(value => value)) addressed.add(name)
  }
  if (names.size !== addressed.size || [...names].some(name => /\s|^\//.test(name))) return undefined
  return [...names]
    .sort()
    .map(name => `${name}\n`)
    .join('')
}

export interface Place extends GitDirectory {
  /** From the top of the working tree to the workspace, with a slash at its end unless empty. */
  prefix: string
}

/** Undefined when `.git` is not where it is looked for first. */
export function placeOf(directory: string, worktree: string): Place | undefined {
  try {
    const top = fs.realpathSync(worktree)
    const below = relative(top, fs.realpathSync(directory)).split(sep).join('/')
    if (below === '..' || below.startsWith('../')) return undefined
    return { ...readGitDirectory(top), prefix: below === '' ? '' : `${below}/` }
  } catch {
    return undefined
  }
}

/** The change directories of HEAD: those of the index, but for what the status says is staged. */
function directoriesInHead({ status, changes, within }: Told, { own, prefix }: Place): string | undefined {
  const { head, files } = status
  if (head === null) return undefined
  // A change that is a submodule has its own name in the index, and nothing below.
  const start = `${prefix}${within ?? `${changes}/`}`
  const below = files.filter(({ path }) => path.startsWith(start))
  if (below.some(({ staged }) => !'.?MTAD'.includes(staged))) return undefined
  const added = new Set(below.filter(({ staged }) => staged === 'A').map(({ path }) => path))
  const removed = below.filter(({ staged }) => staged === 'D').map(({ path }) => path)
  const indexed = readIndex(`${own}/index`, { prefix: start, idLength: head.length / 2 })
  const paths = indexed?.filter(path => !added.has(path)).concat(removed)
  if (!paths) return undefined
  if (within !== undefined) return paths.some(path => path.startsWith(`${start}/`)) ? `${within}\0` : ''
  return formatDirectories(
    paths.map(path => path.slice(prefix.length)),
    changes,
  )
}

function readIndex(path: string, request: Parameters<typeof parseIndex>[1]): string[] | undefined {
  try {
    return parseIndex(fs.readFileSync(path), request)?.map(entry => entry.path)
  } catch {
    return undefined
  }
}

/** As `ls-tree` prints them: sorted as if each ended with a slash, and the archive's in place of the archive. */
function formatDirectories(paths: string[], changes: string): string {
  const archive = `${changes}/archive/`
  const directories = new Set<string>()
  for (const path of paths)
    add(directories, path, path.startsWith(archive) ? archive.length : changes.length + 1)
  return [...directories]
    .sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)))
    .map(directory => `${directory.slice(0, -1)}\0`)
    .join('')
}

function add(directories: Set<string>, path: string, from: number): void {
  const slash = path.indexOf('/', from)
  if (slash > 0) directories.add(path.slice(0, slash + 1))
}
