/**
 * What a verdict rests on (CLI.md "evidence block"). Digests are `sha256:` and hex; equal digests mean that nothing
 * the verdict rests on has changed, whatever happened to the commits (squash, rebase, shallow clone).
 */
export interface Evidence {
  /** Version of opsx. */
  tool: string
  /** HEAD when the report was written; information only, never compared. */
  commit: string | null
  /** Of the change's artifacts, LF line ends; verify.md, retrospective.md, measurements.md and every key of opsx in the frontmatter left out. */
  artifacts: string
  /** Of what the delta specs rest on, proposal and design, and of the delta specs themselves; told apart to see which moved. */
  upstream: string
  specs: string
  /** Of the code touched since the merge base, also when that is none; null when git cannot say. */
  code: string | null
  /** Of the values in the lock of the figures that the artifacts bind; null when they bind none. */
  figures: string | null
  /** The files that `code` covers, sorted. */
  paths: string[]
  /** Sorted codes of the critical findings. */
  criticals: string[]
}
