import { type ArchivedDeltas, readArchivedDeltas } from '../archive/audit.ts'
import { type Finding, finding } from '../findings/finding.ts'
import type { Workspace } from '../ports/workspace.ts'
import { type BaseFingerprints, fingerprintOf, touchedNames } from '../specs/base-fingerprints.ts'
import { formatBaseLock, parseBaseLock } from '../specs/base-lock.ts'
import { normalName } from '../specs/near-miss.ts'
import type { Delta } from '../specs/parse-delta.ts'
import type { Spec } from '../specs/parse-spec.ts'
import { type DeltaFile, readDeltas, readMainSpecs } from '../specs/read-specs.ts'

/** Requirements of an archived change that later archives have touched again; read before it moves back. */
export function readSuperseded(
  workspace: Workspace,
  { name, directory }: { name: string; directory: string },
): Finding[] {
  const archived = readArchivedDeltas(workspace)
  const own = archived.findIndex(({ archive }) => directory.endsWith(`/${archive}`))
  const change = archived[own]
  return change ? supersededFindings({ name, deltas: change.deltas }, archived.slice(own + 1)) : []
}

/** Lets the delta of a reopened change go on from its own folded text; see reopenedFingerprints. */
export function renewBaseLocks(workspace: Workspace, directory: string): void {
  const main = readMainSpecs(workspace)
  for (const { capability, delta, lock } of readDeltas(workspace, directory).deltas) {
    const recorded = lock && parseBaseLock(lock.text).lock
    if (!lock || !recorded) continue
    const spec = main.get(capability)?.spec ?? null
    const requirements = reopenedFingerprints(delta, spec, recorded.requirements)
    const text = formatBaseLock({ ...recorded, requirements })
    if (text !== lock.text) workspace.write(lock.path, text, lock.text)
  }
}

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

/**
 * Requirements of a change that later archived changes touched too: archiving this one again would bring its older
 * text back. `later` in the order of their archives; the newest one is named.
 */
export function supersededFindings(
  { name, deltas }: { name: string; deltas: readonly DeltaFile[] },
  later: readonly ArchivedDeltas[],
): Finding[] {
  return deltas.flatMap(({ capability, path, delta }) =>
    touchedNames(delta).flatMap((requirement): Finding[] => {
      const by = later.findLast(other =>
        other.deltas.some(each => each.capability === capability && touches(each.delta, requirement)),
      )
      if (!by) return []
      const args = { requirement, capability, by: by.archive }
      return [finding('archive/superseded', 'warning', args, { change: name, file: path })]
    }),
  )
}

function touches(delta: Delta, requirement: string): boolean {
  const renamed = delta.renamed.some(({ to }) => normalName(to) === requirement)
  return renamed || touchedNames(delta).includes(requirement)
}
