import { isTerminal, type Phase, phaseNamed, rankOf } from '../change/states.ts'
import type { TrackedChange } from './ledger.ts'

/** The state compared with the phase. `state` is the last synced one, or the one in Linear when it was asked. */
export interface SyncState {
  state: string | null
  relation: 'in-step' | 'behind' | 'ahead' | 'terminal' | 'unknown'
}

/** The standing by the state of record alone, without a network. */
export function recordedSyncState(change: TrackedChange): SyncState {
  const state = change.ledger.lastSyncedState ?? change.ledger.storyState
  return { state, relation: relationOf(state, change.phase) }
}

/** Compares a state's name with a phase; synonyms count for ordering. */
export function relationOf(state: string | null, phase: Phase): SyncState['relation'] {
  const recorded = state === null ? null : phaseNamed(state)
  if (!recorded) return 'unknown'
  if (recorded === phase) return 'in-step'
  if (isTerminal(recorded)) return 'terminal'
  return rankOf(recorded) < rankOf(phase) ? 'behind' : 'ahead'
}
