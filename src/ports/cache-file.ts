/** A file of opsx's own that may be gone at any time. Neither reading nor writing it ever fails a run. */
export interface CacheFile {
  read(): string | undefined
  write(text: string): void
}
