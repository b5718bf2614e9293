/**
 * Digests of everything that a verify report depends on: `sha256:` and hex. They do not depend
 * on commits, so a squash, a rebase or a shallow clone changes nothing.
 */
export interface Evidence {
  /** Version of opsx. */
  tool: string
  /** HEAD when the report was written; information only, never compared. */
  commit: string | null
  /** Digest of the artifacts of the change; `artifactDigest` lists what is left out. */
  artifacts: string
  /** Digest of proposal and design, the upstream artifacts of delta specs. */
  upstream: string
  /** Digest of the delta specs. */
  specs: string
  /** Digest of the files in `paths`; null outside git and when no merge base is found. */
  code: string | null
  /** Digest of the measured values of the figures that the artifacts bind; null when they bind none. */
  figures: string | null
  /** The files that `code` covers, sorted: those that the branch touches. */
  paths: string[]
  /** Sorted codes of the critical findings. */
  criticals: string[]
}

export type EvidencePart = 'artifacts' | 'code' | 'figures'

/**
 * The parts that changed after the report was written, worst first. A part that is null on one side is not compared, so
 * a shallow clone makes no report out of date.
 */
export function changedEvidence(recorded: Evidence, today: Pick<Evidence, EvidencePart>): EvidencePart[] {
  return (['artifacts', 'code', 'figures'] as const).filter(
    part => recorded[part] !== null && today[part] !== null && recorded[part] !== today[part],
  )
}
