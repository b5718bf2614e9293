/** A number in a text. */
export interface NumberToken {
  /** Offsets in the scanned text. A suffix such as `k` or `%` is included. */
  start: number
  end: number
  /** 1-based. */
  line: number
  value: number
  format: NumberFormat
  /**
   * `start`: the left side of an arrow or of `from … to`, which is a former value. `end`: the right side, which is the
   * current value. Null outside a progression.
   */
  progression: 'start' | 'end' | null
}

/** How a number is written. Used to write another value the same way. */
export interface NumberFormat {
  /** `words` is a spelled number. */
  style: 'digits' | 'words'
  /** `,` or `_` between groups of three; empty without. */
  separator: ',' | '_' | ''
  decimals: number
  /** The written digits are the value divided by 1,000 (`k`, `K`) or 1,000,000 (`M`). */
  suffix: '' | 'k' | 'K' | 'M' | '%'
  /** For words: whether the first letter is a capital. */
  capital: boolean
}
