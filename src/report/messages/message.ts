import type { FindingArgs, FindingCode } from '../../findings/finding.ts'

/** The English of one finding code. */
export interface Message<C extends FindingCode> {
  /** One sentence, with the values it is about. */
  says(args: FindingArgs[C]): string
  /** What to do about it. */
  fix(args: FindingArgs[C]): string
}

/** Messages of some codes. */
export type Messages<Codes extends FindingCode> = { [C in Codes]: Message<C> }
