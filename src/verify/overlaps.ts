import type { ChangeDirectory } from '../change/change-directories.ts'
import type { Finding } from '../findings/finding.ts'
import { overlapFindings, type Touch, touchesOf } from '../specs/overlap.ts'
import { type DeltaFile, readDeltasOf } from '../specs/read-specs.ts'
import { compareFindings } from './order.ts'
import type { Repository } from './reading/read-repository.ts'
import { readable } from './reading/readable.ts'
import { overlapSeverity } from './severity.ts'
import { countingOf, decisionOf, type Judged, type Judgment } from './verification.ts'

/** The part of a change that is compared with other changes. */
export interface ComparedChange {
  directory: ChangeDirectory
  touches: Touch[]
}

export function comparedChange(
  { main }: Pick<Repository, 'main'>,
  directory: ChangeDirectory,
  deltas: readonly DeltaFile[],
): ComparedChange {
  if (directory.archived) return { directory, touches: [] }
  // A name that is a slice of a text keeps the whole text in memory, so it is copied.
  return { directory, touches: structuredClone(touchesOf(directory.name, deltas, main)) }
}

/** Open changes that are not selected, with what they change in the capabilities of the selected ones. */
export function readOthers(repository: Repository, changes: readonly ComparedChange[]): ComparedChange[] {
  const { workspace, selection } = repository
  const selected = new Set(changes.map(({ directory }) => directory.path))
  const capabilities = new Set(changes.flatMap(({ touches }) => touches.map(({ capability }) => capability)))
  return selection.open.flatMap(directory => {
    if (selected.has(directory.path)) return []
    const deltas = readable(() => readDeltasOf(workspace, directory.path, capabilities))
    return typeof deltas === 'string' ? [] : [comparedChange(repository, directory, deltas)]
  })
}

/** Findings about requirements that several open changes edit, by name of the change. */
export function overlaps(
  open: readonly ChangeDirectory[],
  changes: readonly ComparedChange[],
): Map<string, Finding[]> {
  const touches = new Map(changes.map(each => [each.directory.path, each.touches]))
  const groups = new Map<string, Finding[]>()
  for (const finding of overlapFindings(open.flatMap(({ path }) => touches.get(path) ?? []))) {
    const name = finding.change ?? ''
    groups.set(name, [...(groups.get(name) ?? []), finding])
  }
  return groups
}

type Overlapped = Pick<Judgment, 'judged' | 'findings' | 'decision'> & {
  change: Pick<Judgment['change'], 'phase'>
}

/** Adds overlap, which is found after all changes were judged. It is never critical, so the evidence does not change. */
export function withOverlaps<V extends Overlapped>(judgment: V, found: readonly Finding[]): V {
  if (found.length === 0) return judgment
  const added = found.map((finding): Judged => ({ dimension: 'correctness', finding, accepted: null }))
  const judged = [...judgment.judged, ...added].sort((a, b) => compareFindings(a.finding, b.finding))
  const now = (finding: Finding) => ({ ...finding, severity: overlapSeverity(finding, judgment.change) })
  // Both lists have the same order.
  const reported = judgment.findings[Symbol.iterator]()
  return {
    ...judgment,
    judged,
    decision: decisionOf(countingOf(judged)),
    findings: judged
      .filter(({ accepted }) => accepted === null)
      .map(each => (added.includes(each) ? now(each.finding) : (reported.next().value as Finding))),
  }
}
