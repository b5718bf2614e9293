import type { Finding } from '../../findings/finding.ts'
import { timestampOf } from '../../ledger/timestamp.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Git } from '../../ports/git.ts'
import type { RunLock } from '../../ports/lock.ts'
import type { Shell, TrustedCommands } from '../../ports/shell.ts'
import type { Terminal } from '../../ports/terminal.ts'
import type { Workspace } from '../../ports/workspace.ts'
import { type Acceptance, acceptCommands, requireAccepted } from '../../trusted-commands/accepted-commands.ts'
import type { Definition } from '../definitions/definition.ts'
import { formatLock } from '../lock/format-lock.ts'
import { type FigureLock, LOCK_FILE } from '../lock/lock.ts'
import { readWholeLock } from '../lock/read-lock.ts'
import { measuredFigures } from '../measured-figures.ts'
import { readMeasurable, requireFigures } from '../reading/read-measurable.ts'
import { applyMeasured, type FigureOutcome, type MeasuredParts, type Moment } from './apply-measured.ts'
import { type Measurement, measureDefinition } from './measure-definition.ts'
import { planMeasurement } from './plan-measurement.ts'
import { commandsOf, readReviewedCommands } from './reviewed-commands.ts'

export interface MeasurePorts {
  workspace: Workspace
  shell: Shell
  git: Git
  clock: Clock
  lock: RunLock
  terminal: Pick<Terminal, 'progress'>
  trusted(): Promise<TrustedCommands>
  confirm: Acceptance['confirm']
  /** Whether this is a CI run. */
  ci: boolean
}

export interface MeasureRequest {
  /** Figures or definitions; none means all. */
  names: string[]
  /** Uses the figures.yaml of this change as well. */
  change?: string | undefined
  /** Compares and writes nothing. */
  check: boolean
  /** Accepts the commands: `once` for this run only. */
  trust: boolean | 'once'
  allowZero: boolean
}

export interface MeasureResult {
  outcomes: FigureOutcome[]
  findings: Finding[]
  writes: string[]
}

/**
 * Measures the named figures, or all, and writes the lock once, after the last command. A figure that cannot be measured
 * keeps its value, and the others are still measured.
 */
export async function runMeasure(ports: MeasurePorts, request: MeasureRequest): Promise<MeasureResult> {
  const known = readWholeLock(ports.workspace)
  const { definitions, inputs, findings } = readMeasurable(ports.workspace, request.change)
  requireFigures(definitions, request.names)
  const plan = planMeasurement(
    measuredFigures({ definitions, lock: known, inputs: inputs.digest }),
    request.names,
  )
  await accept(ports, plan, request.trust)
  // Digests are computed here and cached, because the commands may change the inputs.
  for (const definition of plan) inputs.digest(definition.inputs)
  const measurements = await measureAll(
    ports,
    plan,
    name => request.allowZero || known.get(name)?.value === 0,
  )
  const parts = { definitions, measurements, moment: momentOf(ports), inputs: inputs.digest }
  if (request.check) {
    return { outcomes: applyMeasured({ ...parts, lock: known }).outcomes, findings, writes: [] }
  }
  return { ...(await record(ports, parts)), findings }
}

async function accept(
  { trusted, confirm, git, ci }: MeasurePorts,
  plan: Definition[],
  trust: MeasureRequest['trust'],
): Promise<void> {
  const commands = commandsOf(plan)
  if (trust === 'once' || commands.length === 0) return
  // In CI, the flag accepts nothing that the merge base does not have: a pull request can add it to a workflow.
  if (trust && !ci) acceptCommands(commands, await trusted())
  else await requireAccepted(commands, { trusted, confirm, reviewed: ci ? readReviewedCommands(git) : null })
}

async function measureAll(
  { workspace, shell, terminal }: MeasurePorts,
  plan: Definition[],
  allowsZero: (name: string) => boolean,
): Promise<Measurement[]> {
  const measurements: Measurement[] = []
  for (const [index, definition] of plan.entries()) {
    terminal.progress(`measuring ${definition.name} (${index + 1} of ${plan.length})`)
    measurements.push(await measureDefinition(definition, { shell, workspace, allowsZero }))
  }
  terminal.progress('')
  return measurements
}

function momentOf({ git, clock, shell }: MeasurePorts): Moment {
  const signals = git.signals()
  return {
    at: timestampOf(clock.now()),
    commit: signals?.head.slice(0, 10) ?? null,
    dirty: signals?.uncommitted.some(path => path !== LOCK_FILE) ?? false,
    platform: shell.platform,
  }
}

/** Reads the lock again under the run lock: another process may have written it while the commands ran. */
async function record(
  { workspace, lock }: MeasurePorts,
  parts: Omit<MeasuredParts, 'lock'>,
): Promise<Pick<MeasureResult, 'outcomes' | 'writes'>> {
  const release = await lock.wait()
  try {
    const before = readWholeLock(workspace)
    const { lock: after, outcomes } = applyMeasured({ ...parts, lock: before })
    return { outcomes, writes: writeLock(workspace, before, after) }
  } finally {
    release()
  }
}

/** Writes the lock unless it is the same object. Returns the written paths. */
export function writeLock(workspace: Workspace, before: FigureLock, after: FigureLock): string[] {
  if (after === before) return []
  workspace.write(LOCK_FILE, formatLock(after))
  return [LOCK_FILE]
}
