import type { RegistryTeam } from '../change/registry/registry.ts'
import { PHASES } from '../change/states.ts'
import { type Finding, finding } from '../findings/finding.ts'
import type { GitAutomation, TeamName } from '../ports/tracker.ts'
import { stateFinding } from '../sync/state-finding.ts'
import { isFinal, phaseOfState, type Workflow, workflowOf } from '../sync/workflow.ts'
import type { Check } from './check.ts'
import { type LinearFacts, liveTeamOf } from './linear-facts.ts'

const EVENT_NAMES: Record<GitAutomation['event'], string> = {
  draft: 'opened as a draft',
  start: 'opened',
  review: 'in review',
  mergeable: 'ready to be merged',
  merge: 'merged',
}

/** Events for which sync makes the same move at about the same time. These automations are not reported. */
const SAME_AS_SYNC: Partial<Record<GitAutomation['event'], string>> = {
  draft: 'In Progress',
  start: 'In Progress',
  merge: 'In Review',
}

/** Checks the key and id of a registered team, the names of its states, and its git automations. */
export function checkTeam(team: RegistryTeam, { visible, linear, setup }: LinearFacts): Check {
  const name = `team ${team.key}`
  const named = liveTeamOf(team, visible)
  const live = linear.teams.find(({ id }) => id === named?.id)
  if (!named || !live) {
    const available = visible.map(({ key }) => key).join(', ')
    const missing = finding('workspace/team-not-found', 'critical', { team: team.key, available })
    return { name, says: 'not found', findings: [missing] }
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

/** Reports automations that move an issue to another state than sync. One that closes the issue is a warning. */
function automationFindings(workflow: Workflow, automations: GitAutomation[]): Finding[] {
  return automations.flatMap(({ event, branch, state }) => {
    const phase = phaseOfState(workflow, state)
    if (phase !== null && SAME_AS_SYNC[event] === phase) return []
    const closes = isFinal(state)
    const args = {
      team: workflow.team.key,
      event: EVENT_NAMES[event],
      state: state.name,
      branch: branch ?? '',
      closes: closes ? 'yes' : 'no',
    }
    return [finding('doctor/git-automation', closes ? 'warning' : 'info', args)]
  })
}
