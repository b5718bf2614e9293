/** What a figure's value is: one number, a set of names, or the hash of some content. */
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

/** How the value is read from what a command left behind (FIGURES "Measuring"). */
export type OutputParser =
  | { type: 'number' }
  | { type: 'lines'; filter: string | null; as: 'count' | 'names' }
  | { type: 'regex'; pattern: string; take: 'only' | 'last' | 'sum' }
  | { type: 'json'; pointer: string; as: 'value' | 'length' | 'sum' | 'names' | 'digest' }
  | { type: 'exit' }
  | { type: 'junit'; files: string[] }
  | { type: 'text' }

/** A command with its parser, or a value that a person vouches for. */
export type Measure =
  | {
      type: 'command'
      run: string
      parser: OutputParser
      runs: number
      aggregate: 'median' | 'min' | 'max' | 'mean'
      /** Seconds until the command's process group is ended. */
      timeout: number
    }
  | { type: 'manual'; value: number; by: string; evidence: string }

/** What a number in prose must stand beside to be taken for this figure; regular expressions, any case. */
export interface Wording {
  /** What the number counts: `14 checks`. */
  nouns: string[]
  /** What stands before it: `check count is 14`. */
  lead: string[]
  /** What makes it another set. */
  not: string[]
}

/** One name that can be bound: `checks`, or `tests.passed` of a definition with yields. */
export interface Figure {
  /** Full name. */
  name: string
  kind: FigureKind
  /** Empty when the value is a plain count. */
  unit: string
  budget: Limit | null
  tolerance: Tolerance | null
  wording: Wording
  /** Expression over other figures; null for one that is measured. Names without a dot are looked up beside it first. */
  derive: string | null
  /** How it is read when its definition yields several; null for the definition's own parser. */
  parser: OutputParser | null
  /** Name of the definition that it belongs to; null for one that opsx counts itself. */
  definition: string | null
}

/** One entry of `figures:`: a measurement and the figures it yields. */
export interface Definition {
  name: string
  title: string | null
  /** Null when every figure of it is derived. */
  measure: Measure | null
  /** Globs of the files that the value depends on; empty when nobody said. */
  inputs: string[]
  figures: Figure[]
  /** Where it is written: a path relative to the root, and the 1-based line of its key. */
  file: string
  line: number
}

/** A claim in a file that can hold no comments: one capture is the number. */
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
  /** Globs of files outside `openspec/` that bindings and the sweep cover. */
  scan: string[]
  /** Globs of files that tell of the past and are never reported. */
  history: string[]
}
