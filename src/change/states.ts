/** The seven canonical states in lifecycle order. The last two end a change that is not done. */
export const PHASES = [
  'Backlog',
  'Todo',
  'In Progress',
  'In Review',
  'Done',
  'Canceled',
  'Duplicate',
] as const

export type Phase = (typeof PHASES)[number]

/** Names teams use for a canonical state: for display and ordering only, never a reason to write. */
const SYNONYMS: Record<string, Phase> = {
  planning: 'Backlog',
  triage: 'Backlog',
  icebox: 'Backlog',
  ready: 'Todo',
  'to do': 'Todo',
  'up next': 'Todo',
  doing: 'In Progress',
  'in development': 'In Progress',
  cancelled: 'Canceled',
}

const CANONICAL = new Map<string, Phase>(PHASES.map(phase => [phase.toLowerCase(), phase]))

/** The phase of a state name, in any case and with synonyms; null for a name that opsx does not know. */
export function phaseNamed(name: string): Phase | null {
  const key = name.trim().toLowerCase()
  return CANONICAL.get(key) ?? SYNONYMS[key] ?? null
}

/** Position in the lifecycle; Done, Canceled and Duplicate are all past In Review. */
export function rankOf(phase: Phase): number {
  return PHASES.indexOf(phase)
}

export function isTerminal(phase: Phase): boolean {
  return rankOf(phase) >= rankOf('Done')
}
