/** What measuring needs of the world: the commands of figures.yaml, and who accepted them. */

/** How a command ended. */
export interface ShellResult {
  /** Null when a signal ended it. */
  status: number | null
  stdout: string
  stderr: string
  /** `timeout`: it ran too long. `flood`: it printed more than may be held. Either way its process group was ended. */
  ended: 'itself' | 'timeout' | 'flood'
  /** Wall clock. */
  seconds: number
}

/** Runs commands that people wrote into figures.yaml, and nothing else. */
export interface Shell {
  /** Such as `linux-x64`: values of one machine are not those of another. */
  readonly platform: string
  /**
   * Runs a command line in the system's shell, in the repository's root and a process group of its own that is gone when this
   * resolves. The environment is the caller's without `LINEAR_*`. `limit` is bytes per stream.
   */
  run(command: string, options: { timeoutSeconds: number; limit: number }): Promise<ShellResult>
}

/** Which commands of figures.yaml a person on this machine has accepted for this repository; kept outside it. */
export interface TrustedCommands {
  has(digest: string): boolean
  /** Never throws OpsxError other than FILE_NOT_WRITTEN. */
  add(digests: string[]): void
}
