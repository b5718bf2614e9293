import type { TaskBox, Tasks } from '../../change/change.ts'
import { deferralReason } from '../deferral.ts'
import { equivalentsOf, isEquivalent } from '../equivalents.ts'
import { cell, formatTable } from './table.ts'

/** Counts, and a row per open or deferred task. */
export function taskSection(tasks: Tasks | null): string {
  if (!tasks) return 'There is no tasks.md.'
  const { leaf, all, deferred, dropped } = tasks
  const counts = [
    `Leaf tasks: ${leaf.done} of ${leaf.total} done`,
    `all boxes: ${all.done} of ${all.total}`,
    `${deferred} deferred`,
    `${dropped} dropped`,
  ].join(' · ')
  const rows = tasks.boxes
    .filter(({ status }) => status === 'open' || status === 'deferred')
    .map(box => [cell(labelOf(box)), cell(reasonOf(box)), box.status === 'open' ? 'yes' : 'no'])
  if (rows.length === 0) return counts
  return `${counts}\n\n${formatTable(['Task', 'Reason incomplete', 'Blocks archive?'], rows)}`
}

function reasonOf({ status, text, parent }: TaskBox): string {
  if (status === 'deferred') return deferralReason(text) ?? 'deferred, no reason recorded'
  return parent ? 'parent, not checked' : 'not checked'
}

/** Id and text of a task. */
function labelOf({ id, text }: Pick<TaskBox, 'id' | 'text'>): string {
  return id === null ? text : `${id} ${text}`
}

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
