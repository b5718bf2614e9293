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
  /** Why it does not count: the recorded reason of an accepted suggestion or a deferral. Null when it counts. */
  accepted: string | null
}

/** Commits and files that belong to the branch of a change. */
export interface CommitRange {
  /** Full SHAs: the merge base (or the commit that added the change) and HEAD. */
  from: string
  to: string
  count: number
}

/** The implementation as git shows it. */
export interface Signals {
  /** Uncommitted files of the whole repository, relative to the workspace root, without files that opsx wrote. */
  uncommitted: string[]
  /** Number of commits of HEAD that its upstream lacks; null without an upstream. */
  unpushed: number | null
  /** Null when they cannot be found. */
  commits: CommitRange | null
  /** Files outside `openspec/` touched by those commits. */
  code: string[]
}

/** One row per capability that the change touches. */
export interface DeltaState {
  capability: string
  /** `synced`: the main spec already contains the delta. */
  state: 'synced' | 'pending' | 'n/a'
  notes: string
}

/** The result for one change; everything that `opsx verify` reports about it. */
export interface Judgment {
  change: TrackedChange
  /** All findings, worst first, then by place. Includes the dimension `ledger`. */
  judged: Judged[]
  /** Uses review severities and leaves out `ledger`; otherwise writing it could change it again. */
  decision: VerifyDecision
  /** The findings to report, with their severities in the phase of the change. */
  findings: Finding[]
  /** False when there is nothing to verify yet: no commit of its own, or no checked task. */
  ready: boolean
  signals: Signals | null
}

/** A judgment with all that verify.md is rendered from. */
export interface Verification extends Judgment {
  /** Of today. */
  evidence: Evidence
  deltas: DeltaState[]
  /** One per figure that the artifacts bind; empty for a change that has ended. */
  figures: FigureRow[]
  /** The base.lock.json files to write, with their new text. */
  baseLocks: { path: string; text: string }[]
}

/** Findings about the report itself. A report that listed its own age would be out of date as soon as it is written. */
export const ABOUT_THE_REPORT: ReadonlySet<string> = new Set(['verify/stale'])

/** What the decision may count. */
export function countingOf(judged: Judged[]): Judged[] {
  return judged.filter(({ finding }) => !ABOUT_THE_REPORT.has(finding.code))
}

/** Numbers of findings that count towards the decision, and of accepted ones (`carried`). */
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

/** The part of a judgment that is reported. The rest is dropped to save memory when a run judges 1,000 changes. */
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
