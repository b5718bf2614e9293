/** How a command ended. */
export interface ShellResult {
  /** Null when a signal ended it. */
  status: number | null
  stdout: string
  stderr: string
  /** `timeout`: it ran too long. `flood`: it printed more than `limit`. In both cases its process group was killed. */
  ended: 'itself' | 'timeout' | 'flood'
  /** Elapsed time. */
  seconds: number
}

/** Runs the commands of figures.yaml. */
export interface Shell {
  /** Operating system and processor, such as `linux-x64`. Measured values depend on it. */
  readonly platform: string
  /**
   * Runs a command line in the system's shell, in the repository's root. All processes of the command have ended when the
   * promise resolves. The environment is that of opsx without `LINEAR_*`. `limit` is in bytes per stream.
   */
  run(command: string, options: { timeoutSeconds: number; limit: number }): Promise<ShellResult>
}

/** The commands of figures.yaml that the user of this machine accepted. Stored outside the repository. */
export interface TrustedCommands {
  has(digest: string): boolean
  /** Throws FILE_NOT_WRITTEN. */
  add(digests: string[]): void
}
