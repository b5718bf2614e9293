import { ARCHIVE, CHANGES, changeDirectories } from '../change/change-directories.ts'
import { readChanges } from '../change/read-changes.ts'
import { readRegistry } from '../change/registry/read-registry.ts'
import type { TrackedChange } from '../ledger/ledger.ts'
import { trackChange } from '../ledger/track-change.ts'
import type { Git } from '../ports/git.ts'
import type { Workspace } from '../ports/workspace.ts'
import { type NextTry, nextTries } from '../sync/next-tries.ts'

/** An open change, and what the next sync has to do for it. */
export interface OpenChange {
  change: TrackedChange
  sync: NextTry | null
}

/** The open changes of these names, all of them for no names. */
export function readOpenChanges(
  { workspace, git }: { workspace: Workspace; git: Git },
  names: string[],
): OpenChange[] {
  const all = readChanges(workspace, { archived: 'all' }).map(trackChange)
  const wanted = new Set(names)
  const open = all.filter(({ name, archived }) => !archived && (wanted.size === 0 || wanted.has(name)))
  if (open.length === 0) return []
  const maximum = readRegistry(workspace).maxReviewRounds
  const tries = nextTries(all, { git: git.facts(CHANGES), maximum })
  return open.map(change => ({
    change,
    sync: tries.find(candidate => candidate.change === change.name) ?? null,
  }))
}

/** Every directory that matters to an open change: its own, the main specs, the registry's and the archive. */
export function watchedDirectories(workspace: Workspace, names: string[]): string[] {
  const wanted = new Set(names)
  const changes = changeDirectories(workspace, { archived: 'none' })
    .filter(({ name, archived }) => !archived && (wanted.size === 0 || wanted.has(name)))
    .map(({ path }) => path)
  const below = (directory: string): string[] => [
    directory,
    ...workspace
      .list(directory)
      .filter(entry => entry.directory)
      .flatMap(entry => below(`${directory}/${entry.name}`)),
  ]
  return ['openspec', CHANGES, ARCHIVE, ...below('openspec/specs'), ...changes.flatMap(below)]
}
