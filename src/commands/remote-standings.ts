import { readRegistry } from '../change/read-registry.ts'
import { teamOf } from '../change/resolve-team.ts'
import type { Context } from '../context.ts'
import type { TrackedChange } from '../ledger/ledger.ts'
import { recordedStanding, relationOf, type Standing } from '../ledger/standing.ts'
import { gateOf, usedTeamsOf } from '../sync/gate.ts'
import { issueOf } from '../sync/issue-of.ts'
import { readBoard } from '../sync/snapshot.ts'
import { phaseOfState, workflowOf } from '../sync/workflow.ts'

/** Where the issues of these changes stand in Linear, by change directory. Throws what the tracker and the gate throw. */
export async function readStandings(
  context: Context,
  changes: TrackedChange[],
): Promise<Map<string, Standing>> {
  const registry = readRegistry(context.workspace())
  const tracker = await context.tracker({ slug: registry.workspace.slug })
  const board = await readBoard(tracker, changes, registry)
  const gate = gateOf(registry, board, usedTeamsOf(changes, registry, board))
  if (gate) throw gate
  return new Map(changes.map(change => [change.directory, standingOf(change)]))

  function standingOf(change: TrackedChange): Standing {
    const issue = issueOf(change, board)
    const team = board.teams.find(candidate => candidate.id === issue?.team.id)
    if (!issue || !team) return { ...recordedStanding(change), relation: 'unknown' }
    const names = teamOf({ ...change.binding, team: team.key }, registry).team?.states ?? {}
    const phase = phaseOfState(workflowOf(team, names), issue.state)
    return { state: issue.state.name, relation: relationOf(phase ?? issue.state.name, change.phase) }
  }
}
