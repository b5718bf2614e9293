import type { Command } from 'commander'
import type { TaskBox, Tasks } from '../change/change.ts'
import { markTasks } from '../change/mark-tasks.ts'
import { readChanges } from '../change/read-changes.ts'
import type { Context } from '../context.ts'
import { EXIT, OpsxError } from '../errors.ts'
import type { Report } from '../report/report.ts'
import { formatTasks, tasksDocument } from '../report/tasks.ts'
import { type GlobalOptions, perform } from './global-options.ts'
import { namedChange } from './named-changes.ts'
import { addVerb } from './program.ts'

interface TaskOptions extends GlobalOptions {
  reason?: string
}

const MARKS = { check: 'x', uncheck: ' ', defer: '~' } as const

export type TaskVerb = keyof typeof MARKS

export function addTask(program: Command, context: Context, exit: (code: number) => void): void {
  const task = addVerb(program, {
    usage: 'task',
    summary: 'list the tasks of a change, and check, uncheck or defer them by id',
    example:
      'opsx task list add-dark-mode\nopsx task check add-dark-mode 1.1 1.2\nopsx task defer add-dark-mode 3.4',
  })
  addVerb(task, {
    usage: 'list <change>',
    summary: 'the tasks with their ids',
    example: 'opsx task list add-dark-mode',
  }).action(async (change: string, _, command: Command) => {
    exit(await perform<TaskOptions>(context, command, () => listTasks(context, change)))
  })
  const summaries = { check: 'tick boxes', uncheck: 'untick boxes', defer: 'mark boxes as deferred, [~]' }
  for (const verb of ['check', 'uncheck', 'defer'] as const) {
    const example = `opsx task ${verb} add-dark-mode 1.1`
    addVerb(task, { usage: `${verb} <change> <id...>`, summary: summaries[verb], example }).action(
      async (change: string, ids: string[], _, command: Command) => {
        exit(await perform<TaskOptions>(context, command, () => mark(context, verb, { change, ids })))
      },
    )
  }
}

export function listTasks(context: Context, name: string): Report {
  const { tasks } = tasksOf(context, name)
  return reportOf(tasks, { tasks, changed: [], writes: [] })
}

/** Changes the one character between the brackets of each named box; a box that already says so is left alone. */
export function mark(
  context: Context,
  verb: TaskVerb,
  { change: name, ids }: { change: string; ids: string[] },
): Report {
  const workspace = context.workspace()
  const { tasks, text } = tasksOf(context, name)
  const marked = markTasks(text, tasks, { ids, marker: MARKS[verb] })
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

function tasksOf(context: Context, name: string): { tasks: Tasks; text: string } {
  const workspace = context.workspace()
  const change = namedChange(readChanges(workspace, { archived: 'all' }), name)
  const text = change.tasks && workspace.read(change.tasks.file)
  if (change.tasks && text !== undefined && text !== null) return { tasks: change.tasks, text }
  throw new OpsxError('TASKS_NOT_FOUND', `${change.directory} has no tasks.md.`, {
    hint: 'Write one with boxes such as - [ ] 1.1 Do this.',
  })
}
