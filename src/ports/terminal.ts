export interface Terminal {
  /** Columns of the terminal; 80 when unknown. */
  readonly columns: number
  readonly color: boolean
  /** False with an ASCII-only locale. */
  readonly unicode: boolean
  /** True when a person can be asked. */
  readonly interactive: boolean
  out(text: string): void
  err(text: string): void
  /** A progress line on standard error, replaced by the next; shown only on a terminal. `''` clears it. */
  progress(text: string): void
  ask(question: string): Promise<string>
}
