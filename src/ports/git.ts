import type { Workspace } from './workspace.ts'

/** The state of this checkout in git. Paths are relative to the workspace root. */
export interface GitFacts {
  /** Current branch. Null on a detached HEAD. */
  branch: string | null
  /** Commit of HEAD. Null before the first commit. */
  head: string | null
  /** Name of the default branch, without the remote's name. Null when it is unknown. */
  defaultBranch: string | null
  /**
   * `default`: the default branch, a detached HEAD at its tip, or the only branch of a repository without remote.
   * `branch`: another branch. `other`: this checkout owns no change, for `reason`.
   */
  role: 'default' | 'branch' | 'other'
  /** One clause for the role `other`, else empty. */
  reason: string
  /** Files under the changes directory that commits of this branch changed and the default branch does not have. */
  touched: string[]
  /** Change directories at the tip of the default branch, e.g. `openspec/changes/archive/2026-01-02-x`. */
  merged: string[]
  /** Files under the changes directory that differ from HEAD, untracked ones included. */
  dirty: string[]
}

/** The work on this checkout, for verification. Paths are relative to the workspace root. */
export interface GitSignals {
  /** Files with uncommitted changes, untracked ones included. */
  uncommitted: string[]
  /** Commits of HEAD that its upstream does not have. Null without an upstream. */
  unpushed: number | null
  head: string
  /**
   * Merge base with the default branch. Null on the default branch, on a detached HEAD at one of its commits, and when
   * the merge base is not in this clone.
   */
  base: string | null
  /** Commits since `base`, without merges. Null without `base`. */
  commits: number | null
  /** Files that differ between `base` and HEAD, deleted ones included, sorted. Empty without `base`. */
  touched: string[]
  /** True when the clone is shallow and does not contain the merge base. */
  shallow: boolean
}

export interface GitSurvey {
  facts: Omit<GitFacts, 'touched'>
  signals: GitSignals | undefined
}

/** A commit of ledger lines. `rewrite` returns the text to commit for the committed text of a path. */
export interface LedgerCommit {
  paths: string[]
  rewrite(path: string, text: string): string
  message: string
}

export interface PublishResult {
  /** Full SHA. Null when there was nothing to commit. */
  commit: string | null
  /** Paths that are not in the commit, with the reason in one clause. */
  skipped: { path: string; reason: string }[]
  /** The branch that was pushed; null without one. */
  pushed: string | null
  /** Commands that the user has to run, because opsx could not, e.g. without `gh`. */
  commands: string[]
}

/** A merge driver that `.gitattributes` names for a file. */
export interface MergeDriver {
  path: string
  /** `union` is part of git. Other drivers are commands in the clone's configuration. */
  driver: string
  /** True when this clone has the command of the driver. */
  configured: boolean
}

/** The texts of an unmerged file. Null for a side without the file. */
export type StagedVersions = Record<'base' | 'ours' | 'theirs', string | null>

/** Three texts to merge, and the labels for conflict markers. */
export interface MergeVersions {
  base: string
  ours: string
  theirs: string
  labels: { ours: string; theirs: string }
}

export interface Git {
  /** Undefined outside a repository. */
  facts(changesDirectory: string): GitFacts | undefined
  /** Undefined outside a repository or before the first commit. */
  signals(): GitSignals | undefined
  /**
   * Facts and signals together, without `touched`. Undefined outside a repository. `within` is the directory of one
   * change: `merged`, `dirty` and `uncommitted` then cover that change only, which is faster.
   */
  survey(changes: string, within?: string): Promise<GitSurvey | undefined>
  /**
   * The oldest commit that added a file at or below a path (full SHA), and the number of commits from it to HEAD, without
   * merges. Null when there is no such commit in this clone.
   */
  since(path: string): { commit: string; count: number } | null
  /** Blob ids (SHA-1) of files on disk: text with LF line ends, links as the path in them. Null without a file. */
  hashFiles(paths: string[]): (string | null)[]
  /** The merge drivers that `.gitattributes` sets for these files. */
  mergeDrivers(paths: string[]): MergeDriver[]
  /** Merge base (full SHA) of HEAD and a branch, tag or commit. Null when there is none in this clone. */
  mergeBase(ref: string): string | null
  /**
   * The files of a commit as a read-only workspace. Undefined when the ref is unknown in this clone. One process reads
   * all files below `directory`; other files are read one by one.
   */
  workspaceAt(ref: string, directory: string): Workspace | undefined
  /** The three versions of an unmerged file, from git's index. Undefined for any other file. */
  stages(path: string): StagedVersions | undefined
  /** git's own merge of texts, with conflict markers where both sides changed the same lines. */
  mergeTexts(versions: MergeVersions): string
  /** Commits only the ledger lines, on the current branch. Other edits of the same files stay uncommitted. */
  commitLedger(commit: LedgerCommit): PublishResult
  /** Commits the ledger lines on top of the upstream branch and pushes them. Retries when the upstream changed. */
  pushLedger(commit: LedgerCommit): PublishResult
  /** The files that the commit on the remote's `opsx/ledger` changes. Empty without that branch. */
  proposedLedger(): { path: string; text: string }[]
  /** Commits the ledger lines on top of the default branch, pushes them to `opsx/ledger` and opens a pull request. */
  proposeLedger(commit: LedgerCommit): PublishResult
}
