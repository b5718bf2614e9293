import { describe, expect, it } from 'vitest'
import { parseLedger } from '../../src/ledger/parse-ledger.ts'
import { changeOf, codesOf } from '../support/fixture.ts'

const ledgerOf = (name: string) => changeOf('ledger-styles', name).ledger
const rows = (name: string) =>
  ledgerOf(name).entries.map(({ transition, outcome }) => `${transition} ${outcome}`)

it('reads every key of a ledger', () => {
  const { ledger, findings } = changeOf('registry-dialect', 'keep-place')
  const { entries, ...keys } = ledger
  expect(keys).toEqual({
    newestFirst: false,
    lastSyncedState: 'In Review',
    lastSyncedAt: '2026-02-03T04:05:06Z',
    storyState: 'In Review',
    reviewRound: 1,
    maxReviewRounds: 4,
    descriptionDigest: 'sha256:00',
  })
  expect(entries.map(({ from, to, outcome }) => [from, to, outcome])).toEqual([
    ['Backlog', 'Todo', 'posted'],
    ['Todo', 'In Progress', 'posted'],
    ['In Progress', 'In Review', 'dropped'],
    ['In Progress', 'In Review', 'posted'],
    [null, null, 'dropped'],
  ])
  expect(entries[2]).toEqual({
    at: '2026-02-03T04:05:06Z',
    transition: 'In Progress->In Review',
    from: 'In Progress',
    to: 'In Review',
    outcome: 'dropped',
    note: 'verify.md FAIL',
    evidence: 'sha256:ab',
  })
  expect(findings).toEqual([])
})

describe('the shape of the log', () => {
  const cases: [string, string[]][] = [
    ['newest-first', ['Backlog->Todo posted', 'Todo->In Progress posted', 'In Progress->In Review posted']],
    ['json', ['Backlog->Todo posted', 'Todo->In Progress failed']],
    ['block', ['Backlog->Todo posted', 'archive->mirror dropped']],
    ['single-map', ['bind->todo deferred']],
    ['empty-list', []],
    ['null-log', []],
    ['malformed', [' ', 'Backlog->Todo ']],
    ['text-log', []],
  ]
  it.each(cases)('%s', (name, expected) => {
    expect(rows(name)).toEqual(expected)
  })
})

it('finds the order of the list', () => {
  expect(ledgerOf('newest-first').newestFirst).toBe(true)
  expect(ledgerOf('json').newestFirst).toBe(false)
})

it('reads a round from text and ignores what is no number', () => {
  expect([ledgerOf('empty-list').reviewRound, ledgerOf('null-log').reviewRound]).toEqual([2, null])
})

it('reports what it cannot make sense of, and goes on', () => {
  expect(codesOf(changeOf('ledger-styles', 'single-map'))).toEqual(['ledger/unknown-outcome'])
  expect(codesOf(changeOf('ledger-styles', 'text-log'))).toEqual(['ledger/malformed'])
  expect(codesOf(changeOf('ledger-styles', 'malformed'))).toEqual([
    'ledger/malformed',
    'ledger/malformed',
    'ledger/malformed',
    'ledger/unknown-state',
    'ledger/states-differ',
  ])
})

it('keeps a name of the team for a state and reports when two recorded states differ', () => {
  const change = changeOf('task-boxes', 'in-development')
  expect(change.ledger.lastSyncedState).toBe('In Development')
  expect(codesOf(change)).toEqual([])
  expect(parseLedger({ last_synced_state: null, attempt_log: undefined }).ledger.lastSyncedState).toBeNull()
})

it('never sorts or drops entries', () => {
  const at = '2026-01-01T00:00:00Z'
  const log = ['a', 'b', 'a', 'c'].map(transition => ({ at, transition, outcome: 'posted' }))
  expect(
    parseLedger({ attempt_log: log })
      .ledger.entries.map(each => each.transition)
      .join(''),
  ).toBe('abac')
})
