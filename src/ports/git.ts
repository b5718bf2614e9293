import type { Workspace } from './workspace.ts'

/** What git knows about this checkout. Paths are relative to the workspace root. */
export interface GitFacts {
  /** Current branch; null on a detached head. */
  branch: string | null
  /** Commit of HEAD; null before the first commit. */
  head: string | null
  /** Name of the default branch, without remote; null when it is unknown. */
  defaultBranch: string | null
  /**
   * `default`: the default branch (or its tip, detached), or a repository without remote and without another branch.
   * `branch`: another branch whose own commits are known. `other`: owns no change, for `reason`.
   */
  role: 'default' | 'branch' | 'other'
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

/** The texts of an unmerged file; null where a side has none. */
export type StagedVersions = Record<'base' | 'ours' | 'theirs', string | null>

/** Three texts to merge, and what to call two of them behind the markers of a conflict. */
export interface MergeVersions {
  base: string
  ours: string
  theirs: string
  labels: { ours: string; theirs: string }
}

export interface Git {
  /** Undefined when the workspace is in no git repository. */
  facts(changesDirectory: string): GitFacts | undefined
  /** Undefined outside a repository or before the first commit. */
  signals(): GitSignals | undefined
  /**
   * Facts and signals from one read of the checkout, without the history of the changes; undefined in no git repository.
   * `within` is the directory of one change: `merged`, `dirty` and `uncommitted` then cover that change alone, which
   * spares git a look at every file of the workspace.
   */
  survey(changes: string, within?: string): Promise<GitSurvey | undefined>
  /**
   * Commits since the oldest that added a file at or below a path, that one included, with its full SHA, merges not
   * counted; null when no commit did, or when it is beyond the edge of a shallow clone.
   */
  since(path: string): { commit: string; count: number } | null
  /** Blob ids (SHA-1) of files as they are on disk, text with LF line ends, links as the path they hold; null for no file. */
  hashFiles(paths: string[]): (string | null)[]
  /** The merge drivers that `.gitattributes` sets for these files; `configured` when this clone has the command. */
  mergeDrivers(paths: string[]): MergeDriver[]
  /** Merge base of HEAD and a branch, tag or commit, as full SHA; null when there is none, or the clone does not reach it. */
  mergeBase(ref: string): string | null
  /**
   * The files of a commit as a read-only workspace; undefined when the ref is unknown here. Files below
   * `directory` are fetched in few processes, others one by one.
   */
  workspaceAt(ref: string, directory: string): Workspace | undefined
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
