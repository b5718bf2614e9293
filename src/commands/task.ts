import type { Context } from '../adapters/context.ts'
import { EXIT } from '../errors.ts'
import type { Report } from '../report/report.ts'
import { formatTasks, tasksDocument } from '../report/tasks.ts'
import { readTasks, runTasks, type TaskAction, type TaskResult } from '../tasks/run-tasks.ts'
import type { GlobalOptions, Verb, VerbGroup } from './verb.ts'

interface TaskOptions extends GlobalOptions {
  /** Who checks a task whose gate asks for a person. */
  by?: string
}

const list: Verb<[change: string]> = {
  usage: 'list <change>',
  summary: 'list the tasks with their ids',
  example: 'opsx task list add-dark-mode',
  run(context, [change]) {
    const { tasks } = readTasks(context.workspace(), change)
    return reportOf({ tasks, changed: [], writes: [] })
  },
}

const SUMMARIES = { check: 'check tasks', uncheck: 'uncheck tasks', defer: 'mark tasks as deferred, [~]' }

function verbOf(action: TaskAction): Verb<[change: string, ids: string[]], TaskOptions> {
  return {
    usage: `${action} <change> <id...>`,
    summary: SUMMARIES[action],
    example: `opsx task ${action} add-dark-mode 1.1`,
    flags(command) {
      if (action === 'check') command.option('--by <name>', 'the person who confirms a task with gate: human')
    },
    writes: () => true,
    run: (context, [change, ids], { by }) => mark(context, action, { change, ids, by }),
  }
}

export const taskVerb: VerbGroup = {
  usage: 'task',
  summary: 'list the tasks of a change, and check, uncheck or defer them by id',
  about:
    'Changes one character per task in tasks.md. A task with open tasks below it, or with a gate that is not met, is refused.',
  exits: '1 refused, 2 no such change or task',
  example:
    'opsx task list add-dark-mode\nopsx task check add-dark-mode 1.1 1.2\nopsx task defer add-dark-mode 3.4',
  verbs: [list, verbOf('check'), verbOf('uncheck'), verbOf('defer')],
}

export async function mark(
  context: Context,
  action: TaskAction,
  request: { change: string; ids: string[]; by?: string | undefined },
): Promise<Report> {
  const { terminal, clock } = context
  const ports = { workspace: context.workspace(), terminal, clock }
  return reportOf(await runTasks(ports, { action, ...request }))
}

function reportOf(result: TaskResult): Report {
  return {
    schema: 'opsx/tasks@1',
    exitCode: EXIT.ok,
    document: tasksDocument(result),
    text: style => formatTasks(result.tasks, result.changed, style),
  }
}
