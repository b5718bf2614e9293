import type { Workspace } from '../ports/workspace.ts'

export const CHANGES = 'openspec/changes'
export const ARCHIVE = `${CHANGES}/archive`

/** The directory of a change. */
export interface ChangeDirectory {
  /** Without the archive's date. */
  name: string
  /** Relative to the root. */
  path: string
  archived: boolean
  /** True for an archived change whose name is also an active directory; that one is left out. */
  twin: boolean
}

/**
 * The change directories by name, an active one before archived ones. Dot directories are ignored. An active directory
 * without a proposal is left out when an archived change of its name has one.
 */
export function changeDirectories(
  workspace: Workspace,
  selection: { archived: 'none' | 'all'; names?: string[] },
): ChangeDirectory[] {
  const names = selection.names && new Set(selection.names)
  const wanted = (directory: ChangeDirectory) => !names || names.has(directory.name)
  const archived = directoriesIn(workspace, ARCHIVE).map(archivedDirectory).filter(wanted)
  const newest = new Map(archived.map(directory => [directory.name, directory]))

  const found: ChangeDirectory[] = []
  for (const name of directoriesIn(workspace, CHANGES)) {
    if (name === 'archive') continue
    const active: ChangeDirectory = { name, path: `${CHANGES}/${name}`, archived: false, twin: false }
    if (!wanted(active)) continue
    const other = newest.get(name)
    if (other && workspace.list(other.path).some(entry => entry.name === 'proposal.md')) {
      other.twin = true
      if (selection.archived === 'none') found.push(other)
    } else {
      found.push(active)
    }
  }
  if (selection.archived === 'all') found.push(...archived)
  return found.sort(byNameThenPlace)
}

function directoriesIn(workspace: Workspace, directory: string): string[] {
  return workspace
    .list(directory)
    .filter(entry => entry.directory && !entry.name.startsWith('.'))
    .map(entry => entry.name)
}

function archivedDirectory(directory: string): ChangeDirectory {
  const name = directory.replace(/^\d{4}-\d{2}-\d{2}-(?=.)/, '')
  return { name, path: `${ARCHIVE}/${directory}`, archived: true, twin: false }
}

function byNameThenPlace(one: ChangeDirectory, other: ChangeDirectory): number {
  if (one.name !== other.name) return one.name < other.name ? -1 : 1
  if (one.archived !== other.archived) return one.archived ? 1 : -1
  return one.path < other.path ? -1 : 1
}
