/** A delta spec and its upstream artifacts when the delta spec was last edited; digests are `sha256:` and hex. */
export interface UpstreamRecord {
  /** Digest of the delta spec. */
  spec: string
  /** Digest of each upstream artifact by name: `proposal.md`, `design.md`. Later versions may add names. */
  artifacts: ReadonlyMap<string, string>
  /** Why the spec is still valid although an artifact changed, as a person wrote it; null without such a reason. */
  reason: string | null
}

/**
 * Upstream artifacts that changed or disappeared while the delta spec did not change. An artifact that was created
 * later does not count.
 */
export function movedUpstream(recorded: UpstreamRecord, today: UpstreamRecord): string[] {
  if (recorded.spec !== today.spec) return []
  return [...recorded.artifacts].flatMap(([part, digest]) =>
    today.artifacts.get(part) === digest ? [] : [part],
  )
}

/** The record to store: today's after an edit of the delta spec, else the old one with artifacts created since. */
export function planUpstreamRecord(recorded: UpstreamRecord | null, today: UpstreamRecord): UpstreamRecord {
  if (recorded === null || recorded.spec !== today.spec) return today
  return { ...recorded, artifacts: new Map([...today.artifacts, ...recorded.artifacts]) }
}

/** The record after a person confirmed that the delta spec is still valid; unchanged when no artifact changed. */
export function confirmedUpstreamRecord(
  recorded: UpstreamRecord,
  today: UpstreamRecord,
  reason: string,
): UpstreamRecord {
  return movedUpstream(recorded, today).length === 0 ? recorded : { ...today, reason }
}
