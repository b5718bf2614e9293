import type { Change, TaskBox } from '../change/change.ts'
import { OpsxError } from '../errors.ts'
import { type JudgedCondition, judgeGate } from '../figures/gates/judge-gate.ts'
import { parseGate } from '../figures/gates/parse-gate.ts'
import type { MeasuredFigures } from '../figures/measured.ts'
import { readChangeFigures, readFigures } from '../figures/reading/read-figures.ts'
import type { Terminal } from '../ports/terminal.ts'
import type { Workspace } from '../ports/workspace.ts'
import { readDeltas } from '../specs/read-specs.ts'
import { signerOf } from './sign-gate.ts'

export interface GatedTasks {
  change: Change
  /** Tasks with a gate. */
  boxes: TaskBox[]
  /** Who checks them. */
  by: string | undefined
}

/**
 * Throws TASK_REFUSED unless the gate of every task is met on fresh values. Returns the tasks that
 * a person checks by name.
 */
export function passGates(
  { workspace, terminal }: { workspace: Workspace; terminal: Pick<Terminal, 'interactive'> },
  { change, boxes, by }: GatedTasks,
): TaskBox[] {
  const measured = readMeasured(workspace, change)
  return boxes.filter(box => {
    const gate = parseGate(box.text)
    const refusal =
      gate?.type === 'malformed'
        ? [`its gate cannot be read: ${gate.reason}`, 'Write <!-- gate: name=value, name<=value -->.']
        : gate?.type === 'human'
          ? humanRefusal(by, terminal.interactive)
          : conditionRefusal(gate ? judgeGate(gate.conditions, measured) : [])
    if (!refusal) return gate?.type === 'human'
    const [why = '', hint = ''] = refusal
    const place = `${change.tasks?.file ?? change.directory}:${box.line}`
    throw new OpsxError('TASK_REFUSED', `${place}: task ${box.id ?? ''} stays open: ${why}.`, { hint })
  })
}

/** Without a figures.yaml no figure is known, and every condition is refused. */
function readMeasured(workspace: Workspace, change: Change): MeasuredFigures {
  const figures = readFigures(workspace)
  if (!figures) {
    const definitions = { definitions: [], figures: new Map(), claims: [], scan: [], history: [] }
    return { definitions, figures: new Map() }
  }
  const { deltas } = readDeltas(workspace, change.directory)
  return readChangeFigures(figures, { change, deltas, files: workspace }).measured
}

/** Why a task is refused and what to do; null when it is not. */
type Refusal = [why: string, hint: string] | null

/** `gate: human` asks for a named person at a terminal. */
function humanRefusal(by: string | undefined, interactive: boolean): Refusal {
  if (by === undefined || signerOf(by) === '')
    return ['its gate needs a person', 'Name who checked it: opsx task check … --by "<name>"']
  if (!interactive)
    return ['its gate needs a person, and opsx does not run in a terminal', 'Check the task in a terminal.']
  return null
}

function conditionRefusal(conditions: JudgedCondition[]): Refusal {
  const failed = conditions.find(({ outcome }) => outcome !== 'met')
  if (!failed) return null
  const { condition, outcome, measured, reason } = failed
  return outcome === 'unmet'
    ? [`${condition} is not met: measured ${measured}`, 'Fix it, then opsx figures measure.']
    : [`${condition} cannot be judged: ${reason}`, 'Measure first: opsx figures measure.']
}
