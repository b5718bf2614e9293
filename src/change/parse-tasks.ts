import { type Finding, finding } from '../findings/finding.ts'
import type { Box } from '../markdown/boxes.ts'
import { scanBlocks } from '../markdown/scan-blocks.ts'
import type { TaskBox, TaskCount, TaskStatus, Tasks } from './change.ts'

/** `1.2`, `4.3c`, `1b.1`, or a lone number with a delimiter such as `3.` or `3)`; emphasis around it is dropped. */
const ID = /^(?:\*\*|__|`)?(\d+[a-z]?(?:\.\d+[a-z]?)+|\d+[a-z]?(?=[.):]))[.):]?(?:\*\*|__|`)?[.):]?(?=\s|$)/i
const STATUS_WORD =
  /^[\s*_~:—–-]*(\()?(superseded|retired|non-goal|deferred|withdrawn|obsolete|n\/a)(?![\w/])(.?)/i

/**
 * Reads the boxes of tasks.md. Boxes inside fences and comments are reported, not counted.
 *
 * @param file path relative to the root
 */
export function parseTasks(text: string, file: string): { tasks: Tasks; findings: Finding[] } {
  const findings: Finding[] = []
  const boxes: TaskBox[] = []
  const reported = new Set<string>()
  const report = (key: string, build: () => Finding) => {
    if (!reported.has(key)) findings.push(build())
    reported.add(key)
  }
  for (const box of scanBlocks(text).boxes) {
    const place = { file, line: box.line }
    if (box.hidden === 'container') continue
    if (box.hidden) {
      const where = box.hidden
      report(where, () => finding('tasks/hidden-box', 'warning', { where }, place))
      continue
    }
    if (box.marker.length !== 1) {
      report(`[${box.marker}]`, () => finding('tasks/odd-marker', 'warning', { marker: box.marker }, place))
    }
    const previous = boxes.at(-1)
    const task = taskOf(box, text)
    if (previous && task.indent > previous.indent) previous.parent = true
    boxes.push(task)
  }
  return { tasks: { file, boxes, ...countsOf(boxes) }, findings }
}

function taskOf(box: Box, text: string): TaskBox {
  const rest = text.slice(box.after, box.end).trim()
  const id = ID.exec(rest)
  const words = id ? rest.slice(id[0].length).trim() : rest
  return {
    id: id?.[1] ?? null,
    text: words,
    status: statusOf(box.marker, words),
    marker: box.marker,
    offset: box.offset,
    line: box.line,
    indent: box.indent,
    parent: false,
  }
}

function statusOf(marker: string, words: string): TaskStatus {
  if (marker === 'x' || marker === 'X') return 'done'
  if (marker === '~' || marker === '-') return 'deferred'
  const match = STATUS_WORD.exec(words)
  if (!match) return 'open'
  const [, bracket, word = '', next = ''] = match
  // A bare word can open a sentence ("Deferred loading of …"): then it must be in capitals or stand apart.
  const standsApart = bracket !== undefined || word === word.toUpperCase() || /^[^\s\w]?$/.test(next)
  if (!standsApart) return /^\s*(?:[—–(]|-\s)/.test(words.slice(match[0].length)) ? statusNamed(word) : 'open'
  return statusNamed(word)
}

function statusNamed(word: string): TaskStatus {
  return word.toLowerCase() === 'deferred' ? 'deferred' : 'dropped'
}

function countsOf(boxes: TaskBox[]): Pick<Tasks, 'all' | 'leaf' | 'deferred' | 'dropped'> {
  const all: TaskCount = { done: 0, total: 0 }
  const leaf: TaskCount = { done: 0, total: 0 }
  let deferred = 0
  let dropped = 0
  for (const { status, parent } of boxes) {
    const done = status === 'done' ? 1 : 0
    all.total++
    all.done += done
    if (!parent) {
      leaf.total++
      leaf.done += done
    }
    if (status === 'deferred') deferred++
    if (status === 'dropped') dropped++
  }
  return { all, leaf, deferred, dropped }
}
