/** The files of one repository. Paths are relative to `root` with forward slashes; none leaves the root. */
export interface Workspace {
  /** Absolute path of the directory that holds `openspec/`. */
  readonly root: string
  /** Entries of a directory in code-unit order; empty when it does not exist. Symbolic links out of the root are left out. */
  list(directory: string): WorkspaceEntry[]
  /** UTF-8 text, BOM included, or undefined when there is no such file. */
  read(path: string): string | undefined
  /** True when nothing is at a path, or nothing that may be looked at. Says it faster than a listing does; false promises nothing. */
  lacks(path: string): boolean
  /** SHA-256 of a file's bytes, text with LF line ends, as hex; undefined when there is no such file. */
  digest(path: string): string | undefined
  /** Opaque text that changes when a file is written; undefined when there is no such file. */
  stamp(path: string): string | undefined
  /** Replaces a file atomically (temporary file in the same directory, rename); creates missing directories. */
  write(path: string, text: string): void
  /** Moves a directory or file; the target must not exist. */
  move(from: string, to: string): void
  /**
   * Puts the file `from` in the place of `to` (null: takes `to` away), so that no reader ever finds `to` half there.
   * What stood there is kept as `keep`. Needs no space on the disk, which makes it possible to go back when there is none.
   */
  replace(swap: { from: string | null; to: string; keep: string }): void
  /** Removes a file, or a directory with all that is in it; nothing happens when there is none. */
  remove(path: string): void
  /** Removes a directory that nothing at all is in; nothing happens otherwise. */
  removeEmpty(directory: string): void
}

export interface WorkspaceEntry {
  name: string
  directory: boolean
}
