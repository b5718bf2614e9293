import type { Assertion } from '../figures/comparison/compare-text.ts'
import type { FigureState } from '../figures/measured.ts'
import type { Finding } from '../findings/finding.ts'

/** A figure as the report's table shows it: what each artifact says, and what was measured. Empty where nothing is said. */
export interface FigureRow {
  figure: string
  spec: string
  design: string
  proposal: string
  measured: string
  state: FigureState
  /** Command, commit and time of the measurement. */
  evidence: string
}

/** What the figures say about one change. */
export interface JudgedFigures {
  findings: Finding[]
  /** Exact values that its delta specs give. */
  assertions: Assertion[]
  /** One per figure that its artifacts bind, by name. */
  rows(): FigureRow[]
  /** Full names of the figures that its artifacts bind. */
  cited: string[]
  /** `sha256:…` of the values of those figures; null when there are none. */
  digest(): string | null
}
