import { PHASES, type Phase, rankOf } from '../change/states.ts'
import type { LinearTeam, StateType, WorkflowState } from '../ports/tracker.ts'

/** A phase's workflow state on one team, or why it has none. */
export type StateLookup =
  | { state: WorkflowState }
  | { state: null; problem: 'missing' | 'ambiguous'; name: string; count: number }

/** One team's mapping between phases and workflow states. */
export interface Workflow {
  team: LinearTeam
  lookup: Record<Phase, StateLookup>
}

const TYPE_RANK: Record<StateType, number> = {
  triage: 0,
  backlog: 1,
  unstarted: 2,
  started: 3,
  completed: 4,
  canceled: 5,
  duplicate: 6,
}

const TYPES: Record<Phase, StateType> = {
  Backlog: 'backlog',
  Todo: 'unstarted',
  'In Progress': 'started',
  'In Review': 'started',
  Done: 'completed',
  Canceled: 'canceled',
  Duplicate: 'duplicate',
}

/**
 * Resolves each phase to a state of the team by name, never by type: the registry's name for it,
 * else the canonical one, any case. No such name, or two, is a problem and never a guess.
 */
export function workflowOf(team: LinearTeam, names: Partial<Record<Phase, string>>): Workflow {
  const lookup = {} as Record<Phase, StateLookup>
  for (const phase of PHASES) lookup[phase] = lookUp(team, names[phase] ?? phase)
  return { team, lookup }
}

function lookUp(team: LinearTeam, name: string): StateLookup {
  const exact = team.states.filter(state => state.name === name)
  const found = exact.length > 0 ? exact : team.states.filter(state => fold(state.name) === fold(name))
  const [only] = found
  if (only && found.length === 1) return { state: only }
  return { state: null, problem: found.length === 0 ? 'missing' : 'ambiguous', name, count: found.length }
}

function fold(name: string): string {
  return name.trim().toLowerCase()
}

/** The phase that a state of this team is mapped to; null for a state the mapping does not name. */
export function phaseOfState(workflow: Workflow, state: WorkflowState): Phase | null {
  return PHASES.find(phase => workflow.lookup[phase].state?.id === state.id) ?? null
}

/**
 * A state compared with a phase: negative when behind, zero when it is that phase, positive when ahead.
 * Mapped states compare in lifecycle order, an unmapped one by (type, position).
 */
export function compareToPhase(workflow: Workflow, state: WorkflowState, phase: Phase): number {
  const mapped = phaseOfState(workflow, state)
  if (mapped) return rankOf(mapped) - rankOf(phase)
  const target = workflow.lookup[phase].state
  if (!target) return TYPE_RANK[state.type] - TYPE_RANK[typeOf(phase)]
  return TYPE_RANK[state.type] - TYPE_RANK[target.type] || state.position - target.position || 1
}

/** Linear's category of the states that mean a phase. */
export function typeOf(phase: Phase): StateType {
  return TYPES[phase]
}

/** Completed, canceled and duplicate states are never left by opsx on its own. */
export function isFinal(state: WorkflowState): boolean {
  return state.type === 'completed' || state.type === 'canceled' || state.type === 'duplicate'
}
