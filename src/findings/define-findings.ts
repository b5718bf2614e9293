/** The texts of one finding code with arguments of type `A`. */
export interface Wording<A> {
  /** One sentence with the values. Its parameter declares the arguments of the code. */
  message(args: A): string
  /** One command or action that fixes it. */
  fix: string | ((args: A) => string)
}

/** For a code without arguments. */
export type NoArgs = Record<never, never>

/** Declares the codes of one area, such as `tasks`, and infers their argument types. */
export function defineFindings<A>(
  findings: {
    [C in keyof A]: Wording<A[C]>
  },
): { [C in keyof A]: Wording<A[C]> } {
  return findings
}
