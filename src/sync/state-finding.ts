import type { Phase } from '../change/states.ts'
import { type Finding, finding, type Severity } from '../findings/finding.ts'
import type { WorkflowState } from '../ports/tracker.ts'
import { phaseOfState, typeOf, type Workflow } from './workflow.ts'

/**
 * Why a phase has no state on a team, with the states that may be meant by it: those of the phase's type that no other
 * phase has. Null when it has one.
 */
export function stateFinding(
  workflow: Workflow,
  phase: Phase,
  { severity, place = {} }: { severity: Severity; place?: Pick<Finding, 'change' | 'file'> },
): Finding | null {
  const lookup = workflow.lookup[phase]
  if (lookup.state) return null
  const { name, count } = lookup
  const states = namesOf(workflow.team.states)
  const args = {
    name,
    team: workflow.team.key,
    available: states.join(', '),
    key: phase.toLowerCase().replace(' ', '_'),
    candidates: namesOf(candidatesOf(workflow, phase)).join(', '),
  }
  if (lookup.problem === 'missing') return finding('board/state-missing', severity, args, place)
  return finding('board/state-ambiguous', severity, { ...args, count }, place)
}

function candidatesOf(workflow: Workflow, phase: Phase): WorkflowState[] {
  const { states } = workflow.team
  return states.filter(state => {
    const alone = states.every(other => other === state || other.name !== state.name)
    return alone && state.type === typeOf(phase) && phaseOfState(workflow, state) === null
  })
}

function namesOf(states: WorkflowState[]): string[] {
  return states.map(state => `"${state.name}"`)
}
