import type { WorkspaceEntry } from '../../ports/workspace.ts'
import { type GitRun, gitFailed } from './git-run.ts'

/** Bytes that one process fetches at once; a larger file comes alone. */
const BATCH = 2 ** 25
const LARGEST_TOGETHER = 2 ** 20

export interface CommitFile {
  path: string
  blob: string
  /** Which of the tree's batches holds it. */
  batch: number
}

/** Regular files of a commit, by path, in batches to fetch together, and as entries in code-unit order. */
export interface CommitTree {
  files: Map<string, CommitFile>
  batches: CommitFile[][]
  directories: Map<string, WorkspaceEntry[]>
}

/** Reads the tree at or below `directory` (`''` for all) in one process. Sizes cost a look at every object. */
export function readCommitTree(
  run: GitRun,
  options: { commit: string; directory: string; sizes: boolean },
): CommitTree {
  const { commit, directory, sizes } = options
  const flags = ['-r', '-z', ...(sizes ? ['--long'] : [])]
  const output = run.try(['ls-tree', ...flags, commit, ...(directory === '' ? [] : ['--', directory])])
  if (output.status !== 0) throw gitFailed('ls-tree', output.stderr)
  const batches = createBatches()
  const files = new Map<string, CommitFile>()
  for (const field of output.stdout.toString('utf8').split('\0')) {
    const tab = field.indexOf('\t')
    const [mode = '', , blob = '', size] = field.slice(0, tab).split(/ +/)
    if (!mode.startsWith('100')) continue
    const path = field.slice(tab + 1)
    const bytes = size === undefined ? Number.POSITIVE_INFINITY : Number(size)
    files.set(path, batches.add({ path, blob, bytes }))
  }
  return { files, batches: batches.all, directories: directoriesOf([...files.keys()]) }
}

interface Batches {
  readonly all: CommitFile[][]
  add(file: { path: string; blob: string; bytes: number }): CommitFile
}

function createBatches(): Batches {
  const all: CommitFile[][] = []
  let open = -1
  let room = 0
  return {
    all,
    add({ path, blob, bytes }) {
      const alone = bytes > LARGEST_TOGETHER
      if (!alone && (open < 0 || bytes > room)) {
        open = all.push([]) - 1
        room = BATCH
      }
      if (!alone) room -= bytes
      const file = { path, blob, batch: alone ? all.push([]) - 1 : open }
      all[file.batch]?.push(file)
      return file
    },
  }
}

function directoriesOf(paths: string[]): Map<string, WorkspaceEntry[]> {
  const directories = new Map<string, WorkspaceEntry[]>([['', []]])

  function entriesOf(directory: string): WorkspaceEntry[] {
    const known = directories.get(directory)
    if (known !== undefined) return known
    const entries: WorkspaceEntry[] = []
    directories.set(directory, entries)
    const [parent, name] = splitPath(directory)
    entriesOf(parent).push({ name, directory: true })
    return entries
  }

  for (const path of paths) {
    const [parent, name] = splitPath(path)
    entriesOf(parent).push({ name, directory: false })
  }
  for (const entries of directories.values()) entries.sort((a, b) => (a.name < b.name ? -1 : 1))
  return directories
}

function splitPath(path: string): [parent: string, name: string] {
  const slash = path.lastIndexOf('/')
  return [path.slice(0, Math.max(slash, 0)), path.slice(slash + 1)]
}
