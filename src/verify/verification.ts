import type { FigureRow } from '../figures/judging/judge-change-figures.ts'
import type { Finding } from '../findings/finding.ts'
import type { TrackedChange } from '../ledger/ledger.ts'
import type { Evidence } from './evidence/evidence.ts'

/** Subjects of rules. */
export const DIMENSIONS = ['completeness', 'correctness', 'coherence', 'implementation', 'ledger'] as const

export type Dimension = (typeof DIMENSIONS)[number]

export type VerifyDecision = 'pass' | 'warn' | 'fail'

/** A finding with its severity in review, and the dimension of its rule. */
export interface Judged {
  dimension: Dimension
  finding: Finding
  /** The recorded reason of an accepted suggestion or deferral, which does not count; null for a finding that counts. */
  accepted: string | null
}

/** Commits and files that belong to the branch of a change. */
export interface CommitRange {
  /** Full SHA of the merge base, or of the commit that added the change; `to` is HEAD. */
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
  state: 'synced' | 'pending'
  notes: string
}

/** The result for one change; everything that `opsx verify` reports about it. */
export interface Judgment {
  change: TrackedChange
  /** All findings, worst first, then by file and line. */
  judged: Judged[]
  /** Leaves out the dimension `ledger`. Syncing the decision changes the ledger, which must not change the decision. */
  decision: VerifyDecision
  /** The findings to report, with their severities in the phase of the change. */
  findings: Finding[]
  /** False when there is nothing to verify yet: no commit of its own, or no checked task. */
  ready: boolean
  signals: Signals | null
}

/** A judgment with all that verify.md is rendered from. */
export interface Verification extends Judgment {
  /** Evidence computed in this run. */
  evidence: Evidence
  deltas: DeltaState[]
  /** One per figure that the artifacts bind; empty for a change that has ended. */
  figures: FigureRow[]
  /** The base.lock.json files to write, with their new text. */
  baseLocks: { path: string; text: string }[]
}

/** Findings about the report itself. A report that contained them would be out of date once it is written again. */
export const ABOUT_THE_REPORT: ReadonlySet<string> = new Set(['verify/stale'])

/** Findings that may count towards the decision. */
export function countingOf(judged: Judged[]): Judged[] {
  return judged.filter(({ finding }) => !ABOUT_THE_REPORT.has(finding.code))
}

/** Numbers of findings by severity, and of accepted findings (`carried`). */
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

/** FAIL for a critical, PASS WITH WARNINGS for a warning, else PASS. */
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
