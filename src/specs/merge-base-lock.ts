import { threeWay, type Versions } from '../markdown/three-way.ts'
import type { Fingerprint } from './base-fingerprints.ts'
import { type BaseLock, formatBaseLock, parseBaseLock } from './base-lock.ts'

const EMPTY: BaseLock = { requirements: new Map(), upstream: null }

/**
 * Merges `base.lock.json` requirement by requirement; an empty text is a version without the file. Ours wins where both
 * sides changed an entry. Null when a side cannot be read.
 */
export function mergeBaseLock(texts: Versions<string>): string | null {
  const ours = parseBaseLock(texts.ours).lock
  const theirs = parseBaseLock(texts.theirs).lock
  if (!ours || !theirs) return null
  const base = parseBaseLock(texts.base).lock ?? EMPTY
  const requirements = new Map<string, Fingerprint | null>()
  for (const name of new Set([...ours.requirements.keys(), ...theirs.requirements.keys()])) {
    const print = chosen({
      base: base.requirements.get(name),
      ours: ours.requirements.get(name),
      theirs: theirs.requirements.get(name),
    })
    if (print !== undefined) requirements.set(name, print)
  }
  const upstream = chosen({ base: base.upstream, ours: ours.upstream, theirs: theirs.upstream })
  return formatBaseLock({ requirements, upstream: upstream ?? null })
}

/** The side that changed. Ours when both did, or the one that exists. */
function chosen<T>(versions: Versions<T>): T {
  const side = threeWay(versions, (one, other) => sortedText(one) === sortedText(other))
  return side === null ? (versions.ours ?? versions.theirs) : versions[side]
}

function sortedText(value: unknown): string {
  return JSON.stringify(value, (_, inner) => (inner instanceof Map ? [...inner].sort() : inner)) ?? ''
}
