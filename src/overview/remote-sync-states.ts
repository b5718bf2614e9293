import { readRegistry } from '../change/registry/read-registry.ts'
import type { Registry } from '../change/registry/registry.ts'
import { teamOf } from '../change/registry/resolve-team.ts'
import type { TrackedChange } from '../ledger/ledger.ts'
import { recordedSyncState, relationOf, type SyncState } from '../ledger/sync-state.ts'
import type { Board, BoardIssue, Tracker, TrackerAccess } from '../ports/tracker.ts'
import type { Workspace } from '../ports/workspace.ts'
import { issueOf } from '../sync/bound-issue.ts'
import { gateOf, usedTeamsOf } from '../sync/gate.ts'
import { readBoard } from '../sync/snapshot.ts'
import { phaseOfState, type Workflow, workflowOf } from '../sync/workflow.ts'

export interface LinearPorts {
  workspace: Workspace
  linear: TrackerAccess
}

/** The issues of some changes as Linear has them, after the workspace gate. */
export interface BoundBoard {
  registry: Registry
  tracker: Tracker
  board: Board
}

/** Throws what the tracker and the gate throw. */
export async function readBoundBoard(ports: LinearPorts, changes: TrackedChange[]): Promise<BoundBoard> {
  const registry = readRegistry(ports.workspace)
  const tracker = await ports.linear.tracker({ slug: registry.workspace.slug })
  const board = await readBoard(tracker, changes, registry)
  const gate = gateOf(registry, board, usedTeamsOf(changes, registry, board))
  if (gate) throw gate
  return { registry, tracker, board }
}

/** The workflow of the issue's team under the registry's names for it; undefined for a team that is not registered. */
export function workflowOn(
  change: TrackedChange,
  issue: BoardIssue,
  { registry, board }: BoundBoard,
): Workflow | undefined {
  const team = board.teams.find(candidate => candidate.id === issue.team.id)
  if (!team) return undefined
  return workflowOf(team, teamOf({ ...change.binding, team: team.key }, registry).team?.states ?? {})
}

/** The states of the issues of these changes in Linear, by change directory. Throws what the tracker and the gate throw. */
export async function readSyncStates(
  ports: LinearPorts,
  changes: TrackedChange[],
): Promise<Map<string, SyncState>> {
  const read = await readBoundBoard(ports, changes)
  return new Map(changes.map(change => [change.directory, syncStateOf(change, read)]))
}

function syncStateOf(change: TrackedChange, read: BoundBoard): SyncState {
  const issue = issueOf(change, read.board)
  const workflow = issue && workflowOn(change, issue, read)
  if (!issue || !workflow) return { ...recordedSyncState(change), relation: 'unknown' }
  const phase = phaseOfState(workflow, issue.state)
  return { state: issue.state.name, relation: relationOf(phase ?? issue.state.name, change.phase) }
}
