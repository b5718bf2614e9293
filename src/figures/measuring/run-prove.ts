import { OpsxError } from '../../errors.ts'
import { timestampOf } from '../../ledger/timestamp.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Workspace } from '../../ports/workspace.ts'
import type { FigureLock } from '../lock/lock.ts'
import { readWholeLock } from '../lock/read-lock.ts'
import type { MeasuredFigures } from '../measured.ts'
import { isNamed, measuredFigures } from '../measured-figures.ts'
import { readMeasurable, requireFigures } from '../reading/read-measurable.ts'
import { type Proof, proveFigure } from './prove-figure.ts'
import { writeLock } from './run-measure.ts'

export interface ProvePorts {
  workspace: Workspace
  clock: Clock
}

/** Proves the named figures, or all with a budget. A proof that is already recorded is not written again. */
export function runProve(
  { workspace, clock }: ProvePorts,
  names: string[],
): { proofs: Proof[]; writes: string[] } {
  const before = readWholeLock(workspace)
  const { definitions, inputs } = readMeasurable(workspace)
  requireFigures(definitions, names)
  const proofs = proofsOf(measuredFigures({ definitions, lock: before, inputs: inputs.digest }), names)
  return {
    proofs,
    writes: writeLock(workspace, before, withProofs(before, proofs, timestampOf(clock.now()))),
  }
}

function proofsOf(measured: MeasuredFigures, names: string[]): Proof[] {
  const wanted = [...measured.figures.values()].filter(({ figure, entry }) =>
    names.length === 0 ? figure.budget !== null && entry !== null : isNamed(figure, names),
  )
  return wanted.map(known => {
    const proof = known.entry === null ? null : proveFigure(known, measured)
    if (proof) return proof
    throw new OpsxError('FIGURE_REFUSED', `${known.figure.name} was never measured.`, {
      hint: `Measure it first: opsx figures measure ${known.figure.name}`,
    })
  })
}

/** Returns the same lock object when it already has all these proofs. */
function withProofs(lock: FigureLock, proofs: Proof[], at: string): FigureLock {
  const next = new Map(lock)
  let changed = false
  for (const { figure, asserted, shown, caught } of proofs) {
    const entry = next.get(figure)
    const against = `${shown} against ${asserted}`
    if (!entry || !caught || entry.proven?.against === against) continue
    next.set(figure, { ...entry, proven: { at, against } })
    changed = true
  }
  return changed ? next : lock
}
