import type { ArchiveFindingArgs } from './codes/archive.ts'
import type { FigureFindingArgs } from './codes/figures.ts'
import type { SetupFindingArgs } from './codes/setup.ts'
import type { SpecFindingArgs } from './codes/specs.ts'
import type { VerifyFindingArgs } from './codes/verify.ts'

/**
 * Findings are what opsx has to say about files and boards: data only, the sentence and the fix are in
 * report/messages.ts. A finding never stops a run.
 */
export type Severity = 'critical' | 'warning' | 'suggestion' | 'info'

/** Arguments of each finding code; report/messages.ts holds one message and one fix per key. */
export interface FindingArgs
  extends SpecFindingArgs,
    VerifyFindingArgs,
    FigureFindingArgs,
    ArchiveFindingArgs,
    SetupFindingArgs {
  'binding/unreadable': { reason: string }
  'binding/disagreement': { key: string; one: string; other: string }
  'binding/link-only': { identifier: string }
  'binding/team-unknown': { team: string }
  'binding/project-unknown': { project: string }
  'binding/shared-issue': { identifier: string; others: string }
  'change/archived-twin': { archive: string }
  'change/unreadable': { reason: string }
  'schema/unknown': { schema: string }
  'tasks/hidden-box': { where: string }
  'tasks/odd-marker': { marker: string }
  'verify/several-decisions': { decisions: string }
  'verify/unfilled': Record<never, never>
  'ledger/malformed': { reason: string }
  'ledger/unknown-outcome': { outcome: string }
  'ledger/states-differ': { recorded: string; bound: string }
  'ledger/unknown-state': { state: string }
  'ledger/closed-early': { identifier: string; state: string; who: string }
  'ledger/backward-time': { at: string; previous: string }
  'ledger/placeholder-time': { at: string }
  'ledger/illegal-transition': { transition: string }
  'ledger/record-mismatch': { recorded: string; posted: string }
  'ledger/over-maximum': { round: number; maximum: number }
  'ledger/conflict-markers': Record<never, never>
  'registry/mixed-dialects': Record<never, never>
  'registry/unreadable': { reason: string }
  'sync/read-only': { reason: string }
  'sync/parked': { round: number; maximum: number }
  'sync/uncommitted-verdict': { file: string }
  'sync/waits-for-merge': { branch: string }
  'sync/foreign-description': { identifier: string; who: string; diff: string }
}

export type FindingCode = keyof FindingArgs

export interface Finding<C extends FindingCode = FindingCode> {
  code: C
  severity: Severity
  args: FindingArgs[C]
  /** Name of the change concerned. */
  change?: string
  /** Path relative to the repository root, with forward slashes. */
  file?: string
  /** 1-based. */
  line?: number
  /** 1-based. */
  column?: number
}

/** Builds a finding; keeps `code` and `args` of one kind together for the type checker. */
export function finding<C extends FindingCode>(
  code: C,
  severity: Severity,
  args: FindingArgs[C],
  place: Pick<Finding, 'change' | 'file' | 'line' | 'column'> = {},
): Finding<C> {
  return { code, severity, args, ...place }
}
