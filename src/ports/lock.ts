/** A process that has the lock, or that started an archive. */
export interface Holder {
  pid: number
  host: string
  /** ISO 8601, UTC. */
  since: string
  /** Start of the process in clock ticks since boot, to recognize a reused pid. Null on other systems than Linux. */
  processStart: string | null
  /** Unique for each time that the lock is taken. */
  token: string
}

/** A file of opsx itself, in a place that no clone brings along. */
export interface StateFile {
  /** Absolute. */
  readonly path: string
  /** Undefined when there is no such file. */
  read(): string | undefined
  /** Replaces it atomically. */
  write(text: string): void
  remove(): void
}

/** Allows one run at a time per repository, worktrees included. */
export interface RunLock {
  /** Takes the lock or throws OpsxError LOCKED. The returned function releases it. */
  acquire(): () => void
  /** The same, but waits up to a minute for another run to end. */
  wait(): Promise<() => void>
  /** The journal of an archive in this working tree. */
  readonly journal: StateFile
  /** This process. */
  self(): Holder
  /** True when the process has ended, and for a process of another host after a day. */
  isStale(holder: Holder): boolean
}
