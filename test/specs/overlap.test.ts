import { expect, test } from 'vitest'
import { overlapFindings, touchesOf } from '../../src/specs/overlap.ts'
import { readDeltas, readMainSpecs } from '../../src/specs/read-specs.ts'
import { memoryWorkspace } from '../support/memory-workspace.ts'
import { mainSpec, requirement, SCENARIO, STATEMENT } from './specs.ts'

const BY_DAY = '\n#### Scenario: By day\n\n- **WHEN** it is day\n- **THEN** guests come in\n'
const doors = (statement: string, night = SCENARIO, day = BY_DAY) =>
  requirement('Doors', `${statement}\n${night}${day}`)
const ADDED = '## ADDED Requirements\n\n'
const MODIFIED = '## MODIFIED Requirements\n\n'

/** Overlaps of the changes `one` and `two`, each with one delta. */
function overlaps(one: string, two: string) {
  const workspace = memoryWorkspace({
    'openspec/specs/access/spec.md': mainSpec(doors(STATEMENT)),
    'openspec/changes/one/specs/access/spec.md': one,
    'openspec/changes/two/specs/access/spec.md': two,
  })
  const changes = ['one', 'two'].map(name => ({
    name,
    deltas: readDeltas(workspace, `openspec/changes/${name}`).deltas,
  }))
  const main = readMainSpecs(workspace)
  return overlapFindings(changes.flatMap(change => touchesOf(change.name, change.deltas, main))).map(
    ({ severity, code, change, line }) => `${severity} ${code} ${change}:${line}`,
  )
}

test('two changes that add one name are reported in both, in any Unicode form', () => {
  expect(overlaps(ADDED + requirement('Caf\u00e9'), ADDED + requirement('Cafe\u0301'))).toEqual([
    'warning delta/overlap-new one:3',
    'warning delta/overlap-new two:3',
  ])
})

test('two changes of one scenario are reported in both', () => {
  const night = (more: string) => MODIFIED + doors(STATEMENT, `${SCENARIO}- **AND** ${more}\n`)
  expect(overlaps(night('it rains'), night('it snows'))).toEqual([
    'warning delta/overlap-scenario one:3',
    'warning delta/overlap-scenario two:3',
  ])
})

test('two changes of one requirement in different parts are a suggestion', () => {
  const night = MODIFIED + doors(STATEMENT, `${SCENARIO}- **AND** it rains\n`)
  const day = MODIFIED + doors(STATEMENT, SCENARIO, `${BY_DAY}- **AND** knock\n`)
  expect(overlaps(night, day)).toEqual([
    'suggestion delta/overlap-requirement one:3',
    'suggestion delta/overlap-requirement two:3',
  ])
})

test('a removal overlaps with every change of the requirement', () => {
  const removed = '## REMOVED Requirements\n\n- ### Requirement: Doors\n'
  expect(overlaps(MODIFIED + doors('It MUST.\n'), removed)).toEqual([
    'warning delta/overlap-scenario one:3',
    'warning delta/overlap-scenario two:3',
  ])
})

test('changes of different requirements have no finding', () => {
  expect(overlaps(MODIFIED + doors('It MUST.\n'), ADDED + requirement('Roofs'))).toEqual([])
})
