import type { LedgerCommit } from '../../ports/git.ts'
import type { GitRun } from './git-run.ts'
import {
  chunksOf,
  type GitFile,
  type LedgerTree,
  readTexts,
  readTree,
  setEntries,
  writeTexts,
} from './write-ledger-commit.ts'

/** A ledger commit, and the move of the current branch to it. */
export interface Advance {
  commit: LedgerCommit
  built: LedgerTree
  /** Full name of the branch, e.g. `refs/heads/main`. */
  branch: string
  /** The tip of the branch before the move. */
  from: string
  /** Parent of the ledger commit. */
  base: string
  to: string
}

/**
 * Moves the current branch to a commit whose parent is its tip. `git status` shows the user's own edits as before.
 * The index is changed first: if the process is killed in between, the ledger lines are staged, and not their removal.
 * Returns false and restores the index when another process moved the branch.
 */
export function advanceBranch(run: GitRun, advance: Advance): boolean {
  const undo = stageLedger(run, advance)
  if (moveRef(run, advance)) return true
  setEntries(run, undo)
  return false
}

/**
 * Moves the current branch to a commit on top of newer commits of the upstream. Returns false and restores everything
 * when the newer commits changed the ledger files, or files with uncommitted edits.
 */
export function fastForward(run: GitRun, advance: Advance): boolean {
  const { built, from, to } = advance
  const here = readTree(
    run,
    from,
    built.before.map(file => file.path),
  )
  const same = built.before.every(file => here.some(old => old.path === file.path && old.blob === file.blob))
  if (!same) return false
  const undo = stageLedger(run, advance)
  run.try(['update-index', '-q', '--refresh'])
  if (run.try(['read-tree', '-m', '-u', from, to]).status === 0) {
    if (moveRef(run, advance)) return true
    run.try(['read-tree', '-m', '-u', to, from])
  }
  setEntries(run, undo)
  return false
}

function moveRef(run: GitRun, advance: Advance): boolean {
  const reason = advance.commit.message.split('\n')[0] ?? ''
  return (
    run.try(['update-ref', '-m', `opsx: ${reason}`, advance.branch, advance.to, advance.from]).status === 0
  )
}

/** Stages the ledger lines, also on top of other staged edits. Returns the replaced entries of the index. */
function stageLedger(run: GitRun, { built, commit }: Advance): GitFile[] {
  const entries = readIndex(
    run,
    built.before.map(file => file.path),
  )
  const untouched: GitFile[] = []
  const edited: GitFile[] = []
  for (const entry of entries) {
    const same = built.before.some(file => file.path === entry.path && file.blob === entry.blob)
    if (same) untouched.push(entry)
    else edited.push(entry)
  }
  const plain = untouched.flatMap(entry => {
    const blob = built.after.find(file => file.path === entry.path)?.blob
    return blob === undefined ? [] : [{ ...entry, blob }]
  })
  const changed = [...plain, ...rewriteStaged(run, commit, edited)]
  if (changed.length > 0) setEntries(run, changed)
  return entries.filter(entry => changed.some(file => file.path === entry.path))
}

/** Files that are staged completely are left out, because the working tree has the ledger lines already. */
function rewriteStaged(run: GitRun, commit: LedgerCommit, edited: GitFile[]): GitFile[] {
  if (edited.length === 0) return []
  const paths = edited.map(file => file.path)
  const unstaged = new Set(
    run.fields(['diff', '--name-only', '-z', '--relative', '--no-ext-diff', '--', ...paths]),
  )
  const open = edited.filter(file => unstaged.has(file.path) && file.mode.startsWith('100'))
  const bytes = readTexts(run, open)
  const texts = open.map(file => commit.rewrite(file.path, bytes.get(file.blob)?.toString('utf8') ?? ''))
  const blobs = open.length === 0 ? [] : writeTexts(run, texts)
  return open.map((file, index) => ({ ...file, blob: blobs[index] ?? file.blob }))
}

/** Entries of the index. Paths in conflict and intended additions (`git add -N`) are left out. */
function readIndex(run: GitRun, paths: string[]): GitFile[] {
  return chunksOf(paths).flatMap(chunk =>
    run.fields(['ls-files', '--stage', '-z', '--', ...chunk]).flatMap(field => {
      const [mode = '', blob = '', stage] = field.slice(0, field.indexOf('\t')).split(' ')
      return stage === '0' ? [{ path: field.slice(field.indexOf('\t') + 1), mode, blob }] : []
    }),
  )
}
