import type { Finding } from '../findings/finding.ts'
import type { Frontmatter } from '../markdown/parse-frontmatter.ts'

/** How a change is tied to a Linear issue. Strings are as the file spells them; null is absent or a placeholder. */
export interface Binding {
  /** `link` is weak: shown, never written to. */
  source: 'frontmatter' | 'change-file' | 'link' | 'none'
  /** Issue UUID. */
  id: string | null
  /** Such as `CAM-15`. */
  identifier: string | null
  url: string | null
  title: string | null
  team: string | null
  project: string | null
  /** Random id written at bind, from which comment ids are derived. */
  changeId: string | null
  /** The file that holds the binding, relative to the root; null without one. */
  file: string | null
}

export type TaskStatus = 'open' | 'done' | 'deferred' | 'dropped'

export interface TaskBox {
  /** Such as `1.2` or `4.3c`; null when the task has none. */
  id: string | null
  text: string
  status: TaskStatus
  /** The text between the brackets. */
  marker: string
  /** Index of the first character between the brackets in the file's text. */
  offset: number
  /** 1-based. */
  line: number
  /** Columns of white space before the list marker; a tab counts to the next multiple of four. */
  indent: number
  /** True when the next box is deeper. */
  parent: boolean
}

export interface TaskCount {
  done: number
  total: number
}

export interface Tasks {
  file: string
  boxes: TaskBox[]
  all: TaskCount
  leaf: TaskCount
  deferred: number
  dropped: number
}

export type Decision = 'pass' | 'warn' | 'fail' | 'undecided' | 'none'

export interface VerifyReport {
  /** File name within the change, null when there is none. */
  file: string | null
  decision: Decision
  /** 1-based line of the deciding text. */
  line: number | null
  /** Identifies the verdict (`verdictDigest`); null without a file. */
  digest: string | null
}

export interface Proposal {
  path: string
  text: string
  frontmatter: Frontmatter
  /** True when there is text beyond frontmatter, comments and the template. */
  hasContent: boolean
}

/** A change directory as read, before its ledger is considered. */
export interface Change {
  /** Without the archive's date. */
  name: string
  /** Relative to the root, e.g. `openspec/changes/archive/2026-01-02-add-login`. */
  directory: string
  archived: boolean
  /** Name of the workflow schema, null when nothing says. */
  schema: string | null
  /** True when its proposal.md is in the archive and an active directory of the same name exists. */
  twin: boolean
  proposal: Proposal | null
  binding: Binding
  tasks: Tasks | null
  verifyReport: VerifyReport
  findings: Finding[]
}
