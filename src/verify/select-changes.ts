import { changeDirectories } from '../change/change-directories.ts'
import { namedChanges } from '../change/named-changes.ts'
import type { Workspace } from '../ports/workspace.ts'
import type { Selection } from './reading/read-repository.ts'

/** The named changes; without names, every active change. Throws CHANGE_NOT_FOUND. */
export function selectChanges(
  workspace: Workspace,
  { names, archived }: { names: string[]; archived: boolean },
): Selection {
  const all = changeDirectories(workspace, { archived: archived || names.length > 0 ? 'all' : 'none' })
  const open = all.filter(change => !change.archived)
  if (names.length === 0) return { open, selected: archived ? all : open }
  return { open, selected: namedChanges(all, names) }
}
