import type { Change, TaskBox, Tasks } from '../change/change.ts'
import { namedChange } from '../change/named-changes.ts'
import { readChanges } from '../change/read-changes.ts'
import { OpsxError } from '../errors.ts'
import type { Clock } from '../ports/clock.ts'
import type { Terminal } from '../ports/terminal.ts'
import type { Workspace } from '../ports/workspace.ts'
import { markTasks } from './mark-tasks.ts'

const MARKERS = { check: 'x', uncheck: ' ', defer: '~' } as const

export type TaskAction = keyof typeof MARKERS

export interface TaskPorts {
  workspace: Workspace
  terminal: Pick<Terminal, 'interactive'>
  clock: Clock
}

export interface TaskRequest {
  action: TaskAction
  change: string
  ids: string[]
  /** Who checks a task whose gate asks for a person. */
  by?: string | undefined
}

export interface TaskResult {
  tasks: Tasks
  changed: TaskBox[]
  writes: string[]
}

interface TaskFile {
  change: Change
  tasks: Tasks
  text: string
}

/** The tasks of a change; throws TASKS_NOT_FOUND. */
export function readTasks(workspace: Workspace, name: string): TaskFile {
  const change = namedChange(readChanges(workspace, { archived: 'all' }), name)
  const { tasks } = change
  const text = tasks ? workspace.read(tasks.file) : undefined
  if (tasks && text !== undefined) return { change, tasks, text }
  throw new OpsxError('TASKS_NOT_FOUND', `${change.directory} has no tasks.md.`, {
    hint: 'Write one with tasks such as: - [ ] 1.1 Add the theme',
  })
}

/**
 * Changes the character between the brackets of each named task, unless it is the right one already. Before a task is
 * checked its gate must be met. Throws TASK_REFUSED, TASK_NOT_FOUND, TASK_AMBIGUOUS, TASKS_NOT_FOUND.
 */
export async function runTasks(ports: TaskPorts, request: TaskRequest): Promise<TaskResult> {
  const { workspace } = ports
  const before = readTasks(workspace, request.change)
  const { tasks } = before
  const marked = markTasks(before.text, tasks, { ids: request.ids, marker: MARKERS[request.action] })
  const gated = marked.boxes.filter(box => box.text.includes('gate:'))
  const text =
    gated.length === 0
      ? marked.text
      : await withGates(ports, request, { change: before.change, text: marked.text, boxes: gated })
  if (text !== before.text) workspace.write(tasks.file, text, before.text)
  const after = readTasks(workspace, request.change).tasks
  const lines = new Set(marked.boxes.map(box => box.line))
  const changed = after.boxes.filter(box => lines.has(box.line))
  return { tasks: after, changed, writes: text === before.text ? [] : [tasks.file] }
}

/** The name of the person goes into the comment of a `gate: human` task when it is checked, and out of it otherwise. */
async function withGates(
  ports: TaskPorts,
  { action, by }: TaskRequest,
  { change, text, boxes }: { change: Change; text: string; boxes: TaskBox[] },
): Promise<string> {
  const [{ passGates }, { signGate }] = await Promise.all([
    import('./pass-gates.ts'),
    import('./sign-gate.ts'),
  ])
  const check = action === 'check'
  const open = boxes.filter(box => box.status !== 'done')
  const signed = check ? passGates(ports, { change, boxes: open, by }) : boxes
  const signature = check ? { by: by ?? '', date: ports.clock.now().toISOString().slice(0, 10) } : null
  const lines = text.split('\n')
  for (const { line } of signed) lines[line - 1] = signGate(lines[line - 1] ?? '', signature)
  return lines.join('\n')
}
