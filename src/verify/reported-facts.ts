import type { Finding, Severity } from '../findings/finding.ts'
import { isAtLeast } from './order.ts'
import { preExistingOf } from './pre-existing.ts'
import type { VerifyOutcome } from './run-verify.ts'
import type { VerifyDecision } from './verification.ts'

/** A finding as reported, with its severity in the phase of the change. */
export interface ReportedFinding {
  finding: Finding
  /** The reference of `--against` has the finding too, so it does not fail the run. */
  preExisting: boolean
  /** The finding fails the run. */
  gates: boolean
  /** The recorded reason of an accepted finding, which does not count; null for one that counts. */
  accepted: string | null
}

/** One verified change. */
export interface VerifiedRow {
  change: string
  decision: VerifyDecision
  phase: string
  /** False when there is nothing to verify yet. */
  ready: boolean
  findings: ReportedFinding[]
}

/** What `opsx verify` reports, in every format. */
export interface ReportedFacts {
  rows: VerifiedRow[]
  /** Findings that belong to no change. */
  repository: ReportedFinding[]
  /** Version of opsx. */
  version: string
  /** The reference of `--against`; null without a comparison. */
  against: string | null
}

/** Marks the findings that fail the run. `version`: the version of opsx. */
export function reportedFacts(
  version: string,
  { verified, repository, against }: VerifyOutcome,
  { failOn, strict }: { failOn?: Severity; strict?: boolean },
): ReportedFacts {
  const threshold = failOn ?? (strict ? 'warning' : 'critical')
  const all = [...verified.flatMap(({ findings }) => findings), ...repository]
  const known = against?.known ? preExistingOf(all, against.known) : new Set()
  const blind = against !== null && against.known === null && strict !== true
  const report = (finding: Finding, accepted: string | null = null): ReportedFinding => {
    const preExisting = known.has(finding)
    const counts = !preExisting && accepted === null && !blind
    return {
      finding,
      preExisting,
      accepted,
      gates: counts && isAtLeast(finding.severity, threshold),
    }
  }
  return {
    rows: verified.map(({ change, decision, ready, findings, judged }) => ({
      change: change.name,
      decision,
      phase: change.phase,
      ready,
      findings: [
        ...findings.map(finding => report(finding)),
        ...judged.flatMap(({ finding, accepted }) => (accepted === null ? [] : [report(finding, accepted)])),
      ],
    })),
    repository: repository.map(finding => report(finding)),
    version,
    against: against?.known ? against.ref : null,
  }
}
