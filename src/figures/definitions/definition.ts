/** The type of a figure's value: a number, a set of names, or a content hash. */
export type FigureKind = 'number' | 'set' | 'digest'

export type FigureValue = number | string[] | string

export type Comparison = '<=' | '>=' | '<' | '>' | '='

/** A bound on a value, such as a budget of `<= 250`. */
export interface Limit {
  comparison: Comparison
  value: number
}

/** How far a stated number may be from the measured one: `±5` or `±5%`. */
export interface Tolerance {
  amount: number
  percent: boolean
}

/** How the value is read from a command's output, its exit status or the reports it wrote. */
export type OutputParser =
  | { type: 'number' }
  | { type: 'lines'; filter: string | null; as: 'count' | 'names' }
  | { type: 'regex'; pattern: string; take: 'only' | 'last' | 'sum' }
  | { type: 'json'; pointer: string; as: 'value' | 'length' | 'sum' | 'names' | 'digest' }
  | { type: 'exit' }
  | { type: 'junit'; files: string[] }
  | { type: 'text' }

/** A command with its parser, or a value that a person entered. */
export type Measure =
  | {
      type: 'command'
      run: string
      parser: OutputParser
      runs: number
      aggregate: 'median' | 'min' | 'max' | 'mean'
      /** Seconds after which opsx ends the command's process group. */
      timeout: number
    }
  | { type: 'manual'; value: number; by: string; evidence: string }

/** Words near a number in prose that make it a value of this figure. Regular expressions; case is ignored. */
export interface Wording {
  /** What the number counts: `14 checks`. */
  nouns: string[]
  /** Words before it: `check count is 14`. */
  lead: string[]
  /** Words that show that the number counts something else. */
  not: string[]
}

/** One name that can be bound: `checks`, or `tests.passed` of a definition with yields. */
export interface Figure {
  /** Full name. */
  name: string
  kind: FigureKind
  /** Empty for a plain count. */
  unit: string
  budget: Limit | null
  tolerance: Tolerance | null
  wording: Wording
  /** Expression over other figures; null for a measured figure. A name without a dot may be one of the same definition. */
  derive: string | null
  /** Its own parser when its definition yields several figures; null to use the definition's parser. */
  parser: OutputParser | null
  /** Name of its definition; null for a built-in figure. */
  definition: string | null
}

/** One entry of `figures:`, a measurement with the figures that it yields. */
export interface Definition {
  name: string
  title: string | null
  /** Null when all its figures are derived. */
  measure: Measure | null
  /** Globs of the files that the value depends on; empty when none are listed. */
  inputs: string[]
  figures: Figure[]
  /** Path relative to the root, and the 1-based line of its key. */
  file: string
  line: number
}

/** A claim about a file that cannot contain comments. The one capture of the pattern is the number. */
export interface ClaimPattern {
  /** Path or glob relative to the root. */
  file: string
  pattern: string
  figure: string
}

/** `openspec/figures.yaml`, with the overlay of a change when there is one. */
export interface FigureDefinitions {
  definitions: Definition[]
  /** Every figure that can be bound, by full name. */
  figures: ReadonlyMap<string, Figure>
  claims: ClaimPattern[]
  /** Globs of files outside `openspec/` that are checked too. */
  scan: string[]
  /** Globs of files that describe the past. Nothing in them is reported. */
  history: string[]
}
