import type { TaskBox } from '../../change/change.ts'
import { equivalentsOf, isEquivalent } from '../equivalents.ts'
import { cell, formatTable } from './table.ts'
import { labelOf } from './tasks.ts'

/** A deferred manual check: a `[~]` box of plan.md. */
export type PlanRow = Pick<TaskBox, 'id' | 'text'>

/** One row per deferred check, with the equivalent test that a person wrote in the previous report. */
export function deferredCheckSection(rows: PlanRow[], previous: string | undefined): string {
  if (rows.length === 0) return 'No check of plan.md is deferred.'
  const known = previous === undefined ? [] : equivalentsOf(previous).filter(({ test }) => test !== '')
  const lines = rows.map(row => {
    const check = cell(labelOf(row))
    const same =
      known.find(other => other.check === check) ?? known.find(other => isEquivalent(other.check, row))
    return [check, same?.test ?? '—']
  })
  return formatTable(['Deferred check', 'Equivalent automated test'], lines)
}
