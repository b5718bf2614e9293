export interface Terminal {
  /** Columns of the terminal; 80 when unknown. */
  readonly columns: number
  readonly color: boolean
  /** False with an ASCII-only locale. */
  readonly unicode: boolean
  /** True when a user can answer questions. */
  readonly interactive: boolean
  out(text: string): void
  err(text: string): void
  /** Shows a progress line on standard error, if that is a terminal. The next one replaces it, and `''` clears it. */
  progress(text: string): void
  /** The answer of the user. Throws PROMPT_REFUSED without a terminal. */
  ask(question: string): Promise<string>
}
