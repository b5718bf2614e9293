import type { Command } from 'commander'
import type { Context } from '../../adapters/context.ts'
import { perform } from '../../cli/global-options.ts'
import { addVerb } from '../../cli/program.ts'
import { EXIT, OpsxError } from '../../errors.ts'
import { formatLock } from '../../figures/lock/format-lock.ts'
import { LOCK_FILE } from '../../figures/lock/lock.ts'
import { readWholeLock } from '../../figures/lock/read-lock.ts'
import { type Measurable, readMeasurable, requireFigures } from '../../figures/measurable.ts'
import {
  type Renaming,
  renameInDefinitions,
  renameInLock,
  renameInText,
} from '../../figures/rename-figure.ts'
import type { Workspace } from '../../ports/workspace.ts'
import type { Report } from '../../report/report.ts'
import { formatWrites } from '../../report/writes.ts'
import type { GlobalOptions } from '../verb.ts'

export function addRename(figures: Command, context: Context, exit: (code: number) => void): void {
  addVerb(figures, {
    usage: 'rename <from> <to>',
    summary: 'give a figure another name, with its history and everything that binds it',
    example: 'opsx figures rename checks check_surface',
  }).action(async (from: string, to: string, _, command: Command) => {
    exit(await perform<GlobalOptions>(context, command, () => rename(context, { from, to })))
  })
}

/**
 * Plans every file first and writes only then, the definitions last: whoever runs an interrupted renaming again finishes it.
 * Archived changes tell of the past and stay.
 */
export async function rename(context: Context, renaming: Renaming): Promise<Report> {
  const release = (await context.lock()).acquire()
  try {
    const workspace = context.workspace()
    const measurable = readMeasurable(workspace)
    refuse(measurable, renaming)
    const plan = planRenaming(workspace, measurable, renaming)
    for (const { path, text } of plan) workspace.write(path, text)
    const writes = plan.map(({ path }) => path)
    return {
      schema: 'opsx/figures@1',
      exitCode: EXIT.ok,
      document: { renamed: renaming, writes },
      text: style => formatWrites(writes, style),
    }
  } finally {
    release()
  }
}

function refuse({ definitions, findings }: Measurable, { from, to }: Renaming): void {
  requireFigures(definitions, [from])
  const [broken] = findings
  const taken = definitions.definitions.some(({ name }) => name === to)
  const reason = from.includes('.')
    ? `${from} is named by what its definition yields`
    : !/^[a-z][a-z0-9_-]*$/i.test(to)
      ? `"${to}" is no name: letters, digits, _ and -`
      : taken
        ? `there is a figure ${to} already`
        : broken
          ? `${broken.file}:${broken.line ?? 1} cannot be read, so nobody knows what else it names`
          : null
  if (reason === null) return
  throw new OpsxError('FIGURE_REFUSED', `${from} cannot be renamed: ${reason}.`, {
    hint: from.includes('.')
      ? `Rename ${from.split('.')[0]}, or edit ${from} by hand.`
      : 'Correct that and run again.',
  })
}

function planRenaming(
  workspace: Workspace,
  { definitions, inputs, sources }: Measurable,
  renaming: Renaming,
): { path: string; text: string }[] {
  const plan: { path: string; text: string }[] = []
  const add = (path: string, before: string | undefined, after: (text: string) => string) => {
    const text = before === undefined ? undefined : after(before)
    if (text !== undefined && text !== before) plan.push({ path, text })
  }
  const own = inputs.files.of(['openspec/**/*.md', '!openspec/changes/archive/**'])
  const paths = [...new Set([...own, ...inputs.files.of(definitions.scan)])]
  for (const path of paths) add(path, workspace.read(path), each => renameInText(each, renaming))
  const lock = readWholeLock(workspace)
  const renamed = renameInLock(lock, renaming)
  if (renamed !== lock) plan.push({ path: LOCK_FILE, text: formatLock(renamed) })
  for (const { path, text } of sources) add(path, text, each => renameInDefinitions(each, renaming))
  return plan
}
