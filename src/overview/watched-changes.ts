import type { Context } from '../adapters/context.ts'
import { ARCHIVE, CHANGES, changeDirectories } from '../change/change-directories.ts'
import { readChanges } from '../change/read-changes.ts'
import { readRegistry } from '../change/read-registry.ts'
import type { Finding } from '../findings/finding.ts'
import { trackChange } from '../ledger/track-change.ts'
import type { Workspace } from '../ports/workspace.ts'
import type { WatchedChange } from '../report/watch.ts'
import { nextTries } from '../sync/next-tries.ts'
import { runVerify } from '../verify/run-verify.ts'
import { countsOf, type Verified } from '../verify/verification.ts'

/** What is read of the open changes: where they stand, what verify says today, and what the next sync has to do. */
export async function readWatched(context: Context, names: string[]): Promise<WatchedChange[]> {
  const workspace = context.workspace()
  const all = readChanges(workspace, { archived: 'all' }).map(trackChange)
  const wanted = new Set(names)
  const open = all.filter(({ name, archived }) => !archived && (wanted.size === 0 || wanted.has(name)))
  if (open.length === 0) return []
  const maximum = readRegistry(workspace).maxReviewRounds
  const { version, env } = context
  const git = await context.git()
  const tries = nextTries(all, { git: git.facts(CHANGES), maximum })
  const { verified } = await runVerify(
    { workspace, git, version, env },
    {
      names: open.map(({ name }) => name),
      archived: false,
      against: null,
      write: false,
      stillHolds: null,
    },
  )
  return open.map(change => {
    const verdict = verified.find(candidate => candidate.change.name === change.name)
    const judged = verdict?.judged ?? []
    const { critical, warning } = countsOf(judged)
    return {
      change: change.name,
      directory: change.directory,
      phase: change.phase,
      tasks: change.tasks?.leaf ?? null,
      decision: verdict?.decision ?? 'fail',
      critical,
      warning,
      worst: worstOf(judged),
      bound: change.binding.source === 'frontmatter' || change.binding.source === 'change-file',
      sync: tries.find(candidate => candidate.change === change.name) ?? null,
    }
  })
}

/** The finding that stands first between the change and a PASS; null when none does. */
function worstOf(judged: Verified['judged']): Finding | null {
  const counting = judged.filter(({ dimension, carried }) => dimension !== 'ledger' && carried === null)
  const first = (wanted: Finding['severity']) =>
    counting.find(({ finding: { severity } }) => severity === wanted)?.finding
  return first('critical') ?? first('warning') ?? null
}

/** Every directory whose files say something about an open change: its own, the main specs, the registry's, the archive. */
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
