import { readRegistry } from '../change/registry/read-registry.ts'
import type { Registry } from '../change/registry/registry.ts'
import { teamOf } from '../change/registry/resolve-team.ts'
import type { TrackedChange } from '../ledger/ledger.ts'
import { recordedSyncState, relationOf, type SyncState } from '../ledger/sync-state.ts'
import type { LinearData, LinearIssue, Tracker, TrackerAccess } from '../ports/tracker.ts'
import type { Workspace } from '../ports/workspace.ts'
import { issueOf } from '../sync/bound-issue.ts'
import { gateOf, usedTeamsOf } from '../sync/gate.ts'
import { readLinearData } from '../sync/snapshot.ts'
import { phaseOfState, type Workflow, workflowOf } from '../sync/workflow.ts'

export interface LinearPorts {
  workspace: Workspace
  linear: TrackerAccess
}

/** The issues of some changes as Linear has them, after the workspace gate. */
export interface BoundData {
  registry: Registry
  tracker: Tracker
  linear: LinearData
}

/** Throws what the tracker and the gate throw. */
export async function readBoundBoard(ports: LinearPorts, changes: TrackedChange[]): Promise<BoundData> {
  const registry = readRegistry(ports.workspace)
  const tracker = await ports.linear.tracker({ slug: registry.workspace.slug })
  const linear = await readLinearData(tracker, changes, registry)
  const gate = gateOf(registry, linear, usedTeamsOf(changes, registry, linear))
  if (gate) throw gate
  return { registry, tracker, linear }
}

/** The workflow of the issue's team under the registry's names for it; undefined for a team that is not registered. */
export function workflowOn(
  change: TrackedChange,
  issue: LinearIssue,
  { registry, linear }: BoundData,
): Workflow | undefined {
  const team = linear.teams.find(candidate => candidate.id === issue.team.id)
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

function syncStateOf(change: TrackedChange, read: BoundData): SyncState {
  const issue = issueOf(change, read.linear)
  const workflow = issue && workflowOn(change, issue, read)
  if (!issue || !workflow) return { ...recordedSyncState(change), relation: 'unknown' }
  const phase = phaseOfState(workflow, issue.state)
  return { state: issue.state.name, relation: relationOf(phase ?? issue.state.name, change.phase) }
}
