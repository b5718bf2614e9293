import type { TaskBox, Tasks } from '../change/change.ts'
import { OpsxError } from '../errors.ts'

export interface Marking {
  ids: string[]
  /** The character to put between the brackets. */
  marker: 'x' | ' ' | '~'
}

/**
 * Puts a marker into the boxes of these ids; every other byte stays. Throws TASK_NOT_FOUND, TASK_AMBIGUOUS when two
 * boxes share an id, TASK_REFUSED for a parent whose children are still open.
 */
export function markTasks(
  text: string,
  tasks: Tasks,
  { ids, marker }: Marking,
): { text: string; boxes: TaskBox[] } {
  const boxes = ids.map(id => boxOf(tasks, id))
  if (marker === 'x') for (const box of boxes) refuseOpenChildren(tasks, box, boxes)
  const due = boxes.filter(box => box.marker !== marker && !(marker === 'x' && box.status === 'done'))
  const byOffset = [...new Set(due)].sort((a, b) => b.offset - a.offset)
  const marked = byOffset.reduce(
    (current, box) => current.slice(0, box.offset) + marker + current.slice(box.offset + box.marker.length),
    text,
  )
  return { text: marked, boxes }
}

function boxOf(tasks: Tasks, id: string): TaskBox {
  const found = tasks.boxes.filter(box => box.id === id)
  const [only] = found
  if (only && found.length === 1) return only
  if (only) {
    throw new OpsxError(
      'TASK_AMBIGUOUS',
      `${tasks.file} has ${found.length} tasks with the id ${id}: lines ${lines(found)}.`,
      {
        hint: 'Give each task an id of its own.',
      },
    )
  }
  const known = tasks.boxes.flatMap(box => (box.id ? [box.id] : []))
  throw new OpsxError('TASK_NOT_FOUND', `${tasks.file} has no task ${id}.`, {
    hint:
      known.length > 0
        ? `It has ${known.slice(0, 20).join(', ')}${known.length > 20 ? ', …' : ''}.`
        : 'Its tasks have no ids: check them in an editor.',
  })
}

function refuseOpenChildren(tasks: Tasks, box: TaskBox, together: TaskBox[]): void {
  const open = childrenOf(tasks, box).filter(child => child.status === 'open' && !together.includes(child))
  if (open.length === 0) return
  throw new OpsxError(
    'TASK_REFUSED',
    `${tasks.file}:${box.line}: task ${box.id} has open tasks below it (lines ${lines(open)}).`,
    {
      hint: `Check them first, or in the same command: ${open.map(child => child.id ?? `line ${child.line}`).join(' ')}.`,
    },
  )
}

/** Boxes below a box that are indented deeper, up to the next one that is not. */
function childrenOf(tasks: Tasks, box: TaskBox): TaskBox[] {
  const below = tasks.boxes.slice(tasks.boxes.indexOf(box) + 1)
  const end = below.findIndex(other => other.indent <= box.indent)
  return end < 0 ? below : below.slice(0, end)
}

function lines(boxes: TaskBox[]): string {
  return boxes.map(box => box.line).join(', ')
}
