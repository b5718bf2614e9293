import { type Finding, findingsIn } from '../findings/finding.ts'
import { type BaseFingerprints, changedParts, type Fingerprint, fingerprintOf } from './base-fingerprints.ts'
import { normalName } from './near-miss.ts'
import type { Delta } from './parse-delta.ts'
import type { Requirement } from './parse-requirements.ts'
import type { Spec } from './parse-spec.ts'

/**
 * `reverts`: the delta has the old text. `both`: the delta and the main spec have two different new texts. `removes`:
 * the delta removes the new text.
 */
export type Collision = 'reverts' | 'both' | 'removes'

/** A part of the main spec that changed since the delta was first verified, and that the delta would overwrite. */
export interface BaseMove {
  requirement: string
  /** Name of the scenario, or empty for the statement. */
  part: string
  collision: Collision
  /** 1-based line of the delta spec. */
  line: number
}

/**
 * Compares the recorded main spec, the current one and the delta: the statement and each scenario.
 * A changed part is not reported when the delta has the new text.
 */
export function baseMoves(delta: Delta, spec: Spec, lock: BaseFingerprints): BaseMove[] {
  const now = new Map(spec.requirements.map(each => [normalName(each.name), fingerprintOf(spec.text, each)]))
  const renamed = new Map(delta.renamed.map(each => [normalName(each.to), normalName(each.from)]))
  const modified = delta.modified.flatMap(block => {
    const key = renamed.get(normalName(block.name)) ?? normalName(block.name)
    const [before, today] = [lock.get(key), now.get(key)]
    return before && today ? partMoves({ delta, block, before, today }) : []
  })
  const removed = delta.removed.flatMap(({ name, line }): BaseMove[] => {
    const [before, today] = [lock.get(normalName(name)), now.get(normalName(name))]
    if (!before || !today || changedParts(before, today).size === 0) return []
    return [{ requirement: name, part: '', collision: 'removes', line }]
  })
  return [...modified, ...removed]
}

export function baseMoveFindings(moves: readonly BaseMove[], file: string): Finding[] {
  const at = findingsIn(file)
  return moves.map(({ line, ...args }) => at(line, 'delta/base-moved', 'critical', args))
}

function partMoves({
  delta,
  block,
  before,
  today,
}: {
  delta: Delta
  block: Requirement
  before: Fingerprint
  today: Fingerprint
}): BaseMove[] {
  const ours = fingerprintOf(delta.text, block)
  const moves: BaseMove[] = []
  const compare = (part: string, line: number, prints: (string | undefined)[]) => {
    const [then, here, mine] = prints
    if (then === here || mine === here || mine === undefined) return
    const collision = mine === then ? 'reverts' : 'both'
    moves.push({ requirement: block.name, part, collision, line })
  }
  compare('', block.line, [before.statement, today.statement, ours.statement])
  for (const { name, line, renamedFrom } of block.scenarios) {
    const [key, old] = [normalName(name), normalName(renamedFrom ?? name)]
    const known = before.scenarios.has(old) || today.scenarios.has(old) ? old : key
    compare(name, line, [before.scenarios.get(known), today.scenarios.get(known), ours.scenarios.get(key)])
  }
  return moves
}
