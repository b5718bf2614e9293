import { CHANGES } from '../../change/change-directories.ts'
import { OpsxError } from '../../errors.ts'
import type { Git } from '../../ports/git.ts'
import type { RepositoryCommand } from '../../trusted-commands/accepted-commands.ts'
import type { Definition } from '../definitions/definition.ts'
import { readMeasurable } from '../reading/read-measurable.ts'

export function commandsOf(definitions: Definition[]): RepositoryCommand[] {
  return definitions.flatMap(({ name, measure }) =>
    measure?.type === 'command' ? [{ name, run: measure.run }] : [],
  )
}

/**
 * Reads the commands at the merge base with the default branch. Returns none when the clone is too shallow to contain it,
 * because then no command was reviewed.
 */
export function readReviewedCommands(git: Git): RepositoryCommand[] {
  const signals = git.signals()
  const isDefault = git.facts(CHANGES)?.role === 'default'
  const base = signals === undefined ? null : isDefault ? signals.head : signals.base
  const workspace = base === null ? undefined : git.workspaceAt(base, 'openspec')
  if (workspace === undefined) return []
  try {
    return commandsOf(readMeasurable(workspace).definitions.definitions)
  } catch (error) {
    if (error instanceof OpsxError && error.code === 'FIGURES_UNREADABLE') return []
    throw error
  }
}
