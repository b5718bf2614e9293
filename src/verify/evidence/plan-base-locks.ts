import { planFingerprints } from '../../specs/base-fingerprints.ts'
import { formatBaseLock } from '../../specs/base-lock.ts'
import { BASE_LOCK, type DeltaFile, type MainSpecs } from '../../specs/read-specs.ts'
import type { UpstreamRecord } from '../../specs/upstream-record.ts'

/**
 * The base locks to write: fingerprints of the requirements that each delta touches, taken when it is first verified,
 * and its upstream artifacts. Never replaces an unreadable lock, because its records would be lost.
 * `upstream`: by path of the delta.
 */
export function planBaseLocks(
  deltas: readonly DeltaFile[],
  { main, upstream }: { main: MainSpecs; upstream: ReadonlyMap<string, UpstreamRecord | null> },
): { path: string; text: string }[] {
  return deltas.flatMap(({ capability, path, delta, lock }) => {
    if (lock?.problem) return []
    const base = main.get(capability)?.spec ?? null
    const requirements = planFingerprints(delta, base, lock?.lock?.requirements ?? null)
    const text = formatBaseLock({ requirements, upstream: upstream.get(path) ?? null })
    if (requirements.size === 0 || text === lock?.text) return []
    return [{ path: path.replace(/[^/]+$/, BASE_LOCK), text }]
  })
}
