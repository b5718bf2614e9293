import { type Finding, findingsIn } from '../findings/finding.ts'
import { type BaseFingerprints, changedParts, type Fingerprint, fingerprintOf } from './base-fingerprints.ts'
import { normalName } from './near-miss.ts'
import type { Delta } from './parse-delta.ts'
import type { Requirement } from './parse-requirements.ts'
import type { Spec } from './parse-spec.ts'
import type { DeltaFile } from './read-specs.ts'

/**
 * Reports each part of the main spec that changed since the delta was first verified, and that the delta would
 * overwrite. A part is a scenario, or the statement, whose name is empty. A changed part is not reported when the delta
 * has the new text.
 */
export function baseMoveFindings({ delta, path }: DeltaFile, spec: Spec, lock: BaseFingerprints): Finding[] {
  const at = findingsIn(path)
  const now = new Map(spec.requirements.map(each => [normalName(each.name), fingerprintOf(spec.text, each)]))
  const renamed = new Map(delta.renamed.map(each => [normalName(each.to), normalName(each.from)]))
  const modified = delta.modified.flatMap(block => {
    const key = renamed.get(normalName(block.name)) ?? normalName(block.name)
    const [before, today] = [lock.get(key), now.get(key)]
    return before && today ? partMoves({ delta, block, before, today, at }) : []
  })
  const removed = delta.removed.flatMap(({ name, line }) => {
    const [before, today] = [lock.get(normalName(name)), now.get(normalName(name))]
    if (!before || !today || changedParts(before, today).size === 0) return []
    const args = { requirement: name, part: '', collision: 'removes' as const }
    return [at(line, 'delta/base-moved', 'critical', args)]
  })
  return [...modified, ...removed]
}

function partMoves({
  delta,
  block,
  before,
  today,
  at,
}: {
  delta: Delta
  block: Requirement
  before: Fingerprint
  today: Fingerprint
  at: ReturnType<typeof findingsIn>
}): Finding[] {
  const ours = fingerprintOf(delta.text, block)
  const moves: Finding[] = []
  const compare = (part: string, line: number, prints: (string | undefined)[]) => {
    const [then, here, mine] = prints
    if (then === here || mine === here || mine === undefined) return
    // `reverts`: the delta has the old text. `both`: the delta and the main spec have two different new texts.
    const collision = mine === then ? 'reverts' : 'both'
    moves.push(at(line, 'delta/base-moved', 'critical', { requirement: block.name, part, collision }))
  }
  compare('', block.line, [before.statement, today.statement, ours.statement])
  for (const { name, line, renamedFrom } of block.scenarios) {
    const [key, old] = [normalName(name), normalName(renamedFrom ?? name)]
    const known = before.scenarios.has(old) || today.scenarios.has(old) ? old : key
    compare(name, line, [before.scenarios.get(known), today.scenarios.get(known), ours.scenarios.get(key)])
  }
  return moves
}
