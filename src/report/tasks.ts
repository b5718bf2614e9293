import type { TaskBox, Tasks } from '../change/change.ts'
import { taskBar } from './status.ts'
import { cut, printable, type Style } from './style.ts'

/** `opsx/tasks@1` (FORMATS.md). */
export function tasksDocument(facts: {
  tasks: Tasks
  changed: TaskBox[]
  writes: string[]
}): Record<string, unknown> {
  const { tasks, changed, writes } = facts
  return {
    file: tasks.file,
    tasks: tasks.boxes.map(boxDocument),
    all: tasks.all,
    leaf: tasks.leaf,
    deferred: tasks.deferred,
    dropped: tasks.dropped,
    changed: changed.map(boxDocument),
    writes,
  }
}

function boxDocument({ id, text, status, line, parent }: TaskBox): Record<string, unknown> {
  return { id, text, status, line, parent }
}

/** The boxes with their ids, or only those that a command named, with the bar. */
export function formatTasks(tasks: Tasks, changed: TaskBox[], style: Style): string {
  const shown = changed.length > 0 ? changed : tasks.boxes
  const lines = shown.map(box => formatBox(box, style))
  return `${lines.join('\n')}${lines.length > 0 ? '\n' : ''}${taskBar(tasks.leaf, style)}\n`
}

function formatBox({ indent, status, id, text }: TaskBox, style: Style): string {
  const symbol = { done: style.green(style.ok), open: style.dim(style.dot), deferred: '~', dropped: '-' }[
    status
  ]
  const line = `${' '.repeat(Math.min(indent, 12))}${symbol} ${id ? `${id} ` : ''}${printable(text.replace(/\s*<!--.*?(?:-->|$)/g, ''))}`
  return cut(line, style.columns, style)
}
