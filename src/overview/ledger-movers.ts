import type { Context } from '../adapters/context.ts'
import type { TrackedChange } from '../ledger/ledger.ts'
import type { BoardIssue } from '../ports/tracker.ts'
import type { MovedIssue } from '../report/ledger-movers.ts'
import { issueOf } from '../sync/issue-of.ts'
import { arrivalOf, moverOf } from '../sync/mover.ts'
import { compareToPhase, isFinal, phaseOfState } from '../sync/workflow.ts'
import { type BoundBoard, readBoundBoard, workflowOn } from './remote-standings.ts'

type Apart = Omit<MovedIssue, 'by' | 'at' | 'automation'> & { live: BoardIssue }

/**
 * Every issue that is not where its files are, and who moved it there, from the issue's history. One request, and
 * another one per 27 of those issues. Throws what the tracker and the gate throw.
 */
export async function readMovers(context: Context, changes: TrackedChange[]): Promise<MovedIssue[]> {
  const bound = changes.filter(({ binding }) => binding.source !== 'none' && binding.source !== 'link')
  if (bound.length === 0) return []
  const read = await readBoundBoard(context, bound)
  const apart = bound.flatMap(change => apartOf(change, read))
  if (apart.length === 0) return []
  const ids = [...new Set(apart.map(({ live }) => live.id))]
  const { issues } = await read.tracker.inspect({ issues: ids, comments: [] })
  const details = new Map(issues.map(detail => [detail.id, detail]))
  return apart.map(({ live, ...rest }) => {
    const detail = details.get(live.id) ?? { id: live.id, description: '', comments: [], history: [] }
    const arrival = arrivalOf(detail, live)
    const by = moverOf(detail, live)
    return { ...rest, by, at: arrival?.at ?? null, automation: arrival?.automation ?? null }
  })
}

function apartOf(change: TrackedChange, read: BoundBoard): Apart[] {
  const live = issueOf(change, read.board)
  const workflow = live && workflowOn(change, live, read)
  if (!live || !workflow || phaseOfState(workflow, live.state) === change.phase) return []
  const where = { change: change.name, issue: live.identifier, state: live.state.name, phase: change.phase }
  if (isFinal(live.state)) return [{ ...where, relation: 'terminal', live }]
  const distance = compareToPhase(workflow, live.state, change.phase)
  return distance === 0 ? [] : [{ ...where, relation: distance < 0 ? 'behind' : 'ahead', live }]
}
