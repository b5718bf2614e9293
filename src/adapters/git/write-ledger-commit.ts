import { isUtf8 } from 'node:buffer'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { OpsxError } from '../../errors.ts'
import type { LedgerCommit, PublishResult } from '../../ports/git.ts'
import type { GitRun } from './git-run.ts'

/** An entry of a tree or of the index. `path` is relative to the workspace root. */
export interface GitFile {
  path: string
  mode: string
  blob: string
}

export interface LedgerTree {
  /** The commit; null when no text changed. */
  sha: string | null
  /** The changed files in the base and in the commit, in the same order. */
  before: GitFile[]
  after: GitFile[]
  skipped: PublishResult['skipped']
}

/**
 * Writes a commit object with ledger lines, with `base` as its parent. No branch, index or file changes. The name of the
 * base is used in the reasons of skipped paths. Throws GIT_FAILED.
 */
export function writeLedgerCommit(
  run: GitRun,
  commit: LedgerCommit,
  base: { sha: string; name: string },
): LedgerTree {
  const paths = [...new Set(commit.paths)]
  const files = readTree(run, base.sha, paths)
  const skipped: PublishResult['skipped'] = paths
    .filter(path => !files.some(file => file.path === path))
    .map(path => ({ path, reason: `not committed on ${base.name} yet` }))
  const regular = files.filter(file => file.mode.startsWith('100'))
  const texts = readTexts(run, regular)
  const before: GitFile[] = []
  const rewritten: string[] = []
  for (const file of files) {
    const outcome = rewrite(commit, file.path, regular.includes(file) ? texts.get(file.blob) : undefined)
    if ('reason' in outcome) skipped.push({ path: file.path, reason: outcome.reason })
    else if (outcome.changed) {
      before.push(file)
      rewritten.push(outcome.text)
    }
  }
  if (before.length === 0) return { sha: null, before, after: [], skipped }

  const blobs = writeTexts(run, rewritten)
  const after = before.map((file, index) => ({ ...file, blob: blobs[index] ?? file.blob }))
  const tree = writeTree(run, base.sha, after)
  const sha = run.text(['commit-tree', tree, '-p', base.sha, '-F', '-'], { input: commit.message })
  return { sha, before, after, skipped }
}

type Rewritten = { reason: string } | { text: string; changed: boolean }

function rewrite(commit: LedgerCommit, path: string, bytes: Buffer | undefined): Rewritten {
  if (bytes === undefined) return { reason: 'not a regular file in git' }
  if (!isUtf8(bytes)) return { reason: 'not UTF-8 text in git' }
  const old = bytes.toString('utf8')
  try {
    const text = commit.rewrite(path, old)
    return { text, changed: text !== old }
  } catch (error) {
    if (error instanceof OpsxError) return { reason: error.message }
    throw error
  }
}

/** The entries of those `paths` that exist in the commit. */
export function readTree(run: GitRun, commit: string, paths: string[]): GitFile[] {
  return chunksOf(paths).flatMap(chunk =>
    run.fields(['ls-tree', '-z', commit, '--', ...chunk]).map(field => {
      const [mode = '', , blob = ''] = field.slice(0, field.indexOf('\t')).split(' ')
      return { path: field.slice(field.indexOf('\t') + 1), mode, blob }
    }),
  )
}

/** 200 paths at a time, because some systems limit the length of a command line. */
export function chunksOf(paths: string[]): string[][] {
  const chunks: string[][] = []
  for (let start = 0; start < paths.length; start += 200) chunks.push(paths.slice(start, start + 200))
  return chunks
}

/** The contents of files by blob id. */
export function readTexts(run: GitRun, files: Pick<GitFile, 'blob'>[]): Map<string, Buffer> {
  const texts = new Map<string, Buffer>()
  const input = files.map(file => `${file.blob}\n`).join('')
  const { stdout } = run.try(['cat-file', '--batch'], { input })
  for (let at = 0; at < stdout.length; ) {
    const lineEnd = stdout.indexOf('\n', at)
    const [blob = '', type = '', size = ''] = stdout.subarray(at, lineEnd).toString('utf8').split(' ')
    at = lineEnd + 1
    if (type !== 'blob') continue
    texts.set(blob, stdout.subarray(at, at + Number(size)))
    at += Number(size) + 1
  }
  return texts
}

/** Writes texts as blobs, without filters. Returns the blob ids. */
export function writeTexts(run: GitRun, texts: string[]): string[] {
  return inTemporaryDirectory(directory => {
    const files = texts.map((text, index) => {
      const file = join(directory, String(index))
      writeFileSync(file, text)
      return file
    })
    const input = files.map(file => `${file}\n`).join('')
    return run.text(['hash-object', '-w', '--no-filters', '--stdin-paths'], { input }).split('\n')
  })
}

function writeTree(run: GitRun, base: string, files: GitFile[]): string {
  return inTemporaryDirectory(directory => {
    const env = { GIT_INDEX_FILE: join(directory, 'index') }
    run.text(['read-tree', base], { env })
    setEntries(run, files, env)
    return run.text(['write-tree'], { env })
  })
}

/** Puts files into the index of the repository, or into the index that `env` names. */
export function setEntries(run: GitRun, files: GitFile[], env: Record<string, string> = {}): void {
  const prefix = run.text(['rev-parse', '--show-prefix'])
  const input = files.map(file => `${file.mode} ${file.blob}\t${prefix}${file.path}\0`).join('')
  run.text(['update-index', '-z', '--index-info'], { input, env })
}

function inTemporaryDirectory<T>(action: (directory: string) => T): T {
  const directory = mkdtempSync(join(tmpdir(), 'opsx-git-'))
  try {
    return action(directory)
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}
