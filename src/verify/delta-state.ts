import { mergeDelta } from '../specs/merging/merge.ts'
import type { DeltaFile, MainSpecs } from '../specs/read-specs.ts'
import type { DeltaState } from './verification.ts'

/** `synced` when a merge would not change the main spec. */
export function deltaState({ capability, delta }: DeltaFile, main: MainSpecs): DeltaState {
  const base = main.get(capability)
  if (!base) return { capability, state: 'pending', notes: 'new capability' }
  try {
    const same = mergeDelta(delta, base.spec).text === base.spec.text
    return {
      capability,
      state: same ? 'synced' : 'pending',
      notes: same ? 'nothing left to fold' : 'folded at archive',
    }
  } catch {
    return { capability, state: 'pending', notes: 'cannot be folded yet' }
  }
}
