/** A process that holds the lock, or that began something which has to be finished. */
export interface Holder {
  pid: number
  host: string
  /** ISO 8601, UTC. */
  since: string
  /** Start of the process in clock ticks since boot (Linux), against reused pids; null elsewhere. */
  processStart: string | null
  /** Names this very holding. */
  token: string
}

/** One run at a time per repository, worktrees included. */
export interface RunLock {
  /** Takes the lock or throws OpsxError LOCKED; the returned function releases it. */
  acquire(): () => void
  /** The same, but waits until another run has ended, for a minute at most. */
  wait(): Promise<() => void>
  /** This process. */
  self(): Holder
  /** True when the process has ended, or ran on another host a day ago. */
  isStale(holder: Holder): boolean
}
