import type { Limit } from '../definitions/definition.ts'
import type { NumberToken } from '../numbers/number-token.ts'
import type { TextRange } from '../numbers/scan-numbers.ts'

/** What a comment states about one figure. Offsets point into the comment. */
export type Claim =
  | { type: 'is'; value: NumberToken }
  | { type: 'limit'; limit: Limit; value: NumberToken }
  | { type: 'was'; value: NumberToken }
  | { type: 'has'; item: string }
  | { type: 'lacks'; item: string }
  /** `digest` is a prefix of the digest. When it is empty, the figure must never have had another digest. */
  | { type: 'unchanged'; digest: string; start: number; end: number }

/** One claim of a comment's list. */
export interface Term {
  figure: string
  claim: Claim
  /** The text of the claim, without surrounding spaces. */
  written: string
}

/** The bound text: the line of the comment, or the block after a comment that is alone on its line. */
export interface Target extends TextRange {
  endLine: number
  /** True when it is a heading. */
  header: boolean
}

/** A term with the text that it binds. */
export interface Binding extends Term {
  /** 1-based line of the comment. */
  line: number
  /** Null when the comment is alone on its line and no block follows. */
  target: Target | null
}
