import type { Finding } from '../findings/finding.ts'
import { conservationFindings } from '../specs/merging/conservation.ts'
import { mergeDelta, specSkeleton } from '../specs/merging/merge.ts'
import { type DeltaFile, type MainSpecs, SPECS } from '../specs/read-specs.ts'
import { operationCount } from '../specs/validate-delta.ts'

/** What folding the deltas of a change does to one main spec. */
export interface SpecFold {
  capability: string
  path: string
  action: 'create' | 'update' | 'delete' | 'none'
  /** Null when there is none. */
  before: string | null
  after: string | null
}

/**
 * Folds every delta into its main spec, in the order of capabilities. Each merge passes the
 * conservation check; what it would lose comes back as findings.
 */
export function foldDeltas(
  deltas: readonly DeltaFile[],
  { change, main }: { change: string; main: MainSpecs },
): { folds: SpecFold[]; findings: Finding[] } {
  const findings: Finding[] = []
  const folds = deltas.flatMap((file): SpecFold[] => {
    if (operationCount(file.delta) === 0) return []
    const base = main.get(file.capability)
    const before = base?.spec.text ?? null
    const spec = base?.spec ?? specSkeleton(file.capability, change, file.delta.purpose)
    const { text, emptied } = mergeDelta(file.delta, spec)
    if (!emptied) {
      const check = { delta: file.delta, capability: file.capability, file: file.path }
      findings.push(...conservationFindings(spec, text, check).map(found => ({ ...found, change })))
    }
    return [foldOf(file.capability, { before, after: emptied ? null : text })]
  })
  return { folds, findings }
}

function foldOf(capability: string, texts: Pick<SpecFold, 'before' | 'after'>): SpecFold {
  const { before, after } = texts
  const path = `${SPECS}/${capability}/spec.md`
  if (before === after) return { capability, path, action: 'none', ...texts }
  const action = after === null ? 'delete' : before === null ? 'create' : 'update'
  return { capability, path, action, ...texts }
}
