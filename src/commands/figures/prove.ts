import type { Command } from 'commander'
import type { Context } from '../../adapters/context.ts'
import { perform } from '../../cli/global-options.ts'
import { addVerb } from '../../cli/program.ts'
import { EXIT, OpsxError } from '../../errors.ts'
import { formatLock } from '../../figures/lock/format-lock.ts'
import { type FigureLock, LOCK_FILE, type LockEntry } from '../../figures/lock/lock.ts'
import { readWholeLock } from '../../figures/lock/read-lock.ts'
import { readMeasurable, requireFigures } from '../../figures/measurable.ts'
import type { MeasuredFigures } from '../../figures/measured.ts'
import { measuredFigures } from '../../figures/measured-figures.ts'
import { type Proof, proveFigure } from '../../figures/measuring/prove-figure.ts'
import { formatProofs, proofsDocument } from '../../report/figures-proofs.ts'
import type { Report } from '../../report/report.ts'
import { timestampOf } from '../../sync/plan/sync-plan.ts'
import type { GlobalOptions } from '../verb.ts'

export function addProve(figures: Command, context: Context, exit: (code: number) => void): void {
  addVerb(figures, {
    usage: 'prove [name...]',
    summary: 'show the comparison a value that must not pass, and record that it went red',
    example: 'opsx figures prove\nopsx figures prove cold_start',
  }).action(async (names: string[], _, command: Command) => {
    exit(await perform<GlobalOptions>(context, command, () => prove(context, names)))
  })
}

/** Without names, every figure with a budget. Proving the same twice writes nothing. */
export async function prove(context: Context, names: string[]): Promise<Report> {
  const release = (await context.lock()).acquire()
  try {
    const workspace = context.workspace()
    const lock = readWholeLock(workspace)
    const { definitions, inputs } = readMeasurable(workspace)
    requireFigures(definitions, names)
    const proofs = proofsOf(measuredFigures({ definitions, lock, inputs: inputs.digest }), names)
    const next = recorded(lock, proofs, timestampOf(context.clock.now()))
    if (next !== lock) workspace.write(LOCK_FILE, formatLock(next))
    const facts = { proofs, writes: next === lock ? [] : [LOCK_FILE] }
    return {
      schema: 'opsx/figures@1',
      exitCode: proofs.every(({ caught }) => caught) ? EXIT.ok : EXIT.findings,
      document: proofsDocument(facts),
      text: style => formatProofs(facts, style),
    }
  } finally {
    release()
  }
}

function proofsOf(measured: MeasuredFigures, names: string[]): Proof[] {
  const all = [...measured.figures.values()]
  const wanted =
    names.length === 0
      ? all.filter(({ figure, entry }) => figure.budget !== null && entry !== null)
      : all.filter(({ figure }) => names.includes(figure.name) || names.includes(figure.definition ?? ''))
  return wanted.map(known => {
    const proof = known.entry === null ? null : proveFigure(known, measured)
    if (proof) return proof
    throw new OpsxError('FIGURE_REFUSED', `${known.figure.name} was never measured.`, {
      hint: `Measure it first: opsx figures measure ${known.figure.name}`,
    })
  })
}

/** The same lock when it says all of it already. */
function recorded(lock: FigureLock, proofs: Proof[], at: string): FigureLock {
  const next = new Map(lock)
  let changed = false
  for (const { figure, asserted, shown, caught } of proofs) {
    const entry = next.get(figure) as LockEntry
    const against = `${shown} against ${asserted}`
    if (!caught || entry.proven?.against === against) continue
    next.set(figure, { ...entry, proven: { at, against } })
    changed = true
  }
  return changed ? next : lock
}
