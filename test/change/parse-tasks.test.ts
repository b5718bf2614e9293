import { describe, expect, it } from 'vitest'
import type { TaskBox, Tasks } from '../../src/change/change.ts'
import { parseTasks } from '../../src/change/parse-tasks.ts'
import { changeOf, codesOf } from '../support/fixture.ts'

function tasksOf(name: string): Tasks {
  const { tasks } = changeOf('task-boxes', name)
  if (!tasks) throw new Error(`${name} has no tasks`)
  return tasks
}

const summary = ({ id, status, parent }: TaskBox) => `${id} ${status}${parent ? ' parent' : ''}`

it('takes every list marker, any indent, and leaves links alone', () => {
  const { boxes, all, deferred } = tasksOf('markers')
  expect(boxes.map(summary)).toEqual([
    '1.1 open',
    '1.2 done',
    '1.3 done',
    '1.4 done',
    '1.5 open',
    '1.6 open',
    '1.7 open',
    '1.8 deferred',
    '1.9 deferred',
  ])
  expect({ all, deferred }).toEqual({ all: { done: 3, total: 9 }, deferred: 2 })
})

it('calls a box a parent when the next box is deeper, tabs included', () => {
  const { boxes, all, leaf } = tasksOf('nesting')
  expect(boxes.map(summary)).toEqual([
    'null done',
    '1.1 open parent',
    '1.1.1 done parent',
    '1.1.2 done parent',
    '1.1.2.1 open',
    '4.3c done',
    '1b.1 done',
    'null open',
  ])
  expect({ all, leaf }).toEqual({ all: { done: 5, total: 8 }, leaf: { done: 3, total: 5 } })
})

it('reads a status word behind the id, but not the first word of a sentence', () => {
  const { boxes, all, deferred, dropped } = tasksOf('statuses')
  expect(boxes.map(box => box.status)).toEqual([
    'dropped',
    'deferred',
    'dropped',
    'dropped',
    'dropped',
    'dropped',
    'open',
    'open',
    'done',
    'dropped',
  ])
  expect({ all, deferred, dropped }).toEqual({ all: { done: 1, total: 10 }, deferred: 1, dropped: 6 })
})

it('counts odd markers as open and reports each kind once', () => {
  const change = changeOf('task-boxes', 'odd-markers')
  expect(change.tasks?.all).toEqual({ done: 0, total: 6 })
  expect(change.findings.map(({ code, args, line }) => ({ code, args, line }))).toEqual([
    { code: 'tasks/odd-marker', args: { marker: 'WIP' }, line: 1 },
    { code: 'tasks/odd-marker', args: { marker: '🚧' }, line: 2 },
    { code: 'tasks/odd-marker', args: { marker: ' x' }, line: 3 },
    { code: 'tasks/odd-marker', args: { marker: '' }, line: 4 },
  ])
})

it('reports boxes in fences and comments instead of counting them', () => {
  const change = changeOf('task-boxes', 'hidden')
  expect(change.tasks?.all).toEqual({ done: 1, total: 2 })
  expect(codesOf(change)).toEqual(['tasks/hidden-box', 'tasks/hidden-box'])
})

it('points at the character between the brackets', () => {
  const text = '\ufeff# Tasks\r\n\r\n* [ ] 1.1 One\r\n\t1) [x] 1.2 Two\r\n'
  const { boxes } = parseTasks(text, 'tasks.md').tasks
  expect(boxes.map(({ offset, line, indent, text: words }) => [text[offset], line, indent, words])).toEqual([
    [' ', 3, 0, 'One'],
    ['x', 4, 4, 'Two'],
  ])
})

describe('counts what OpenSpec counts where no box is hidden or odd', () => {
  const openspec = (text: string) => {
    const lines = text.split('\n').map(line => /^\s*(?:[-*+]|\d{1,9}[.)])\s*\[(.)\]/.exec(line)?.[1])
    const found = lines.filter(marker => marker !== undefined)
    return { done: found.filter(marker => marker === 'x' || marker === 'X').length, total: found.length }
  }
  const texts = [
    '- [x] a\n-[ ] b\n\u00a0- [X] c\n\t\t- [ ] d\n',
    '1234567890. [x] no\n123456789) [x] yes\n- []] odd\n- [x](url)\n- [ ]\n',
    '- a\n\n      - [x] far in\n    - [ ] nearer\r\n- [?] q\r\n',
    '<div>\n- [x] in html\n</div>\n',
  ]
  it.each(texts)('%j', text => {
    expect(parseTasks(text, 'tasks.md').tasks.all).toEqual(openspec(text))
  })
})

it('reads 100,000 boxes and 2 MB of anything', () => {
  expect(parseTasks('- [x] 1.1 a\n'.repeat(100_000), 'tasks.md').tasks.all.done).toBe(100_000)
  for (const unit of ['- [', '(', '1.', '- [ ] 1.', '- [ ] (', '~'])
    parseTasks(unit.repeat(2_000_000 / unit.length), 't')
})
