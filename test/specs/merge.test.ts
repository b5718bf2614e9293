import { describe, expect, test } from 'vitest'
import { conservationFindings } from '../../src/specs/merging/conservation.ts'
import { mergeDelta, specSkeleton } from '../../src/specs/merging/merge.ts'
import { parseDelta } from '../../src/specs/parse-delta.ts'
import { parseSpec } from '../../src/specs/parse-spec.ts'
import { mainSpec, requirement, SCENARIO, STATEMENT } from './specs.ts'

const block = (name: string, body = STATEMENT) => `### Requirement: ${name}\n\n${body}\n${SCENARIO}`
const merged = (delta: string, main: string) => mergeDelta(parseDelta(delta), parseSpec(main))

describe('a merge', () => {
  const main = mainSpec(block('Doors'), block('Windows'), block('Roofs'))

  test('renames in place, removes, replaces and appends, in this order', () => {
    const delta =
      `## ADDED Requirements\n\n${block('Cellars')}\n## MODIFIED Requirements\n\n${block('Gates', 'Gates MUST stay shut.\n')}\n` +
      '## REMOVED Requirements\n\n- `### Requirement: Windows`\n\n' +
      '## RENAMED Requirements\n\n- FROM: `### Requirement: Doors`\n- TO: `### Requirement: Gates`\n'
    const expected = mainSpec(block('Gates', 'Gates MUST stay shut.\n'), block('Roofs'), block('Cellars'))
    expect(merged(delta, main)).toEqual({ text: expected, emptied: false })
    expect(merged(delta, expected).text).toBe(expected)
  })

  test('keeps the bytes of what it does not name, a byte order mark and odd spacing included', () => {
    const odd = `\ufeff${main.replace('## Requirements\n\n', '## Requirements\n').replace('stay shut.\n', 'stay shut.  \n\n\n')}`
    const { text } = merged(`## REMOVED Requirements\n\n### Requirement: Roofs\n`, odd)
    expect(odd.startsWith(text.trimEnd())).toBe(true)
  })

  test('inserts with the line ends that the file has', () => {
    const { text } = merged(`## ADDED Requirements\n\n${block('Cellars')}`, main.replaceAll('\n', '\r\n'))
    expect(text).toBe(
      mainSpec(block('Doors'), block('Windows'), block('Roofs'), block('Cellars')).replaceAll('\n', '\r\n'),
    )
  })

  test('leaves the comment of a renamed scenario behind', () => {
    const renamed = block('Doors').replace('At night\n', 'By night\n\n<!-- renamed-from: At night -->\n')
    const { text } = merged(`## MODIFIED Requirements\n\n${renamed}`, mainSpec(block('Doors')))
    expect(text).toBe(mainSpec(block('Doors').replace('At night', 'By night')))
  })

  test('keeps the text below the requirements', () => {
    const notes = '\n## Notes\n\nKept.\n'
    const { text } = merged(`## ADDED Requirements\n\n${block('Cellars')}`, mainSpec(block('Doors')) + notes)
    expect(text).toBe(mainSpec(block('Doors'), block('Cellars')) + notes)
  })

  test('reports when nothing is left, and creates a spec where there is none', () => {
    expect(
      merged('## REMOVED Requirements\n\n- ### Requirement: Doors\n', mainSpec(block('Doors'))).emptied,
    ).toBe(true)
    const delta = parseDelta(
      `## Purpose\n\nRoofs keep the rain out.\n\n## ADDED Requirements\n\n${block('Roofs')}`,
    )
    expect(mergeDelta(delta, specSkeleton('area/roofs', 'one', delta.purpose)).text).toBe(
      `# area/roofs Specification\n\n## Purpose\nRoofs keep the rain out.\n\n## Requirements\n\n${block('Roofs')}`,
    )
    expect(specSkeleton('roofs', 'one', null).text).toContain(
      'TBD - created by archiving change one. Update Purpose after archive.',
    )
  })
})

test('the conservation check names what a wrong merge loses, and nothing that an operation names', () => {
  const spec = parseSpec(mainSpec(block('Doors'), block('Windows', 'Windows SHALL be clean.\n')))
  const delta = parseDelta(`## MODIFIED Requirements\n\n${requirement('Doors')}`)
  const check = (text: string) =>
    conservationFindings(spec, text, { delta, capability: 'access', file: 'spec.md' }).map(each => each.line)
  expect(check(mergeDelta(delta, spec).text)).toEqual([])
  expect(check(spec.text.replace('Windows SHALL be clean.', ''))).toEqual([20])
  expect(check(spec.text.slice(0, spec.text.indexOf('### Requirement: Windows')))).toEqual([18, 18])
})

test('a line that exists elsewhere as well does not hide its loss, and a removal of a renamed requirement accounts for it', () => {
  const spec = parseSpec(mainSpec(block('Doors'), block('Windows')))
  const added = parseDelta(`## ADDED Requirements\n\n${block('Roofs')}`)
  const check = (delta: typeof added, text: string) =>
    conservationFindings(spec, text, { delta, capability: 'access', file: 'spec.md' }).map(each => each.line)
  const { text } = mergeDelta(added, spec)
  expect(check(added, text)).toEqual([])
  expect(check(added, text.replace(STATEMENT, ''))).toEqual([11])
  const both = parseDelta(
    '## RENAMED Requirements\n\n- FROM: `### Requirement: Doors`\n- TO: `### Requirement: Gates`\n\n## REMOVED Requirements\n\n- `### Requirement: Gates`\n',
  )
  expect(check(both, mergeDelta(both, spec).text)).toEqual([])
})
