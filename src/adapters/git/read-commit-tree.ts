import { posix } from 'node:path'
import type { WorkspaceEntry } from '../../ports/workspace.ts'
import { type GitRun, gitFailed } from './git-run.ts'

export interface CommitFile {
  path: string
  blob: string
  /** In bytes; infinite when the sizes were not read. */
  size: number
}

/** The regular files of a commit by path, and the entries of each directory in code-unit order. */
export interface CommitTree {
  files: Map<string, CommitFile>
  directories: Map<string, WorkspaceEntry[]>
}

/** Reads the tree at or below `directory` (`''` for all) in one process. With `sizes` git has to open every object. */
export function readCommitTree(
  run: GitRun,
  { commit, directory, sizes }: { commit: string; directory: string; sizes: boolean },
): CommitTree {
  const flags = ['-r', '-z', ...(sizes ? ['--long'] : [])]
  const output = run.try(['ls-tree', ...flags, commit, ...(directory === '' ? [] : ['--', directory])])
  if (output.status !== 0) throw gitFailed('ls-tree', output.stderr)
  const files = new Map<string, CommitFile>()
  for (const field of output.stdout.toString('utf8').split('\0')) {
    const tab = field.indexOf('\t')
    const [mode = '', , blob = '', size] = field.slice(0, tab).split(/ +/)
    const path = field.slice(tab + 1)
    if (mode.startsWith('100'))
      files.set(path, { path, blob, size: Number(size ?? Number.POSITIVE_INFINITY) })
  }
  return { files, directories: directoriesOf([...files.keys()]) }
}

function directoriesOf(paths: string[]): Map<string, WorkspaceEntry[]> {
  const directories = new Map<string, WorkspaceEntry[]>([['', []]])

  function add(path: string, directory: boolean): void {
    const parent = posix.dirname(path) === '.' ? '' : posix.dirname(path)
    if (!directories.has(parent)) {
      directories.set(parent, [])
      add(parent, true)
    }
    directories.get(parent)?.push({ name: posix.basename(path), directory })
  }

  for (const path of paths) add(path, false)
  for (const entries of directories.values()) entries.sort((a, b) => (a.name < b.name ? -1 : 1))
  return directories
}
