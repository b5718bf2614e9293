/** The words of one finding code, without its arguments `A`. */
export interface Wording<A> {
  /** One sentence with the values it is about. Its parameter declares the arguments of the code. */
  says(args: A): string
  /** One command or action that fixes it. */
  fix: string | ((args: A) => string)
}

/** Arguments of a code whose sentence has none. */
export type NoArgs = Record<never, never>

/** The codes of one area, such as `tasks`; the argument types follow from the sentences. */
export function defineFindings<A>(
  findings: {
    [C in keyof A]: Wording<A[C]>
  },
): { [C in keyof A]: Wording<A[C]> } {
  return findings
}
