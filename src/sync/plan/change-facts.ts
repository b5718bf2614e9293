import type { Registry } from '../../change/registry/registry.ts'
import type { Phase } from '../../change/states.ts'
import type { Finding } from '../../findings/finding.ts'
import type { TrackedChange } from '../../ledger/ledger.ts'
import { timestampOf } from '../../ledger/timestamp.ts'
import type { GitFacts } from '../../ports/git.ts'
import type {
  IssueDetail,
  LinearComment,
  LinearData,
  LinearIssue,
  ProjectDocuments,
} from '../../ports/tracker.ts'
import type { MirrorSource } from '../mirror.ts'
import type { Ownership } from '../ownership.ts'
import { isRecorded } from '../recorded.ts'
import type { Workflow } from '../workflow.ts'
import { type Needs, type Step, transitionOf } from './sync-plan.ts'

/** Everything a plan is decided from. After it is taken, nothing reads. */
export interface Snapshot {
  registry: Registry
  /** The changes asked for, with every other change that shares an issue with one of them. */
  changes: TrackedChange[]
  /** Names that were asked for; plans are made for these alone. */
  selected: ReadonlySet<string>
  git: GitFacts | undefined
  /** Null when Linear could not be read: transitions are then recorded as failed. */
  linear: LinearData | null
  details: ReadonlyMap<string, IssueDetail>
  comments: ReadonlyMap<string, LinearComment>
  /** Description sections by change name; only for changes that may be described. */
  sections: ReadonlyMap<string, string>
  /** Main specs that an archived change touched, by change name; only for changes that may still be mirrored. */
  mirrors: ReadonlyMap<string, MirrorSource[]>
  /** By project as the registry spells its id; what the plan asked to see. */
  documents: ReadonlyMap<string, ProjectDocuments>
  /** Why `board` is null, in one clause. */
  outage: string
}

/** A person's own decision about one change; see planIntent. */
export interface Intent {
  change: string
  to: Extract<Phase, 'Canceled' | 'Duplicate' | 'In Progress'>
  /** What a reopening comes back from; else the state of record. */
  from?: Phase
  /** For the ledger. */
  note: string
}

export interface PlanOptions {
  now: Date
  intent?: Intent
  /** Write the description even when no digest shows that opsx owns a section (bind). */
  describe?: boolean
  /** Overwrite a section that another user edited. */
  force?: boolean
}

/** What decides about one change. */
export interface ChangeFacts {
  snapshot: Snapshot
  change: TrackedChange
  ownership: Ownership
  issue: LinearIssue | undefined
  workflow: Workflow | undefined
  /** Phase of the least advanced change on the issue. */
  target: Phase
  /** Issues that earlier steps of this plan move, with the phase they will then be in. */
  moved: Map<string, Phase>
  /** Digest of what earlier steps of this plan mirror, by project slug and capability. */
  mirrored: Map<string, string>
  options: PlanOptions
}

/** The same once the issue is known to exist and its team to be registered. */
export interface BoundFacts extends ChangeFacts {
  issue: LinearIssue
  workflow: Workflow
  /** State of record; null before the first one. */
  recorded: Phase | null
  /** Random or adopted id that comment ids are derived from. */
  changeId: string
}

export interface PlannedChange {
  steps: Step[]
  findings: Finding[]
  needs: Needs
}

export const NOTHING_NEEDED: Needs = { issues: [], comments: [] }

/** A step without effects in Linear. */
export function recordOnly(kind: Step['kind'], from: string | null, to: string | null): Step {
  return {
    kind,
    from,
    to,
    reason: '',
    comment: null,
    move: null,
    describe: null,
    mirror: null,
    record: null,
    failure: null,
  }
}

/** A transition that cannot be tried or does not apply, recorded as dropped once. */
export function dropped(facts: ChangeFacts, move: { from: Phase; to: Phase; note: string }): Step[] {
  const transition = transitionOf(move.from, move.to)
  if (isRecorded(facts.change.ledger, transition, 'dropped')) return []
  const entry = {
    at: timestampOf(facts.options.now),
    transition,
    outcome: 'dropped' as const,
    note: move.note,
  }
  return [
    {
      ...recordOnly('note', move.from, move.to),
      reason: move.note,
      record: { entries: [entry], keys: {} },
    },
  ]
}

export function maximumOf({ change, snapshot }: ChangeFacts): number {
  return change.ledger.maxReviewRounds ?? snapshot.registry.maxReviewRounds
}

export function placeOf(change: TrackedChange): { change: string; file?: string } {
  return change.proposal ? { change: change.name, file: change.proposal.path } : { change: change.name }
}

export function only(...findings: Finding[]): PlannedChange {
  return { steps: [], findings, needs: NOTHING_NEEDED }
}
