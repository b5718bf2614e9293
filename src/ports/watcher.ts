/** Tells when something below some directories of the workspace was saved. */
export interface Watcher {
  /** From now on these directories are watched, and no others; those that do not exist are passed over. */
  follow(directories: string[]): void
  /** Resolves when something was saved since the last call, and then nothing more for a moment: paths, sorted. */
  next(): Promise<string[]>
}
