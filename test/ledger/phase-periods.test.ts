import { expect, test } from 'vitest'
import { parseLedger } from '../../src/ledger/parse-ledger.ts'
import { cycleOf, phasePeriodsOf } from '../../src/ledger/phase-periods.ts'
import { durationOf } from '../../src/report/ledger/lanes.ts'

const NOW = Date.parse('2026-06-20T00:00:00Z')
const HOUR = 3_600_000

const entry = (at: string, transition: string, outcome = 'posted') => ({ at, transition, outcome, note: '' })
const ledgerOf = (...attempt_log: unknown[]) => parseLedger({ attempt_log }).ledger

test.each([
  ['nothing logged', [], [], null],
  ['a dropped crossing', [entry('2026-06-10T10:00:00Z', 'Todo->In Progress', 'dropped')], [], null],
  ['no work yet', [entry('2026-06-10T10:00:00Z', 'Backlog->Todo')], ['Todo'], null],
  [
    'work that goes on',
    [entry('2026-06-18T00:00:00Z', 'Backlog->Todo'), entry('2026-06-19T00:00:00Z', 'Todo->In Progress')],
    ['Todo', 'In Progress'],
    { time: 24 * HOUR, ended: false },
  ],
  [
    'a re-queue in the middle',
    [
      entry('2026-06-10T10:00:00Z', 'Todo->In Progress'),
      entry('2026-06-10T12:00:00Z', 'In Progress->In Review'),
      entry('2026-06-10T13:00:00Z', 'In Review->In Progress'),
      entry('2026-06-10T15:00:00Z', 'In Progress->Done'),
    ],
    ['In Progress', 'In Review', 'In Progress', 'Done'],
    { time: 5 * HOUR, ended: true },
  ],
  [
    'no times, times that go back, and the same phase again',
    [
      entry('soon', 'Backlog->Todo'),
      entry('2026-06-10T12:00:00Z', 'Todo->In Progress'),
      entry('2026-06-10T11:00:00Z', 'In Progress->In Review'),
      entry('2026-06-10T13:00:00Z', 'Todo->In Progress'),
      entry('2026-06-10T14:00:00Z', 'In Progress->Canceled'),
    ],
    ['In Progress', 'Canceled'],
    { time: 2 * HOUR, ended: true },
  ],
] as const)('%s', (_, entries, phases, cycle) => {
  const stays = phasePeriodsOf(ledgerOf(...entries))
  expect(stays.map(({ phase }) => phase)).toEqual(phases)
  expect(cycleOf(stays, NOW)).toEqual(cycle)
  for (const [index, stay] of stays.entries()) expect(stay.to).toBe(stays[index + 1]?.from ?? null)
})

test.each([
  [0, '0s'],
  [59_000, '59s'],
  [60_000, '1m'],
  [4 * HOUR, '4h'],
  [4 * HOUR + 12 * 60_000, '4h 12m'],
  [76 * HOUR, '3d 4h'],
  [24_000 * HOUR + HOUR, '1000d'],
])('%i ms are %s', (milliseconds, text) => {
  expect(durationOf(milliseconds)).toBe(text)
})
