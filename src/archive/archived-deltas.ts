import { changeDirectories } from '../change/change-directories.ts'
import { changeReader } from '../change/read-changes.ts'
import { trackChange } from '../ledger/track-change.ts'
import type { Workspace } from '../ports/workspace.ts'
import { readDeltas } from '../specs/read-specs.ts'
import type { ArchivedDeltas } from './audit.ts'

/** Every archived change, oldest first: by date of the directory, then by when the ledger says Done, then by name. */
export function readArchivedDeltas(workspace: Workspace): ArchivedDeltas[] {
  const read = changeReader(workspace)
  return changeDirectories(workspace, { archived: 'all' })
    .filter(({ archived }) => archived)
    .map(directory => {
      const { entries } = trackChange(read(directory)).ledger
      const archive = directory.path.split('/').at(-1) ?? directory.path
      const done = entries.findLast(({ to, outcome }) => to === 'Done' && outcome === 'posted')?.at ?? ''
      const date = /^\d{4}-\d{2}-\d{2}/.exec(archive)?.[0] ?? ''
      return { archive, key: `${date} ${done} ${archive}`, path: directory.path }
    })
    .sort((one, other) => (one.key < other.key ? -1 : 1))
    .map(({ archive, path }) => ({ archive, deltas: readDeltas(workspace, path).deltas }))
}
