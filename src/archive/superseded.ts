import { type Finding, finding } from '../findings/finding.ts'
import { touchedNames } from '../specs/base-fingerprints.ts'
import { normalName } from '../specs/near-miss.ts'
import type { Delta } from '../specs/parse-delta.ts'
import type { DeltaFile } from '../specs/read-specs.ts'
import type { ArchivedDeltas } from './audit.ts'

/**
 * Requirements of a change that changes archived later have touched again: archiving this one anew would bring its older
 * text back (LIFECYCLE §5). `later` in the order of their archives; the newest one is named.
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
