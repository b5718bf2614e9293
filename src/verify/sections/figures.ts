import type { FigureRow } from '../../figures/judging/judge-change-figures.ts'
import { cell, formatTable, inlineCode } from './table.ts'

/** The value of each figure in each artifact and as measured (ARTIFACTS "verify.md"); empty without bound figures. */
export function figureTable(rows: FigureRow[]): string {
  if (rows.length === 0) return ''
  const table = rows.map(({ figure, spec, design, proposal, measured, state, evidence }) => [
    inlineCode(figure),
    ...[spec, design, proposal].map(cell),
    cell(state === 'fresh' ? measured : state === 'stale' ? `${measured} (stale)` : 'never measured'),
    cell(evidence),
  ])
  return `\n\n${formatTable(['Figure', 'Spec', 'Design', 'Proposal', 'Measured', 'Evidence'], table)}`
}
