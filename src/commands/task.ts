import type { Context } from '../adapters/context.ts'
import type { Change, TaskBox, Tasks } from '../change/change.ts'
import { markTasks } from '../change/mark-tasks.ts'
import { namedChange } from '../change/named-changes.ts'
import { readChanges } from '../change/read-changes.ts'
import { EXIT, OpsxError } from '../errors.ts'
import type { Report } from '../report/report.ts'
import { formatTasks, tasksDocument } from '../report/tasks.ts'
import type { GlobalOptions, Verb, VerbGroup } from './verb.ts'

interface TaskOptions extends GlobalOptions {
  /** Who checks a task whose gate asks for a person. */
  by?: string
}

const MARKS = { check: 'x', uncheck: ' ', defer: '~' } as const

export type TaskVerb = keyof typeof MARKS

const list: Verb<[change: string]> = {
  usage: 'list <change>',
  summary: 'the tasks with their ids',
  example: 'opsx task list add-dark-mode',
  run: (context, [change]) => listTasks(context, change),
}

const SUMMARIES = { check: 'tick boxes', uncheck: 'untick boxes', defer: 'mark boxes as deferred, [~]' }

function marking(verb: TaskVerb): Verb<[change: string, ids: string[]], TaskOptions> {
  return {
    usage: `${verb} <change> <id...>`,
    summary: SUMMARIES[verb],
    example: `opsx task ${verb} add-dark-mode 1.1`,
    flags(command) {
      if (verb === 'check') command.option('--by <name>', 'who checked a task whose gate asks for a person')
    },
    run: (context, [change, ids], { by }) => mark(context, verb, { change, ids, by }),
  }
}

export const taskVerb: VerbGroup = {
  usage: 'task',
  summary: 'list the tasks of a change, and check, uncheck or defer them by id',
  about:
    'Changes one character per box in tasks.md. A box with open boxes below it, or with a gate that does not hold, is refused.',
  exits: '1 refused, 2 no such change or task',
  example:
    'opsx task list add-dark-mode\nopsx task check add-dark-mode 1.1 1.2\nopsx task defer add-dark-mode 3.4',
  verbs: [list, marking('check'), marking('uncheck'), marking('defer')],
}

export function listTasks(context: Context, name: string): Report {
  const { tasks } = tasksOf(context, name)
  return reportOf(tasks, { tasks, changed: [], writes: [] })
}

/**
 * Changes the one character between the brackets of each named box; a box that already says so is left alone. A gate
 * must be open before its box is ticked, and one that asks for a person says who ticked it.
 */
export async function mark(
  context: Context,
  verb: TaskVerb,
  { change: name, ids, by }: { change: string; ids: string[]; by?: string | undefined },
): Promise<Report> {
  const workspace = context.workspace()
  const { change, tasks, text } = tasksOf(context, name)
  const marked = markTasks(text, tasks, { ids, marker: MARKS[verb] })
  const gated = marked.boxes.filter(box => box.text.includes('gate:'))
  if (gated.length > 0) {
    const { signBoxes } = await import('../tasks/task-gates.ts')
    marked.text = signBoxes(context, marked.text, { change, verb, boxes: gated, by })
  }
  if (marked.text !== text) workspace.write(tasks.file, marked.text)
  const after = tasksOf(context, name).tasks
  const lines = new Set(marked.boxes.map(box => box.line))
  const changed = after.boxes.filter(box => lines.has(box.line))
  return reportOf(after, { tasks: after, changed, writes: marked.text === text ? [] : [tasks.file] })
}

function reportOf(tasks: Tasks, facts: { tasks: Tasks; changed: TaskBox[]; writes: string[] }): Report {
  return {
    schema: 'opsx/tasks@1',
    exitCode: EXIT.ok,
    document: tasksDocument(facts),
    text: style => formatTasks(tasks, facts.changed, style),
  }
}

function tasksOf(context: Context, name: string): { change: Change; tasks: Tasks; text: string } {
  const workspace = context.workspace()
  const change = namedChange(readChanges(workspace, { archived: 'all' }), name)
  const text = change.tasks && workspace.read(change.tasks.file)
  if (change.tasks && text !== undefined && text !== null) return { change, tasks: change.tasks, text }
  throw new OpsxError('TASKS_NOT_FOUND', `${change.directory} has no tasks.md.`, {
    hint: 'Write one with boxes such as - [ ] 1.1 Do this.',
  })
}
