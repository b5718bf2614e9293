import { OpsxError } from '../../errors.ts'
import type { Workspace } from '../../ports/workspace.ts'
import { formatLock } from '../lock/format-lock.ts'
import { LOCK_FILE } from '../lock/lock.ts'
import { readWholeLock } from '../lock/read-lock.ts'
import { type Measurable, readMeasurable, requireFigures } from '../reading/read-measurable.ts'
import { type Renaming, renameInDefinitions, renameInLock, renameInText } from './rename-figure.ts'

/**
 * Renames a figure everywhere except in archived changes, and returns the paths of the changed files. The definitions
 * are written last, so that an interrupted renaming can be run again. Throws FIGURE_REFUSED and FIGURE_NOT_FOUND.
 */
export function runRename({ workspace }: { workspace: Workspace }, renaming: Renaming): string[] {
  const measurable = readMeasurable(workspace)
  requireFigures(measurable.definitions, [renaming.from])
  const reason = refusalOf(measurable, renaming)
  if (reason !== null) throw refused(renaming, reason)
  const plan = planRenaming(workspace, measurable, renaming)
  for (const { path, text, before } of plan) workspace.write(path, text, before)
  return plan.map(({ path }) => path)
}

function refusalOf({ definitions, findings }: Measurable, { from, to }: Renaming): string | null {
  if (from.includes('.')) return `it is one of several figures of ${from.split('.')[0]}`
  if (!/^[a-z][a-z0-9_-]*$/i.test(to)) return `"${to}" is not a valid name; use letters, digits, _ and -`
  if (definitions.definitions.some(({ name }) => name === to)) return `a figure ${to} already exists`
  const [broken] = findings
  return broken ? `${broken.file}:${broken.line ?? 1} cannot be read and may contain the name` : null
}

function refused({ from }: Renaming, reason: string): OpsxError {
  return new OpsxError('FIGURE_REFUSED', `${from} cannot be renamed: ${reason}.`, {
    hint: from.includes('.')
      ? `Rename ${from.split('.')[0]}, or edit ${from} by hand.`
      : 'Correct this, then run the command again.',
  })
}

interface Rewrite {
  path: string
  text: string
  before: string | undefined
}

function planRenaming(
  workspace: Workspace,
  { definitions, inputs, sources }: Measurable,
  renaming: Renaming,
): Rewrite[] {
  const plan: Rewrite[] = []
  const add = (path: string, before: string | undefined, after: (text: string) => string) => {
    const text = before === undefined ? undefined : after(before)
    if (text !== undefined && text !== before) plan.push({ path, text, before })
  }
  const own = inputs.files.of(['openspec/**/*.md', '!openspec/changes/archive/**'])
  const paths = [...new Set([...own, ...inputs.files.of(definitions.scan)])]
  for (const path of paths) add(path, workspace.read(path), each => renameInText(each, renaming))
  const lock = readWholeLock(workspace)
  const renamed = renameInLock(lock, renaming)
  if (renamed !== lock)
    plan.push({ path: LOCK_FILE, text: formatLock(renamed), before: workspace.read(LOCK_FILE) })
  for (const { path, text } of sources) add(path, text, each => renameInDefinitions(each, renaming))
  return plan
}
