import { expect, test } from 'vitest'
import { carryLedger } from '../../src/ledger/carry-ledger.ts'

interface Told {
  state?: string
  round?: number
  more?: string
}

const entry = (at: number, transition: string, outcome = 'posted') =>
  `  - { at: "2026-01-0${at}T10:00:00Z", transition: "${transition}", outcome: "${outcome}", note: "n" }\n`

function proposal(
  entries: string[],
  { state = 'Todo', round = 0, more = '' }: Told = {},
  body = '\nBody.\n',
) {
  return `---\nlinear_story_identifier: LOC-1\n${more}last_synced_state: ${state}\nreview_round: ${round}\nattempt_log:\n${entries.join('')}---\n${body}`
}

const TODO = entry(1, 'Backlog->Todo')
const STARTED = entry(2, 'Todo->In Progress')

test('new entries and the recorded state are copied, the rest of the text is not', () => {
  const working = proposal([TODO, STARTED], { state: 'In Progress', round: 1 }, '\nHalf a sent')
  const carried = proposal([TODO, STARTED], { state: 'In Progress', round: 1 })
  expect(carryLedger(proposal([TODO]), working)).toBe(carried)
  expect(carryLedger(carried, working)).toBe(carried)
})

test('a copy without a ledger gets one, with the id of the change and its binding', () => {
  const bare = '---\nschema: spec-driven\n---\n\nBody.\n'
  const carried = carryLedger(bare, proposal([TODO], { more: 'opsx_change_id: abc\n' }))
  for (const line of ['linear_story_identifier: LOC-1', 'opsx_change_id: abc', 'Backlog->Todo'])
    expect(carried).toContain(line)
  expect(carried.endsWith('---\n\nBody.\n')).toBe(true)
})

test("a person's keys are left as the other copy has them", () => {
  const working = proposal([TODO, STARTED], { more: 'max_review_rounds: 9\nlinear_team: CAM\n' })
  const carried = carryLedger(proposal([TODO], { more: 'linear_team: LOC\n' }), working)
  expect(carried).toContain('linear_team: LOC')
  expect(carried).not.toContain('max_review_rounds')
})

test('a transition that another run recorded in the other copy is not recorded twice', () => {
  const theirs = proposal([TODO, entry(3, 'Todo->In Progress')], { state: 'In Progress' })
  expect(carryLedger(theirs, proposal([TODO, STARTED], { state: 'In Progress' }))).toBe(theirs)
})

test('entries that both sides lack of each other are kept, and the recorded state follows the newer side', () => {
  const theirs = proposal([TODO, entry(4, 'In Progress->In Review')], { state: 'In Review' })
  const carried = carryLedger(theirs, proposal([TODO, STARTED], { state: 'In Progress' }))
  expect(carried).toContain('last_synced_state: In Review')
  expect(carried.match(/transition/g)).toHaveLength(3)
  const older = proposal([TODO, STARTED], { state: 'In Progress' })
  const newer = proposal([TODO, entry(4, 'In Progress->In Review')], { state: 'In Review' })
  expect(carryLedger(older, newer)).toContain('last_synced_state: In Review')
})

test('a working copy that lags behind changes nothing', () => {
  const theirs = proposal([TODO, STARTED], { state: 'In Progress' })
  expect(carryLedger(theirs, proposal([TODO]))).toBe(theirs)
})

test('a changed digest or round alone is copied', () => {
  const working = proposal([TODO], { round: 2 })
  expect(carryLedger(proposal([TODO]), working)).toBe(working)
})
