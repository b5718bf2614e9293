import type { Phase } from '../change/states.ts'
import type { TrackedChange } from '../ledger/ledger.ts'
import type { LinearIssue } from '../ports/tracker.ts'
import { arrivalOf, issueOf, moverOf } from '../sync/bound-issue.ts'
import { compareToPhase, isFinal, phaseOfState } from '../sync/workflow.ts'
import { type BoundData, type LinearPorts, readBoundBoard, workflowOn } from './remote-sync-states.ts'

/** An issue that is not where the files of its change are. */
export interface MovedIssue {
  change: string
  issue: string
  state: string
  phase: Phase
  relation: 'behind' | 'ahead' | 'terminal'
  /** Display name of a person or a bot, or a word for what Linear does not name. */
  by: string
  /** ISO 8601, UTC; null when the history does not reach back so far. */
  at: string | null
  automation: boolean | null
}

type Apart = Omit<MovedIssue, 'by' | 'at' | 'automation'> & { live: LinearIssue }

/**
 * Every issue that is not where its files are, and who moved it there, from the issue's history. One request, and
 * another one per 27 of those issues. Throws what the tracker and the gate throw.
 */
export async function readMovers(ports: LinearPorts, changes: TrackedChange[]): Promise<MovedIssue[]> {
  const bound = changes.filter(({ binding }) => binding.source !== 'none' && binding.source !== 'link')
  if (bound.length === 0) return []
  const read = await readBoundBoard(ports, bound)
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

function apartOf(change: TrackedChange, read: BoundData): Apart[] {
  const live = issueOf(change, read.linear)
  const workflow = live && workflowOn(change, live, read)
  if (!live || !workflow || phaseOfState(workflow, live.state) === change.phase) return []
  const where = { change: change.name, issue: live.identifier, state: live.state.name, phase: change.phase }
  if (isFinal(live.state)) return [{ ...where, relation: 'terminal', live }]
  const distance = compareToPhase(workflow, live.state, change.phase)
  return distance === 0 ? [] : [{ ...where, relation: distance < 0 ? 'behind' : 'ahead', live }]
}
