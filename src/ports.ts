/** What touches the world, as narrow interfaces. Adapters implement them; only context.ts constructs them. */

export type * from './ports/board.ts'

/** The files of one repository. Paths are relative to `root` with forward slashes; none leaves the root. */
export interface Workspace {
  /** Absolute path of the directory that holds `openspec/`. */
  readonly root: string
  /** Entries of a directory in code-unit order; empty when it does not exist. Symbolic links out of the root are left out. */
  list(directory: string): WorkspaceEntry[]
  /** UTF-8 text, BOM included, or undefined when there is no such file. */
  read(path: string): string | undefined
  /** True when nothing is at a path, or nothing that may be looked at. Says it faster than a listing does; false promises nothing. */
  lacks(path: string): boolean
  /** SHA-256 of a file's bytes, text with LF line ends, as hex; undefined when there is no such file. */
  digest(path: string): string | undefined
  /** Opaque text that changes when a file is written; undefined when there is no such file. */
  stamp(path: string): string | undefined
  /** Replaces a file atomically (temporary file in the same directory, rename); creates missing directories. */
  write(path: string, text: string): void
  /** Moves a directory or file; the target must not exist. */
  move(from: string, to: string): void
  /**
   * Puts the file `from` in the place of `to` (null: takes `to` away), so that no reader ever finds `to` half there.
   * What stood there is kept as `keep`. Needs no space on the disk, which makes it possible to go back when there is none.
   */
  replace(swap: { from: string | null; to: string; keep: string }): void
  /** Removes a file, or a directory with all that is in it; nothing happens when there is none. */
  remove(path: string): void
  /** Removes a directory that nothing at all is in; nothing happens otherwise. */
  removeEmpty(directory: string): void
}

export interface WorkspaceEntry {
  name: string
  directory: boolean
}

/** What git knows about this checkout. Paths are relative to the workspace root. */
export interface GitFacts {
  /** Current branch; null on a detached head. */
  branch: string | null
  /** Commit of HEAD; null before the first commit. */
  head: string | null
  /** Name of the default branch, without remote; null when it cannot be told. */
  defaultBranch: string | null
  /**
   * `default`: the default branch (or its tip, detached), or a repository without remote and without another branch.
   * `branch`: another branch whose own commits are known. `other`: may not speak for anything, `reason` says why.
   */
  standing: 'default' | 'branch' | 'other'
  /** One clause for `standing: other`, else empty. */
  reason: string
  /** Files under the changes directory touched by commits of this branch that the default branch does not have. */
  touched: string[]
  /** Change directories at the tip of the default branch (remote-tracking when there is one), e.g. `openspec/changes/archive/2026-01-02-x`. */
  merged: string[]
  /** Files under the changes directory that differ from HEAD, untracked ones included. */
  dirty: string[]
}

/** What git knows about the work on this checkout, for verification. Paths are relative to the workspace root. */
export interface GitSignals {
  /** Files with uncommitted changes, untracked ones included. */
  uncommitted: string[]
  /** Commits of HEAD that its upstream does not have; null without an upstream. */
  unpushed: number | null
  head: string
  /**
   * Merge base with the default branch; null on the default branch itself (or an old commit of it, detached), or when
   * the history does not reach it.
   */
  base: string | null
  /** Commits since `base`, merges not counted; null without one. */
  commits: number | null
  /** Files that HEAD holds otherwise than `base`, removed ones included, sorted; empty without one. */
  touched: string[]
  /** True when a merge base must exist but the clone is too shallow to hold it. */
  shallow: boolean
}

export interface GitSurvey {
  facts: Omit<GitFacts, 'touched'>
  signals: GitSignals | undefined
  /**
   * Size on disk and blob id, as `12 0a1b…`, by path, of the regular files below a directory that are on disk as git's index
   * holds them; read when it is called.
   */
  unchanged(within: string): ReadonlyMap<string, string>
}

/** A file of opsx's own that may be gone at any time. Neither reading nor writing it ever fails a run. */
export interface CacheFile {
  read(): string | undefined
  write(text: string): void
}

/** A commit of ledger lines: `rewrite` turns the committed text of each path into the text to commit. */
export interface LedgerCommit {
  paths: string[]
  rewrite(path: string, text: string): string
  message: string
}

