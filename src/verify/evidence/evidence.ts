/**
 * What a verify report depends on (CLI.md "evidence block"). Digests are `sha256:` and hex. Equal digests mean that
 * nothing changed since, whatever happened to the commits (squash, rebase, shallow clone).
 */
export interface Evidence {
  /** Version of opsx. */
  tool: string
  /** HEAD when the report was written; information only, never compared. */
  commit: string | null
  /** Of the artifacts of the change; see `artifactDigest` for what is left out. */
  artifacts: string
  /** Of proposal and design, the upstream artifacts of delta specs. */
  upstream: string
  /** Of the delta specs. */
  specs: string
  /** Of the files in `paths`; null when git does not know them. */
  code: string | null
  /** Of the measured values of the figures that the artifacts bind; null when they bind none. */
  figures: string | null
  /** The files that `code` covers, sorted: those that the branch touches. */
  paths: string[]
  /** Sorted codes of the critical findings. */
  criticals: string[]
}

export type EvidencePart = 'artifacts' | 'code' | 'figures'

/**
 * The parts that changed after the report was written, worst first. A part that one side does not know is not
 * compared, so a shallow clone makes no report out of date (CLI.md "verify/stale").
 */
export function changedEvidence(recorded: Evidence, today: Pick<Evidence, EvidencePart>): EvidencePart[] {
  return (['artifacts', 'code', 'figures'] as const).filter(
    part => recorded[part] !== null && today[part] !== null && recorded[part] !== today[part],
  )
}
