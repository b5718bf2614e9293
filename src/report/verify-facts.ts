import type { Finding } from '../findings/finding.ts'

/** A finding as one run reports it: its severity is the one of the change's phase. */
export interface ReportedFinding {
  finding: Finding
  /** It exists at the reference of `--against` as well, so it does not gate. */
  preExisting: boolean
  /** It counts towards the exit code. */
  gates: boolean
  /** The recorded reason why it does not count although it stands; null when nobody gave one. */
  carried: string | null
}

/** One verified change. */
export interface VerifiedRow {
  change: string
  decision: 'pass' | 'warn' | 'fail'
  phase: string
  /** False while there is nothing to verify yet. */
  ready: boolean
  findings: ReportedFinding[]
}

/** What `opsx verify` has to say, in whatever format. */
export interface VerifyFacts {
  rows: VerifiedRow[]
  /** Findings that belong to no change. */
  repository: ReportedFinding[]
  /** Of opsx. */
  version: string
  /** The reference of `--against`; null without one. */
  against: string | null
}
