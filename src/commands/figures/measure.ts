import type { Command } from 'commander'
import type { Context } from '../../adapters/context.ts'
import { perform } from '../../cli/global-options.ts'
import { addVerb } from '../../cli/program.ts'
import { EXIT } from '../../errors.ts'
import type { Definition } from '../../figures/definitions/definition.ts'
import { formatLock } from '../../figures/lock/format-lock.ts'
import { type FigureLock, LOCK_FILE } from '../../figures/lock/lock.ts'
import { readWholeLock } from '../../figures/lock/read-lock.ts'
import { type Measurable, readMeasurable, requireFigures } from '../../figures/measurable.ts'
import { measuredFigures } from '../../figures/measured-figures.ts'
import {
  applyMeasured,
  type FigureOutcome,
  type MeasuredParts,
} from '../../figures/measuring/apply-measured.ts'
import { type Measurement, measureDefinition } from '../../figures/measuring/measure-definition.ts'
import { planMeasurement } from '../../figures/measuring/plan-measurement.ts'
import { formatMeasurement, measurementDocument } from '../../report/figures-measurement.ts'
import type { Report } from '../../report/report.ts'
import { printable } from '../../report/style.ts'
import { timestampOf } from '../../sync/plan/sync-plan.ts'
import { requireAccepted } from '../../trusted-commands/accepted-commands.ts'
import type { GlobalOptions } from '../verb.ts'

interface MeasureOptions extends GlobalOptions {
  check?: boolean
  /** `once` accepts for this run and remembers nothing. */
  trust?: boolean | 'once'
  allowZero?: boolean
  change?: string
}

export function addMeasure(figures: Command, context: Context, exit: (code: number) => void): void {
  addVerb(figures, {
    usage: 'measure [name...]',
    summary: 'run the commands of figures and record their values',
    example: 'opsx figures measure\nopsx figures measure tests --trust\nopsx figures measure --check',
  })
    .option('--check', 'compare with the recorded values and write nothing')
    .option('--trust', 'accept commands that are new or have changed')
    .option('--allow-zero', 'accept a value of 0')
    .option('--change <change>', 'with the figures.yaml of this change over that of the repository')
    .action(async (names: string[], _, command: Command) => {
      exit(await perform<MeasureOptions>(context, command, options => measure(context, names, options)))
    })
}

/**
 * Measures the named figures, or all, and writes the lock once, when the last command has ended: until then it is the old
 * one. A figure that cannot be measured keeps its value and stops no other.
 */
export async function measure(context: Context, names: string[], options: MeasureOptions): Promise<Report> {
  const workspace = context.workspace()
  const known = readWholeLock(workspace)
  const measurable = readMeasurable(workspace, options.change)
  requireFigures(measurable.definitions, names)
  const { definitions, inputs, findings } = measurable
  const plan = planMeasurement(measuredFigures({ definitions, lock: known, inputs: inputs.digest }), names)
  if (options.trust !== 'once') await requireAccepted(context, plan, options.trust === true)
  for (const definition of plan) inputs.digest(definition.inputs)
  const measurements = await run(context, plan, { lock: known, allowZero: options.allowZero === true })
  const parts = await partsOf(context, measurable, measurements)
  const { outcomes, writes } = options.check
    ? { outcomes: applyMeasured({ ...parts, lock: known }).outcomes, writes: [] }
    : await record(context, parts)
  const facts = { outcomes, findings, writes, check: options.check === true }
  return {
    schema: 'opsx/figures@1',
    exitCode: isRed(facts) ? EXIT.findings : EXIT.ok,
    document: measurementDocument(facts),
    text: style => formatMeasurement(facts, style),
  }
}

function isRed({
  outcomes,
  findings,
  check,
}: {
  outcomes: FigureOutcome[]
  findings: unknown[]
  check: boolean
}) {
  const wrong = outcomes.some(({ outcome, agrees }) => outcome === 'failed' || (check && !agrees))
  return wrong || findings.length > 0
}

async function run(
  context: Context,
  plan: Definition[],
  { lock, allowZero }: { lock: FigureLock; allowZero: boolean },
): Promise<Measurement[]> {
  const shell = await context.shell()
  const measurements: Measurement[] = []
  const allowsZero = (name: string) => allowZero || lock.get(name)?.value === 0
  for (const [index, definition] of plan.entries()) {
    context.terminal.progress(`measuring ${printable(definition.name)} (${index + 1} of ${plan.length})`)
    measurements.push(
      await measureDefinition(definition, { shell, workspace: context.workspace(), allowsZero }),
    )
  }
  context.terminal.progress('')
  return measurements
}

async function partsOf(
  context: Context,
  { definitions, inputs }: Measurable,
  measurements: Measurement[],
): Promise<Omit<MeasuredParts, 'lock'>> {
  const [git, shell] = await Promise.all([context.git(), context.shell()])
  const signals = git.signals()
  const moment = {
    at: timestampOf(context.clock.now()),
    commit: signals?.head.slice(0, 10) ?? null,
    dirty: signals?.uncommitted.some(path => path !== LOCK_FILE) ?? false,
    platform: shell.platform,
  }
  return { definitions, measurements, moment, inputs: inputs.digest }
}

/** Reads the lock again under the run lock, because measuring may have taken long. */
async function record(
  context: Context,
  parts: Omit<MeasuredParts, 'lock'>,
): Promise<{ outcomes: FigureOutcome[]; writes: string[] }> {
  const release = (await context.lock()).acquire()
  try {
    const workspace = context.workspace()
    const lock = readWholeLock(workspace)
    const applied = applyMeasured({ ...parts, lock })
    if (applied.lock === lock) return { outcomes: applied.outcomes, writes: [] }
    workspace.write(LOCK_FILE, formatLock(applied.lock))
    return { outcomes: applied.outcomes, writes: [LOCK_FILE] }
  } finally {
    release()
  }
}
