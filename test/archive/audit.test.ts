import { expect, test } from 'vitest'
import { auditArchive } from '../../src/archive/audit.ts'
import { supersededFindings } from '../../src/review/reopened-change.ts'
import { readDeltas, readMainSpecs } from '../../src/specs/read-specs.ts'
import { mainSpec, requirement, SCENARIO } from '../specs/specs.ts'
import { memoryWorkspace } from '../support/memory-workspace.ts'

const DAY = ['2026-01-01-begin', '2026-02-01-rename', '2026-03-01-change']
const changed = (text: string) => requirement('Gates', `${text}\n\n${SCENARIO}`)

/** Three archived changes of one capability, oldest first. */
const DELTAS = [
  `## ADDED Requirements\n\n${requirement('Doors')}\n${requirement('Windows')}`,
  '## RENAMED Requirements\n\n- FROM: `### Requirement: Doors`\n- TO: `### Requirement: Gates`\n',
  `## MODIFIED Requirements\n\n${changed('They SHALL be locked.')}\n## REMOVED Requirements\n\n- \`### Requirement: Windows\`\n`,
]

function audit(main: string | null, deltas = DELTAS) {
  const files: Record<string, string> = main === null ? {} : { 'openspec/specs/access/spec.md': main }
  deltas.forEach((delta, index) => {
    files[`openspec/changes/archive/${DAY[index]}/specs/access/spec.md`] = delta
  })
  const workspace = memoryWorkspace(files)
  const changes = deltas.map((_, index) => {
    const archive = DAY[index] ?? ''
    return { archive, deltas: readDeltas(workspace, `openspec/changes/archive/${archive}`).deltas }
  })
  return { changes, audits: auditArchive(changes, readMainSpecs(workspace)) }
}

test('a main spec that is the fold of the archive is equal, whatever its spacing, order and Purpose', () => {
  const { audits } = audit(
    mainSpec(changed('They SHALL be locked.')).replaceAll('\n', '\r\n').replace('decides', 'says'),
  )
  expect(audits).toEqual([{ capability: 'access', state: 'equal', since: null, requirements: [] }])
})

test.each([
  ['an edit of the last text', mainSpec(changed('They SHALL be open.')), DAY[2], ['Gates']],
  [
    'a requirement that is back',
    mainSpec(changed('They SHALL be locked.'), requirement('Windows')),
    DAY[2],
    ['Windows'],
  ],
  [
    'an old name that is back',
    mainSpec(changed('They SHALL be locked.'), requirement('Doors')),
    DAY[1],
    ['Doors'],
  ],
  [
    'a requirement of no change',
    mainSpec(changed('They SHALL be locked.'), requirement('Roofs')),
    DAY[0],
    ['Roofs'],
  ],
  ['a spec that is gone', null, DAY[2], ['Gates']],
])('%s differs since the change that said otherwise', (_, main, since, requirements) => {
  expect(audit(main).audits).toEqual([{ capability: 'access', state: 'differs', since, requirements }])
})

test('the first of several changes counts', () => {
  const { audits } = audit(mainSpec(requirement('Doors'), requirement('Windows')))
  expect(audits).toMatchObject([
    { state: 'differs', since: DAY[1], requirements: ['Doors', 'Windows', 'Gates'] },
  ])
})

test('a capability that begins before the archive is only compared for requirements of the archive', () => {
  const { audits } = audit(mainSpec(requirement('Old'), changed('They SHALL be locked.')), DELTAS.slice(2))
  expect(audits).toMatchObject([{ state: 'unknown', since: null }])
})

test('for a change, only later archives that touched its requirements are reported', () => {
  const { changes } = audit(null)
  const [first, ...later] = changes
  const told = supersededFindings({ name: 'begin', deltas: first?.deltas ?? [] }, later)
  expect(told.map(({ args }) => args)).toEqual([
    { requirement: 'Doors', capability: 'access', by: DAY[1] },
    { requirement: 'Windows', capability: 'access', by: DAY[2] },
  ])
})
