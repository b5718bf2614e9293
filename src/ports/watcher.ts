/** Reports files that were saved in some directories of the workspace. */
export interface Watcher {
  /** Watches these directories from now on, and no others. Directories that do not exist are skipped. */
  follow(directories: string[]): void
  /** The paths that were saved since the last call, sorted. Waits for the first one, and then for a short pause. */
  next(): Promise<string[]>
}
