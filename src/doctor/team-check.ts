import type { RegistryTeam } from '../change/registry.ts'
import { PHASES } from '../change/states.ts'
import { type Finding, finding } from '../findings/finding.ts'
import type { TeamName } from '../ports/tracker.ts'
import type { Check } from '../report/doctor.ts'
import { stateFinding } from '../sync/state-finding.ts'
import { type Workflow, workflowOf } from '../sync/workflow.ts'
import { automationFindings } from './automation-findings.ts'
import type { BoardFacts } from './board-checks.ts'

/** The team of a registry entry in Linear: by key, else by id, when it was renamed. */
export function liveTeamOf(team: RegistryTeam, visible: TeamName[]): TeamName | undefined {
  return visible.find(({ key }) => key === team.key) ?? visible.find(({ id }) => id === team.id)
}

/** Key and id of a registered team, its state names against the live ones, and its git automations. */
export function checkTeam(team: RegistryTeam, { visible, board, setup }: BoardFacts): Check {
  const name = `team ${team.key}`
  const named = liveTeamOf(team, visible)
  const live = board.teams.find(({ id }) => id === named?.id)
  if (!named || !live) {
    const available = visible.map(({ key }) => key).join(', ')
    const told = finding('workspace/team-not-found', 'critical', { team: team.key, available })
    return { name, says: 'not found', findings: [told] }
  }
  const workflow = workflowOf(live, team.states)
  const automations = setup.automations.filter(one => one.team === live.key)
  const findings = [
    ...identityFindings(team, named),
    ...stateFindings(workflow),
    ...automationFindings(workflow, automations),
  ]
  return { name, says: `${live.name}, ${live.states.length} states`, findings }
}

function identityFindings({ key, id }: RegistryTeam, live: TeamName): Finding[] {
  if (live.key !== key) {
    const args = { team: key, current: live.key, id: live.id }
    return [finding('workspace/team-renamed', 'critical', args)]
  }
  if (!id) return [finding('workspace/team-unpinned', 'suggestion', { team: key, id: live.id })]
  if (id === live.id) return []
  return [finding('workspace/team-mismatch', 'critical', { team: key, expected: id, actual: live.id })]
}

function stateFindings(workflow: Workflow): Finding[] {
  return PHASES.flatMap(phase => {
    const missing = 'problem' in workflow.lookup[phase] && workflow.lookup[phase].problem === 'missing'
    const severity = phase === 'Duplicate' && missing ? 'info' : 'warning'
    return stateFinding(workflow, phase, { severity }) ?? []
  })
}
