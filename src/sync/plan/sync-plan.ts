import type { Phase } from '../../change/states.ts'
import type { OpsxError } from '../../errors.ts'
import type { Finding } from '../../findings/finding.ts'
import type { NewEntry } from '../../ledger/append-ledger.ts'
import type { LedgerKey } from '../../ledger/ledger-keys.ts'
import type { MirrorAction } from '../mirror.ts'

export type LedgerKeys = Partial<Record<LedgerKey, string | number>>

/** Ledger lines to splice into a proposal once the effects before it have happened. */
export interface LedgerLines {
  entries: NewEntry[]
  keys: LedgerKeys
}

/**
 * One milestone of one change: effects in the order comment, move, describe, then the ledger.
 * Absent effects are null; a step with none records something that could not be tried.
 */
export interface Step {
  kind: 'transition' | 'requeue' | 'escalate' | 'describe' | 'mirror' | 'note' | 'identify'
  /** Canonical names; null for a step that is not a transition. */
  from: string | null
  to: string | null
  reason: string
  comment: { id: string; issueId: string; body: string } | null
  move: { issueId: string; from: string; to: string; stateId: string } | null
  describe: { issueId: string; text: string } | null
  /** Documents of a project (by slug) to write; `at` is for the ledger. A failure here does not stop later steps. */
  mirror: { project: string; actions: MirrorAction[]; at: string } | null
  /** Written when every effect happened; null for nothing to write. */
  record: LedgerLines | null
  /**
   * The entry for a failed effect, without its cause; null when the log already has it. `why` is a person's reason,
   * which the log would otherwise lose.
   */
  failure: (Omit<NewEntry, 'note' | 'at'> & { why?: string }) | null
}

export interface ChangePlan {
  change: string
  /** Path of the proposal with the ledger. */
  file: string
  issue: string | null
  steps: Step[]
}

/** What the plan still has to read from Linear before it can decide. */
export interface Needs {
  /** Issue UUIDs whose description, comments and history matter. */
  issues: string[]
  /** Ids of our own comments whose existence matters. */
  comments: string[]
  /** Documents of projects that an archived change is mirrored in. */
  documents?: MirrorNeed[]
}

/** Documents by id, and by title in a project (UUID or slugId). */
export interface MirrorNeed {
  project: string
  ids: string[]
  titles: string[]
}

/** True when something has still to be looked at. */
export function isNeedy({ issues, comments, documents = [] }: Needs): boolean {
  return issues.length + comments.length + documents.length > 0
}

/** Complete data: applying it adds nothing. */
export interface SyncPlan {
  /** The refusal of the workspace gate; then no change has steps. */
  gate: OpsxError | null
  changes: ChangePlan[]
  findings: Finding[]
  needs: Needs
}

export function transitionOf(from: Phase | string, to: Phase | string): string {
  return `${from}->${to}`
}
