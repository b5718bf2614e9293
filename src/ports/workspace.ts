/** The files of one repository. Paths are relative to `root`, with forward slashes. A path outside the root is refused. */
export interface Workspace {
  /** Absolute path of the directory that contains `openspec/`. */
  readonly root: string
  /** Entries of a directory in code-unit order, without links that lead out of the root. Empty when it does not exist. */
  list(directory: string): WorkspaceEntry[]
  /** UTF-8 text, BOM included. Undefined when there is no such file. */
  read(path: string): string | undefined
  /** SHA-256 as hex; text is hashed with LF line ends. Undefined when there is no such file. */
  digest(path: string): string | undefined
  /** A text that changes when the file is written. Undefined when there is no such file. */
  stamp(path: string): string | undefined
  /**
   * Replaces a file atomically, by a rename in the same directory. Creates missing directories. `before` is the text that
   * the new one was made of; throws FILE_CHANGED when the file has another one by now.
   */
  write(path: string, text: string, before?: string): void
  /** Moves a directory or file. The target must not exist. */
  move(from: string, to: string): void
  /**
   * Replaces the file `to` by the file `from` atomically, or removes it when `from` is null. The old file is kept as
   * `keep`. Needs no disk space, so that an archive can be undone when the disk is full.
   */
  replace(swap: { from: string | null; to: string; keep: string }): void
  /** Removes a file, or a directory with its content. Does nothing when there is none. */
  remove(path: string): void
  /** Removes a directory if it is empty. */
  removeEmpty(directory: string): void
}

export interface WorkspaceEntry {
  name: string
  directory: boolean
}
