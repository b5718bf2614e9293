import type { FigureRow } from '../figures/judging/judge-change-figures.ts'
import type { Finding } from '../findings/finding.ts'
import type { TrackedChange } from '../ledger/ledger.ts'
import type { Evidence } from './evidence/evidence.ts'

/** What a rule is about (CLI.md "Verify: dimensions and rules"). */
export const DIMENSIONS = ['completeness', 'correctness', 'coherence', 'implementation', 'ledger'] as const

export type Dimension = (typeof DIMENSIONS)[number]

export type VerifyDecision = 'pass' | 'warn' | 'fail'

/** A finding with the dimension of the rule that raised it, at the severity it has in review. */
export interface Judged {
  dimension: Dimension
  finding: Finding
  /** Why it does not count although it stands: the recorded reason of a carried suggestion or a deferral. */
  accepted: string | null
}

/** Commits and files that belong to the branch of a change. */
export interface CommitRange {
  /** Full SHAs: the merge base (or the commit that added the change) and HEAD. */
  from: string
  to: string
  count: number
}

/** What is known of the implementation; null parts where git cannot say. */
export interface Signals {
  /** Paths with work of people that is not committed, the whole repository, relative to the workspace root; what opsx itself writes is none. */
  uncommitted: string[]
  /** Commits of HEAD that its upstream does not have; null without an upstream. */
  unpushed: number | null
  commits: CommitRange | null
  /** Files outside `openspec/` touched by those commits. */
  code: string[]
}

/** One row per capability that the change touches. */
export interface DeltaState {
  capability: string
  /** `synced`: the main spec already says what the delta asks for. */
  state: 'synced' | 'pending' | 'n/a'
  notes: string
}

/** The verdict of one change: reports are made from this alone. */
export interface Judgment {
  change: TrackedChange
  /** All that was found, worst first, then by place; ledger and board matters included. */
  judged: Judged[]
  /** Computed with the severities of review, without ledger and board findings, so that it cannot oscillate. */
  decision: VerifyDecision
  /** What the run reports: severities by phase. */
  findings: Finding[]
  /** False when there is nothing to verify yet: no commit of its own, or no ticked box. */
  ready: boolean
  /** Why not, in one clause; empty when ready. */
  unready: string
  signals: Signals | null
}

/** A verdict that verify.md can be made from. */
export interface Verification extends Judgment {
  /** Of today. */
  evidence: Evidence
  deltas: DeltaState[]
  /** One per figure that its artifacts bind; none for what has ended. */
  figures: FigureRow[]
  /** The base.lock.json files that change, with their new text. */
  baseLocks: { path: string; text: string }[]
}

/** Findings about the report itself: one that told of its own age would never settle. */
export const ABOUT_THE_REPORT: ReadonlySet<string> = new Set(['verify/stale'])

/** What the decision may count. */
export function countingOf(judged: Judged[]): Judged[] {
  return judged.filter(({ finding }) => !ABOUT_THE_REPORT.has(finding.code))
}

/** How many findings of a severity count towards the decision, and how many are carried. */
export interface Counts {
  critical: number
  warning: number
  suggestion: number
  carried: number
}

export function countsOf(judged: Judged[]): Counts {
  const counting = judged.filter(({ dimension }) => dimension !== 'ledger')
  const count = (severity: Finding['severity']) =>
    counting.filter(({ finding, accepted }) => accepted === null && finding.severity === severity).length
  return {
    critical: count('critical'),
    warning: count('warning'),
    suggestion: count('suggestion'),
    carried: counting.filter(({ accepted }) => accepted !== null).length,
  }
}

/** FAIL for a critical, PASS WITH WARNINGS for a warning, else PASS (CLI.md). */
export function decisionOf(judged: Judged[]): VerifyDecision {
  const { critical, warning } = countsOf(judged)
  if (critical > 0) return 'fail'
  return warning > 0 ? 'warn' : 'pass'
}

/** As much of a decision as a report shows; the rest of a thousand changes is not kept. */
export type Verified = Pick<Judgment, 'decision' | 'ready' | 'findings' | 'judged'> & {
  change: Pick<Judgment['change'], 'name' | 'phase'>
}

export function verifiedOf({
  change: { name, phase },
  decision,
  ready,
  findings,
  judged,
}: Verified): Verified {
  return { change: { name, phase }, decision, ready, findings, judged }
}
