import type { Context } from '../adapters/context.ts'
import type { Change, TaskBox } from '../change/change.ts'
import { OpsxError } from '../errors.ts'
import { parseGate } from '../figures/bindings/parse-gate.ts'
import { signerOf, signGate } from '../figures/bindings/sign-gate.ts'
import { readChangeFigures } from '../figures/change-figures.ts'
import { judgeGate } from '../figures/comparison/judge-gate.ts'
import type { MeasuredFigures } from '../figures/measured.ts'
import { readFigures } from '../figures/read-figures.ts'
import { readDeltas } from '../specs/read-specs.ts'

export interface Signing {
  change: Change
  verb: 'check' | 'uncheck' | 'defer'
  /** The boxes that were marked and have a gate. */
  boxes: TaskBox[]
  by: string | undefined
}

/**
 * The text of tasks.md after the gates of these boxes were passed: who ticked one that asks for a person stands in its
 * comment, and is taken out again with the tick. Throws TASK_REFUSED.
 */
export function signBoxes(context: Context, text: string, { change, verb, boxes, by }: Signing): string {
  const due = boxes.filter(box => verb !== 'check' || box.status !== 'done')
  const signed = verb === 'check' ? passGates(context, { change, boxes: due, by }) : due
  const date = context.clock.now().toISOString().slice(0, 10)
  const signature = verb === 'check' ? { by: by ?? '', date } : null
  const lines = text.split('\n')
  for (const { line } of signed) lines[line - 1] = signGate(lines[line - 1] ?? '', signature)
  return lines.join('\n')
}

/**
 * Refuses to tick a box whose gate is not open on fresh values (FIGURES "Task gates"); says which condition fails, with
 * both values. Returns the boxes that a person ticks by name. Throws TASK_REFUSED.
 */
function passGates(
  context: Context,
  { change, boxes, by }: { change: Change; boxes: TaskBox[]; by: string | undefined },
): TaskBox[] {
  const measured = measuredIn(context, change)
  return boxes.filter(box => {
    const gate = parseGate(box.text)
    const task = { file: change.tasks?.file ?? change.directory, box }
    if (!gate) return false
    if (gate.type === 'malformed') {
      throw refused(
        task,
        `its gate cannot be read: ${gate.reason}`,
        'Write <!-- gate: name=value, name<=value -->.',
      )
    }
    if (gate.type === 'human') {
      refuseMachines(context, task, by)
      return true
    }
    for (const { condition, outcome, measured: value, reason } of judgeGate(gate.conditions, measured)) {
      if (outcome === 'fails')
        throw refused(
          task,
          `${condition} does not hold: measured ${value}`,
          'Make it hold, then opsx figures measure.',
        )
      if (outcome === 'cannot-say')
        throw refused(
          task,
          `${condition} cannot be judged: ${reason}`,
          'Measure first: opsx figures measure.',
        )
    }
    return false
  })
}

function measuredIn(context: Context, change: Change): MeasuredFigures {
  const workspace = context.workspace()
  const figures = readFigures(workspace)
  if (!figures) {
    const definitions = { definitions: [], figures: new Map(), claims: [], scan: [], history: [] }
    return { definitions, figures: new Map() }
  }
  const { deltas } = readDeltas(workspace, change.directory)
  return readChangeFigures(figures, { change, deltas, files: workspace }).measured
}

interface GatedTask {
  file: string
  box: TaskBox
}

/** The gate asks for a person: one who is named, at a terminal. */
function refuseMachines(context: Context, task: GatedTask, by: string | undefined): void {
  if (by === undefined || signerOf(by) === '')
    throw refused(task, 'its gate asks for a person', `Name who checked it: opsx task check … --by "<name>"`)
  if (!context.terminal.interactive)
    throw refused(
      task,
      'its gate asks for a person, and this is no terminal',
      'Check it by hand, in a terminal.',
    )
}

function refused({ file, box }: GatedTask, why: string, hint: string): OpsxError {
  return new OpsxError('TASK_REFUSED', `${file}:${box.line}: task ${box.id ?? ''} stays open: ${why}.`, {
    hint,
  })
}
