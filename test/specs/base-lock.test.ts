import { expect, test } from 'vitest'
import { type BaseFingerprints, planFingerprints } from '../../src/specs/base-fingerprints.ts'
import { formatBaseLock, parseBaseLock } from '../../src/specs/base-lock.ts'
import { parseDelta } from '../../src/specs/parse-delta.ts'
import { parseSpec } from '../../src/specs/parse-spec.ts'
import { findingsOf, mainSpec, requirement, SCENARIO, STATEMENT } from './specs.ts'

const BY_DAY = '\n#### Scenario: By day\n\n- **WHEN** it is day\n- **THEN** guests come in\n'
const doors = (statement = STATEMENT, night = SCENARIO, day = BY_DAY) =>
  requirement('Doors', `${statement}\n${night}${day}`)
const MODIFIED = (text: string) => `## MODIFIED Requirements\n\n${text}`
const LOCK = 'openspec/changes/one/specs/access/base.lock.json'

const lockText = (requirements: BaseFingerprints) => formatBaseLock({ requirements, upstream: null })

/** Findings of a delta whose base lock has `then`, when the main spec is `now`. */
function moved(delta: string, then: string, now: string) {
  const lock = lockText(planFingerprints(parseDelta(delta), parseSpec(then), null))
  return findingsOf(delta, now, { [LOCK]: lock })
    .filter(each => each.file?.startsWith('openspec/changes/'))
    .map(({ code, line, args }) => ({ code, line, ...args }))
}

test('a scenario that the delta changes too is a collision at its line', () => {
  const delta = MODIFIED(doors(STATEMENT, `${SCENARIO}- **AND** it rains\n`))
  const now = mainSpec(doors(STATEMENT, `${SCENARIO}- **AND** it snows\n`))
  expect(moved(delta, mainSpec(doors()), now)).toEqual([
    { code: 'delta/base-moved', line: 7, requirement: 'Doors', part: 'At night', collision: 'both' },
  ])
})

test('a scenario that only the base changed would be put back', () => {
  const delta = MODIFIED(doors(STATEMENT, `${SCENARIO}- **AND** it rains\n`))
  const now = mainSpec(doors(STATEMENT, SCENARIO, `${BY_DAY}- **AND** knock\n`))
  expect(moved(delta, mainSpec(doors()), now)).toEqual([
    { code: 'delta/base-moved', line: 13, requirement: 'Doors', part: 'By day', collision: 'reverts' },
  ])
})

test('a delta that took the new text of the base collides with nothing', () => {
  const newer = doors('The door MUST stay shut.\n')
  expect(moved(MODIFIED(newer), mainSpec(doors()), mainSpec(newer))).toEqual([])
})

test('spaces, line ends and other requirements do not move a base', () => {
  const other = requirement('Windows')
  const now = mainSpec(doors().replaceAll('.\n', '.  \n'), other).replaceAll('\n', '\r\n')
  expect(moved(MODIFIED(doors('Doors MUST.\n')), mainSpec(doors()), now)).toEqual([])
})

test('a removal of what has changed since is a collision', () => {
  const delta = '## REMOVED Requirements\n\n- ### Requirement: Doors\n'
  const other = requirement('Windows')
  expect(moved(delta, mainSpec(doors(), other), mainSpec(doors('It MUST.\n'), other))).toEqual([
    { code: 'delta/base-moved', line: 3, requirement: 'Doors', part: '', collision: 'removes' },
  ])
})

test('the lock is the same text however often it is planned, and keeps what it first saw', () => {
  const delta = parseDelta(`${MODIFIED(doors())}\n## ADDED Requirements\n\n${requirement('__proto__')}`)
  const first = planFingerprints(delta, parseSpec(mainSpec(doors())), null)
  const text = lockText(first)
  const read = parseBaseLock(text)
  expect(read.problem).toBeNull()
  expect([...first.keys()]).toEqual(['Doors', '__proto__'])
  const recorded = read.lock?.requirements ?? null
  expect(lockText(planFingerprints(delta, parseSpec(mainSpec(doors('It MUST.\n'))), recorded))).toBe(text)
  expect(planFingerprints(parseDelta(''), null, recorded).size).toBe(0)
})

test.each([
  '',
  '{',
  '[]',
  '{"schema":"opsx/base@2","requirements":{}}',
  '{"schema":"opsx/base@1","requirements":{"A":{}}}',
])('a lock %j is reported and does not stop anything', text => {
  expect(parseBaseLock(text).problem).not.toBeNull()
  const delta = `## ADDED Requirements\n\n${requirement('Roofs')}`
  expect(
    findingsOf(delta, null, { [LOCK]: text }).map(each => [each.code, each.severity, each.file]),
  ).toEqual([['delta/base-lock', 'warning', LOCK]])
})
