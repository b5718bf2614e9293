import { OpsxError } from '../../errors.ts'
import type { TrackedChange } from '../../ledger/ledger.ts'
import type { DeltaFile } from '../../specs/read-specs.ts'
import { confirmedUpstreamRecord, type UpstreamRecord } from '../../specs/upstream-record.ts'
import { UPSTREAM_FILES, upstreamDigests } from '../evidence/upstream-digests.ts'
import type { Upstream } from '../facts.ts'
import type { BranchStart } from './read-git-work.ts'
import type { Repository } from './read-repository.ts'

export interface UpstreamParts {
  change: TrackedChange
  texts: ReadonlyMap<string, string>
  deltas: DeltaFile[]
}

/** The recorded and the current upstream artifacts of each delta spec, by path relative to the change. */
export function readUpstream(
  { git, stillHolds, write }: Repository,
  { change: { directory }, texts, deltas }: UpstreamParts,
): Map<string, Upstream> {
  const start = git?.work?.start ?? null
  const found = new Map<string, Upstream>()
  for (const delta of deltas) {
    const file = delta.path.slice(directory.length + 1)
    const recorded = recordedOf(delta, directory, start)
    if (recorded === null && !write) continue
    const today = upstreamDigests(texts.get(file) ?? '', path => texts.get(path))
    const confirmed =
      recorded && stillHolds !== null ? confirmedUpstreamRecord(recorded, today, stillHolds) : recorded
    found.set(file, { recorded: confirmed, today })
  }
  return found
}

function recordedOf(delta: DeltaFile, directory: string, start: BranchStart | null): UpstreamRecord | null {
  if (delta.lock?.problem) return null
  return delta.lock?.lock?.upstream ?? (start && atStart(delta.path, directory, start))
}

/**
 * The artifacts where the branch began. Null when the branch changed the delta spec or changed no upstream artifact:
 * then there is nothing to compare.
 */
function atStart(path: string, directory: string, start: BranchStart): UpstreamRecord | null {
  const upstream = UPSTREAM_FILES.map(file => `${directory}/${file}`)
  if (start.changed.has(path) || !upstream.some(file => start.changed.has(file))) return null
  try {
    const spec = start.read(path)
    return spec === undefined ? null : upstreamDigests(spec, file => start.read(`${directory}/${file}`))
  } catch (error) {
    if (error instanceof OpsxError) return null
    throw error
  }
}
