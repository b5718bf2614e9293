import { type BaseFingerprints, fingerprintOf } from '../specs/base-fingerprints.ts'
import { normalName } from '../specs/near-miss.ts'
import type { Delta } from '../specs/parse-delta.ts'
import type { Spec } from '../specs/parse-spec.ts'

/**
 * What a reopened change's delta is to be compared with from now on: where the main spec still has the change's own text,
 * that text, so that it can go on changing; elsewhere what was remembered, so that what others put there is not reverted.
 */
export function reopenedFingerprints(
  delta: Delta,
  spec: Spec | null,
  recorded: BaseFingerprints,
): BaseFingerprints {
  const current = new Map((spec?.requirements ?? []).map(each => [normalName(each.name), each]))
  const prints = new Map(recorded)
  for (const block of delta.modified) {
    const key = normalName(block.name)
    const there = current.get(key)
    if (!there || !spec || !prints.has(key)) continue
    const [today, ours] = [fingerprintOf(spec.text, there), fingerprintOf(delta.text, block)]
    const same = today.statement === ours.statement && sameScenarios(today.scenarios, ours.scenarios)
    if (same) prints.set(key, today)
  }
  return prints
}

function sameScenarios(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): boolean {
  return one.size === other.size && [...one].every(([name, print]) => other.get(name) === print)
}
