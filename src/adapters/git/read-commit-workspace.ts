import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import { OpsxError } from '../../errors.ts'
import type { Workspace } from '../../ports/workspace.ts'
import { readCommit } from './commit-history.ts'
import type { GitRun } from './git-run.ts'
import { relativeOf, withLf } from './hash-files.ts'
import { type CommitFile, type CommitTree, readCommitTree } from './read-commit-tree.ts'
import { readTexts } from './write-ledger-commit.ts'

/** Batches in memory at a time: one for the changes and one for the main specs they are compared with. */
const HELD = 2

/**
 * The files of a commit, read-only: what writes throws a plain Error, since calling it is a bug. Links and
 * submodules are left out. Contents of `directory` come in batches of many files, what lies outside comes one by one.
 * Undefined when `ref` names no commit here. Reading throws PATH_ESCAPES, FILE_UNREADABLE and GIT_FAILED.
 */
export function readCommitWorkspace(run: GitRun, ref: string, directory: string): Workspace | undefined {
  const commit = readCommit(run, ref)
  if (commit === null) return undefined
  const inner = relativeOf(directory)
  const trees = new Map<string, CommitTree>()
  const blobs = createBlobReader(run)

  function treeOf(path: string): CommitTree {
    const inside = inner === '' || path === inner || path.startsWith(`${inner}/`)
    const top = inside ? inner : (path.split('/')[0] ?? '')
    const known = trees.get(top)
    if (known !== undefined) return known
    const tree = readCommitTree(run, { commit: commit ?? '', directory: top, sizes: inside })
    trees.set(top, tree)
    return tree
  }

  function bytesOf(path: string): Buffer | undefined {
    const normal = relativeOf(path)
    const tree = treeOf(normal)
    const file = tree.files.get(normal)
    return file === undefined ? undefined : blobs(tree, file)
  }

  return {
    root: resolve(run.directory),
    list(path) {
      const normal = relativeOf(path)
      return (treeOf(normal).directories.get(normal) ?? []).map(entry => ({ ...entry }))
    },
    read(path) {
      const bytes = bytesOf(path)
      return bytes === undefined ? undefined : textOf(path, bytes)
    },
    lacks(path) {
      const normal = relativeOf(path)
      const { files, directories } = treeOf(normal)
      return !files.has(normal) && !directories.has(normal)
    },
    digest(path) {
      const bytes = bytesOf(path)
      return bytes === undefined ? undefined : createHash('sha256').update(withLf(bytes)).digest('hex')
    },
    stamp(path) {
      const normal = relativeOf(path)
      return treeOf(normal).files.get(normal)?.blob
    },
    write: refuse,
    move: refuse,
    replace: refuse,
    remove: refuse,
    removeEmpty: refuse,
  }
}

function refuse(): never {
  throw new Error('a commit cannot be written to')
}

function textOf(path: string, bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8')
  throw new OpsxError('FILE_UNREADABLE', `${path} is not UTF-8 text`, {
    hint: 'Save the file as UTF-8 and run again.',
  })
}

/** Reads a file together with the others of its batch, and holds the last batches only. */
function createBlobReader(run: GitRun): (tree: CommitTree, file: CommitFile) => Buffer {
  let held: { files: CommitFile[]; texts: Map<string, Buffer> }[] = []
  return (tree, file) => {
    const files = tree.batches[file.batch] ?? [file]
    const batch = held.find(other => other.files === files) ?? { files, texts: readTexts(run, files) }
    held = [batch, ...held.filter(other => other !== batch)].slice(0, HELD)
    const bytes = batch.texts.get(file.blob)
    if (bytes !== undefined) return bytes
    throw new OpsxError('GIT_FAILED', `git has no content for ${file.path}`, {
      hint: 'Fetch the missing objects, or run git fsck to see what is damaged.',
    })
  }
}
