import type { Context } from '../adapters/context.ts'
import type { Finding } from '../findings/finding.ts'
import { type OpenChange, readOpenChanges } from '../overview/watched-changes.ts'
import type { WatchedChange } from '../report/watch.ts'
import { runVerify } from '../verify/run-verify.ts'
import { countsOf, type Verified } from '../verify/verification.ts'

/** The open changes with their verification of now, and what the next sync has to do. */
export async function readWatched(context: Context, names: string[]): Promise<WatchedChange[]> {
  const { version, env } = context
  const workspace = context.workspace()
  const git = await context.git()
  const open = readOpenChanges({ workspace, git }, names)
  if (open.length === 0) return []
  const request = { archived: false, against: null, write: false, stillHolds: null }
  const { verified } = await runVerify(
    { workspace, git, version, env },
    { ...request, names: open.map(({ change }) => change.name) },
  )
  return open.map(each =>
    watchedOf(
      each,
      verified.find(({ change }) => change.name === each.change.name),
    ),
  )
}

function watchedOf({ change, sync }: OpenChange, verified: Verified | undefined): WatchedChange {
  const judged = verified?.judged ?? []
  const { critical, warning } = countsOf(judged)
  return {
    change: change.name,
    directory: change.directory,
    phase: change.phase,
    tasks: change.tasks?.leaf ?? null,
    decision: verified?.decision ?? 'fail',
    critical,
    warning,
    worst: worstOf(judged),
    bound: change.binding.source === 'frontmatter' || change.binding.source === 'change-file',
    sync,
  }
}

/** The finding to fix first before a PASS; null when there is none. */
function worstOf(judged: Verified['judged']): Finding | null {
  const counting = judged.filter(
    ({ dimension, accepted: carried }) => dimension !== 'ledger' && carried === null,
  )
  const first = (wanted: Finding['severity']) =>
    counting.find(({ finding: { severity } }) => severity === wanted)?.finding
  return first('critical') ?? first('warning') ?? null
}
