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

/** Bytes. Larger files are not kept in memory together. */
const LARGEST_TOGETHER = 2 ** 20

/**
 * The files of a commit, read-only. Writing throws a plain Error, because a call is a bug. Links and submodules are left
 * out. One process reads all files below `directory`; other files and large ones are read one by one.
 * Undefined when `ref` is no commit of this clone. Reading throws PATH_ESCAPES, FILE_UNREADABLE and GIT_FAILED.
 */
export function readCommitWorkspace(run: GitRun, ref: string, directory: string): Workspace | undefined {
  const commit = readCommit(run, ref)
  if (commit === null) return undefined
  const inner = relativeOf(directory)
  const trees = new Map<string, CommitTree>()
  let together: Map<string, Buffer> | undefined

  function treeOf(path: string): CommitTree {
    const inside = inner === '' || path === inner || path.startsWith(`${inner}/`)
    const top = inside ? inner : (path.split('/')[0] ?? '')
    const tree =
      trees.get(top) ?? readCommitTree(run, { commit: commit ?? '', directory: top, sizes: inside })
    trees.set(top, tree)
    return tree
  }

  function bytesOf(path: string): Buffer | undefined {
    const normal = relativeOf(path)
    const file = treeOf(normal).files.get(normal)
    if (file === undefined) return undefined
    if (file.size > LARGEST_TOGETHER) return contentOf(readTexts(run, [file]), file)
    together ??= readTexts(
      run,
      [...treeOf(inner).files.values()].filter(({ size }) => size <= LARGEST_TOGETHER),
    )
    return contentOf(together, file)
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

function contentOf(contents: Map<string, Buffer>, { path, blob }: CommitFile): Buffer {
  const bytes = contents.get(blob)
  if (bytes !== undefined) return bytes
  throw new OpsxError('GIT_FAILED', `This clone does not have the content of ${path}.`, {
    hint: 'Fetch the missing objects, or run git fsck to see what is damaged.',
  })
}

function textOf(path: string, bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8')
  throw new OpsxError('FILE_UNREADABLE', `${path} is not UTF-8 text`, {
    hint: 'Save the file as UTF-8 and run again.',
  })
}
