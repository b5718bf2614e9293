/** A number as a text states it. */
export interface NumberToken {
  /** Offsets of the token in the text that was scanned; a unit suffix such as `k` or `%` is inside. */
  start: number
  end: number
  /** 1-based. */
  line: number
  value: number
  format: NumberFormat
  /**
   * `start`: the left side of an arrow or of `from … to`, a former value on purpose. `end`: its right side, the claim.
   * Null outside a progression.
   */
  progression: 'start' | 'end' | null
}

/** How a number is written, so that another can be written the same way. */
export interface NumberFormat {
  /** `words` is a spelled number. */
  style: 'digits' | 'words'
  /** `,` or `_` between groups of three; empty without. */
  separator: ',' | '_' | ''
  decimals: number
  /** Value is divided by 1,000 and so on. */
  suffix: '' | 'k' | 'K' | 'M' | '%'
  /** For words: how the first letter is written. */
  capital: boolean
}
