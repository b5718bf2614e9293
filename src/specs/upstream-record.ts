/** What a delta spec rested on when it was last changed; digests are `sha256:` and hex. */
export interface UpstreamRecord {
  /** Of the delta spec itself. */
  spec: string
  /** Of each part that was there, by name: `proposal.md`, `design.md`. Whatever else a spec rests on joins by a name of its own. */
  upstream: ReadonlyMap<string, string>
  /** Why the spec holds although a part moved, in the words of who said so; null when nobody had to. */
  holds: string | null
}

/**
 * Parts that moved while the delta spec stood still (CLI.md "artifact/upstream-changed"). A part that was not there
 * when the spec was written is nothing it rests on; one that has gone since has moved.
 */
export function movedUpstream(remembered: UpstreamRecord, today: UpstreamRecord): string[] {
  if (remembered.spec !== today.spec) return []
  return [...remembered.upstream].flatMap(([part, digest]) =>
    today.upstream.get(part) === digest ? [] : [part],
  )
}

/** What is to be remembered: of today when the spec was changed, else what it rested on then, and the parts that came since. */
export function planUpstreamRecord(remembered: UpstreamRecord | null, today: UpstreamRecord): UpstreamRecord {
  if (remembered === null || remembered.spec !== today.spec) return today
  return { ...remembered, upstream: new Map([...today.upstream, ...remembered.upstream]) }
}

/** The same once a person has said that the spec holds as it is; where nothing moved there was nothing to say. */
export function confirmedUpstreamRecord(
  remembered: UpstreamRecord,
  today: UpstreamRecord,
  holds: string,
): UpstreamRecord {
  return movedUpstream(remembered, today).length === 0 ? remembered : { ...today, holds }
}
