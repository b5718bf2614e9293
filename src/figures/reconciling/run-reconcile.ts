import type { Finding } from '../../findings/finding.ts'
import type { Workspace } from '../../ports/workspace.ts'
import { findFormerValues, formerValueFindings } from '../former-values/find-former-values.ts'
import { formerIndexOf } from '../former-values/former-index.ts'
import { type FigureSource, readFigureSources } from '../reading/read-figure-sources.ts'
import type { NumberEdit, Refusal } from './plan-edits.ts'
import { reconcileText } from './reconcile-text.ts'

/** A text before and after its bound numbers were rewritten. */
export interface ReconciledFile {
  file: string
  before: string
  after: string
  edits: NumberEdit[]
  refused: Refusal[]
  /** Unbound former values, which a person must check. */
  left: Finding[]
}

/** Rewrites bound numbers of the named changes, or of the whole repository, to the measured values. */
export function runReconcile(
  { workspace }: { workspace: Workspace },
  { names, write, force }: { names: string[]; write: boolean; force: boolean },
): { files: ReconciledFile[]; writes: string[] } {
  const files = readFigureSources(workspace, names).map(source => reconciled(source, force))
  const changed = files.filter(({ before, after }) => before !== after)
  if (!write) return { files, writes: [] }
  for (const { file, before, after } of changed) workspace.write(file, after, before)
  return { files, writes: changed.map(({ file }) => file) }
}

function reconciled(source: FigureSource, force: boolean): ReconciledFile {
  const { measured, claims, file, text: before } = source
  const { edits, refused, text: after } = reconcileText(source, measured, { force, claims })
  const rewritten = { ...source, text: after }
  const left = formerValueFindings(rewritten, findFormerValues(rewritten, formerIndexOf(measured)))
  return { file, before, after, edits, refused, left }
}