export interface PublishResult {
  /** Full SHA, or null when there was nothing to commit. */
  commit: string | null
  /** Paths left out, with the reason in one clause. */
  skipped: { path: string; reason: string }[]
  /** Branch that was pushed, or null. */
  pushed: string | null
  /** Commands for the person to run, when opsx could not (no `gh`). */
  commands: string[]
}

/** A merge driver that `.gitattributes` names for a file. */
export interface MergeDriver {
  path: string
  /** `union` is git's own; others are commands of the clone's configuration. */
  driver: string
  configured: boolean
}

export interface GitReader {
  /** Undefined when the workspace is in no git repository. */
  facts(changesDirectory: string): GitFacts | undefined
  /** Undefined outside a repository or before the first commit. */
  signals(): GitSignals | undefined
  /**
   * Both of one moment, while the caller goes on, without what takes git longest; undefined in no git repository.
   * `within`: the directory of the one change that `merged`, `dirty` and `uncommitted` are asked for, because looking
   * at every file of the workspace takes git longer than all else.
   */
  survey(changes: string, within?: string): Promise<GitSurvey | undefined>
  /**
   * Commits since the oldest that added a file at or below a path, that one included, with its full SHA, merges not
   * counted; null when no commit did, or when it is beyond the edge of a shallow clone.
   */
  since(path: string): { commit: string; count: number } | null
  /** Blob ids (SHA-1) of files as they are on disk, text with LF line ends, links as the path they hold; null for no file. */
  hashFiles(paths: string[]): (string | null)[]
  /** How `.gitattributes` has these files merged, where it says; `configured` tells whether this clone can. */
  mergeDrivers(paths: string[]): MergeDriver[]
  /** Merge base of HEAD and a branch, tag or commit, as full SHA; null when there is none, or the clone does not reach it. */
  mergeBase(ref: string): string | null
  /**
   * The files of a commit as a read-only workspace; undefined when the ref is unknown here. `directory` is what will
   * be read most, and comes in few processes; other files come one by one.
   */
  workspaceAt(ref: string, directory: string): Workspace | undefined
}

/** The texts of an unmerged file; null where a side has none. */
export type StagedVersions = Record<'base' | 'ours' | 'theirs', string | null>

/** Three texts to merge, and what to call two of them behind the markers of a conflict. */
export interface MergeVersions {
  base: string
  ours: string
  theirs: string
  labels: { ours: string; theirs: string }
}

export interface Git extends GitReader {
  /** The versions of a file that git could not merge, from its index; undefined for any other file. */
  stages(path: string): StagedVersions | undefined
  /** git's own merge of texts, with its markers where both sides changed the same place. */
  mergeTexts(versions: MergeVersions): string
  /** One commit on the current branch that holds the ledger lines alone; other edits of the same files stay uncommitted. */
  commitLedger(commit: LedgerCommit): PublishResult
  /** The same, then pushed to the upstream branch; retried on top of a moved upstream. */
  pushLedger(commit: LedgerCommit): PublishResult
  /** What the commit on `opsx/ledger` holds of the files it changes, as the remote has it now; empty without that branch. */
  proposedLedger(): { path: string; text: string }[]
  /** The same on a rolling `opsx/ledger` branch cut from the default branch, with a pull request. */
  proposeLedger(commit: LedgerCommit): PublishResult
}

/** A process that holds the lock, or that began something which has to be finished. */
export interface Holder {
  pid: number
  host: string
  /** ISO 8601, UTC. */
  since: string
  /** Start of the process in clock ticks since boot (Linux), against reused pids; null elsewhere. */
  processStart: string | null
  /** Names this very holding. */
  token: string
}

/** One run at a time per repository, worktrees included. */
export interface RunLock {
  /** Takes the lock or throws OpsxError LOCKED; the returned function releases it. */
  acquire(): () => void
  /** The same, but waits until another run has ended, for a minute at most. */
  wait(): Promise<() => void>
  /** This process. */
  self(): Holder
  /** True when the process has ended, or ran on another host a day ago. */
  isStale(holder: Holder): boolean
}

export interface Clock {
  now(): Date
}

export interface Terminal {
  /** Columns of the terminal; 80 when unknown. */
  readonly columns: number
  readonly color: boolean
  /** False with an ASCII-only locale. */
  readonly unicode: boolean
  /** True when a person can be asked. */
  readonly interactive: boolean
  out(text: string): void
  err(text: string): void
  /** A progress line on standard error, replaced by the next; shown only on a terminal. `''` clears it. */
  progress(text: string): void
  ask(question: string): Promise<string>
}
