import type { Limit } from '../definitions/definition.ts'
import type { NumberToken } from '../numbers/number-token.ts'
import type { TextRange } from '../numbers/scan-numbers.ts'

/** What a comment claims of one figure (FIGURES "Binding"); tokens and offsets are those inside the comment. */
export type Claim =
  | { type: 'is'; value: NumberToken }
  | { type: 'limit'; limit: Limit; value: NumberToken }
  | { type: 'was'; value: NumberToken }
  | { type: 'has'; item: string }
  | { type: 'lacks'; item: string }
  /** `digest` is a prefix of the digest, or empty: then no other may ever have been measured. */
  | { type: 'unchanged'; digest: string; start: number; end: number }

/** One claim of a comment's list. */
export interface Term {
  figure: string
  claim: Claim
  /** As it is written, without spaces around it. */
  written: string
}

/** The text that a binding is about: its own line, or what follows a comment that is alone on its line. */
export interface Target extends TextRange {
  endLine: number
  /** True when it is a heading. */
  header: boolean
}

/** A figure comment's term with the text that it binds. */
export interface Binding extends Term {
  /** 1-based line of the comment. */
  line: number
  /** Null when nothing follows a comment that is alone on its line. */
  target: Target | null
}
