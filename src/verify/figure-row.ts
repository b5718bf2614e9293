import type { ChangeFigureFindings } from '../figures/judging/judge-change-figures.ts'

/** Findings about the figures of one change. */
export interface JudgedFigures extends ChangeFigureFindings {
  /** `sha256:…` of the values of the figures that its artifacts bind; null when there are none. */
  digest(): string | null
}
