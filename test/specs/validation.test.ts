import { describe, expect, test } from 'vitest'
import type { Finding } from '../../src/findings/finding.ts'
import { validateProposal } from '../../src/specs/validate-proposal.ts'
import { findingsOf, mainSpec, reported, requirement, SCENARIO, STATEMENT } from './specs.ts'

const ADDED = `## ADDED Requirements\n\n${requirement('Roofs')}`
const DIRECTORY = 'openspec/changes/one'

describe('a main spec', () => {
  const table: [says: string, main: string, reported: string[]][] = [
    ['in order says nothing', mainSpec(requirement('Doors')), []],
    [
      'without a purpose',
      `# access\n\n## Requirements\n\n${requirement('Doors')}`,
      ['critical spec/no-purpose:1'],
    ],
    [
      'with an empty purpose',
      mainSpec(requirement('Doors')).replace(/It decides.*/, ''),
      ['critical spec/no-purpose:3'],
    ],
    [
      'with a brief purpose',
      mainSpec(requirement('Doors')).replace(/It decides.*/, 'Doors.'),
      ['warning spec/brief-purpose:5'],
    ],
    [
      'with the sentence an archive leaves',
      mainSpec(requirement('Doors')).replace(
        /It decides.*/,
        'TBD - created by archiving change one. Update Purpose after archive.',
      ),
      ['warning spec/placeholder-purpose:5'],
    ],
    [
      'whose purpose begins with a word like the marker',
      mainSpec(requirement('Doors')).replace(
        /It decides.*/,
        'Todo lo que se abre y se cierra en esta casa, y quien lo hace.',
      ),
      [],
    ],
    [
      'without a section of requirements',
      mainSpec().replace('## Requirements', '## Rules'),
      ['critical spec/no-requirements:1'],
    ],
    ['without a requirement', mainSpec(), ['critical spec/empty-requirements:7']],
    [
      'with a requirement that says nothing',
      mainSpec(requirement('Doors', SCENARIO)),
      ['critical spec/no-text:9'],
    ],
    [
      'with a requirement that promises nothing',
      mainSpec(requirement('Doors', `Doors are shut.\n\n${SCENARIO}`)),
      ['warning spec/no-keyword:9'],
    ],
    [
      'with a promise in the header alone',
      mainSpec(requirement('It SHALL', `Doors are shut.\n\n${SCENARIO}`)),
      ['warning spec/no-keyword:9'],
    ],
    [
      'with a promise in a metadata line',
      mainSpec(requirement('Doors', `**Rule**: it MUST hold.\n\n${SCENARIO}`)),
      [],
    ],
    [
      'with a requirement without scenario',
      mainSpec(requirement('Doors', STATEMENT)),
      ['critical spec/no-scenario:9'],
    ],
    [
      'with an empty scenario',
      mainSpec(requirement('Doors', `${STATEMENT}\n#### Scenario: Later\n`)),
      ['critical spec/no-scenario:9'],
    ],
    [
      'with one name twice',
      mainSpec(requirement('Doors'), requirement('Doors ##')),
      ['critical spec/duplicate:19'],
    ],
    [
      'with a requirement outside',
      `${mainSpec(requirement('Doors'))}\n## Notes\n\n${requirement('Roofs')}`,
      ['critical spec/outside-requirements:21'],
    ],
    [
      'with a delta header',
      `${mainSpec(requirement('Doors'))}\n## ADDED Requirements\n`,
      ['critical spec/delta-header:19'],
    ],
    [
      'with a fence that is never closed',
      `${mainSpec(requirement('Doors'))}\n\`\`\`\n${requirement('Roofs')}`,
      ['warning spec/unclosed-fence:19'],
    ],
    [
      'with a requirement shown in a fence',
      mainSpec(requirement('Doors', `${STATEMENT}\n${SCENARIO}\n\`\`\`\n### Requirement: Shown\n\`\`\`\n`)),
      [],
    ],
    [
      'with a byte order mark and carriage returns',
      `\ufeff${mainSpec(requirement('Doors')).replaceAll('\n', '\r\n')}`,
      [],
    ],
  ]
  test.each(table)('%s', (_, main, expected) => {
    const files = findingsOf(ADDED, main).filter(each => each.file?.startsWith('openspec/specs/'))
    expect(reported(files)).toEqual(expected)
  })
})

describe('a delta', () => {
  const main = mainSpec(requirement('Doors'), requirement('Windows'))
  const modified = (body: string) => `## MODIFIED Requirements\n\n${requirement('Doors', body)}`
  const renamed = (...lines: string[]) => `## RENAMED Requirements\n\n${lines.join('\n')}\n`
  const table: [says: string, delta: string, reported: string[]][] = [
    ['in order says nothing', ADDED, []],
    ['that says nothing', 'Later.\n', ['critical delta/no-sections:1', 'critical delta/none:undefined']],
    [
      'with an empty section',
      '## ADDED Requirements\n',
      ['critical delta/no-entries:1', 'critical delta/none:undefined'],
    ],
    [
      'with a section in another case, twice',
      `${ADDED.replace('ADDED', 'added')}\n## Added requirements\n\n${requirement('Cellars')}`,
      [],
    ],
    [
      'with a section of another depth',
      ADDED.replace('##', '###'),
      [
        'critical delta/misspelt-section:1',
        'critical delta/no-sections:1',
        'critical delta/none:undefined',
        'warning delta/outside-section:3',
      ],
    ],
    [
      'with a requirement under no section',
      `${ADDED}\n## Notes\n\n${requirement('Cellars')}`,
      ['warning delta/outside-section:15'],
    ],
    ['with one name twice', `${ADDED}\n${requirement('Roofs')}`, ['critical delta/duplicate:13']],
    [
      'without text',
      `## ADDED Requirements\n\n${requirement('Roofs', SCENARIO)}`,
      ['critical delta/no-text:3'],
    ],
    [
      'without a promise',
      `## ADDED Requirements\n\n${requirement('Roofs', `Dry.\n\n${SCENARIO}`)}`,
      ['warning delta/no-keyword:3'],
    ],
    [
      'without a scenario',
      `## ADDED Requirements\n\n${requirement('Roofs', STATEMENT)}`,
      ['critical delta/no-scenario:3'],
    ],
    [
      'with an empty scenario',
      `## ADDED Requirements\n\n${requirement('Roofs', `${STATEMENT}\n#### Scenario: Later\n`)}`,
      ['critical delta/no-scenario:7'],
    ],
    [
      'that drops a scenario',
      modified(`${STATEMENT}\n${SCENARIO.replace('At night', 'By day')}`),
      ['critical delta/drops-scenario:3'],
    ],
    ['that changes a scenario', modified(`${STATEMENT}\n${SCENARIO}- **AND** it is dark\n`), []],
    [
      'that renames a scenario',
      modified(
        `${STATEMENT}\n${SCENARIO.replace('At night\n', 'By night\n\n<!-- renamed-from: At night -->\n')}`,
      ),
      [],
    ],
    ['that adds what is there', `## ADDED Requirements\n\n${requirement('Doors')}`, []],
    [
      'that adds it with another text',
      `## ADDED Requirements\n\n${requirement('Doors', `It MUST.\n\n${SCENARIO}`)}`,
      ['critical delta/exists:3'],
    ],
    [
      'that adds it in another case',
      `## ADDED Requirements\n\n${requirement('DOORS')}`,
      ['critical delta/near-name:3'],
    ],
    [
      'that modifies what is not there',
      modified(`${STATEMENT}\n${SCENARIO}`).replace('Doors', 'Roofs'),
      ['critical delta/not-found:3'],
    ],
    [
      'that removes what is not there',
      '## REMOVED Requirements\n\n* ### Requirement: Roofs\n',
      ['critical delta/not-found:3'],
    ],
    [
      'that removes everything',
      '## REMOVED Requirements\n\n- ### Requirement: Doors\n\n### Requirement: Windows\n\n**Reason**: open\n',
      ['critical delta/empties-spec:3'],
    ],
    ['that renames', renamed('FROM: ### Requirement: Doors', 'TO: ### Requirement: Gates'), []],
    [
      'that renames and modifies',
      `${renamed('- FROM: `### Requirement: Doors`', '- TO: `### Requirement: Gates`')}\n${modified(`${STATEMENT}\n${SCENARIO}`).replace('Doors', 'Gates')}`,
      [],
    ],
    [
      'that modifies the old name',
      `${renamed('FROM: ### Requirement: Doors', 'TO: ### Requirement: Gates')}\n${modified(`${STATEMENT}\n${SCENARIO}`)}`,
      ['critical delta/conflict:8'],
    ],
    [
      'that renames onto another',
      renamed('FROM: ### Requirement: Doors', 'TO: ### Requirement: Windows'),
      ['critical delta/near-name:4'],
    ],
    [
      'with half a rename',
      renamed('FROM: ### Requirement: Doors', 'TO: ### Requirement: Gates', 'FROM: ### Requirement: Windows'),
      ['critical delta/unpaired-rename:5'],
    ],
    [
      'with one name in two sections',
      `${modified(`${STATEMENT}\n${SCENARIO}`)}\n## REMOVED Requirements\n\n- ### Requirement: Doors\n`,
      ['critical delta/conflict:3'],
    ],
  ]
  test('whose last block never ends hides what the merge puts below it', () => {
    const open = modified(`${STATEMENT}\n${SCENARIO}\n~~~\n`)
    expect(reported(findingsOf(open, main))).toEqual([
      'warning spec/unclosed-fence:12',
      'critical delta/lost-text:12',
    ])
    expect(reported(findingsOf(open, mainSpec(requirement('Doors'))))).toEqual([
      'warning spec/unclosed-fence:12',
    ])
  })

  test.each(table)('%s', (_, delta, expected) => {
    expect(reported(findingsOf(delta, main)).sort()).toEqual(expected)
  })

  test('for a capability without a main spec only adds', () => {
    const delta = `${ADDED}\n${renamed('FROM: ### Requirement: A', 'TO: ### Requirement: B')}`
    expect(reported(findingsOf(ADDED))).toEqual([])
    expect(reported(findingsOf(delta))).toEqual(['critical delta/no-base:15'])
  })
})

describe('the files of a change', () => {
  const more = (path: string, text: string): Finding[] =>
    findingsOf(ADDED, null, { [`${DIRECTORY}/${path}`]: text })

  test('have a delta where no reader looks', () => {
    expect(more('specs/access/delta.md', ADDED).map(each => [each.code, each.file])).toEqual([
      ['delta/misplaced', `${DIRECTORY}/specs/access/delta.md`],
    ])
    expect(reported(more('specs/spec.md', ADDED))).toEqual(['critical delta/misplaced:1'])
    expect(more('specs/access/notes.md', 'Notes.\n')).toEqual([])
  })

  test('have metadata that contradicts them or cannot be read', () => {
    expect(reported(more('.openspec.yaml', 'schema: spec-driven\nskip_specs: true\n'))).toEqual([
      'critical delta/skip-specs:1',
    ])
    expect(reported(more('.openspec.yaml', 'schema: spec-driven\nskip_specs: maybe\n'))).toEqual([
      'critical delta/metadata:1',
    ])
    expect(reported(more('.openspec.yaml', 'schema: [\n'))).toEqual(['critical delta/metadata:1'])
    expect(more('.openspec.yaml', 'schema: spec-driven\n')).toEqual([])
  })

  test('name a capability that differs from an existing one by one letter, but not by a number', () => {
    const specs = {
      'openspec/specs/api-v1/spec.md': mainSpec(requirement('Doors')),
      'openspec/specs/acess/spec.md': mainSpec(requirement('Doors')),
    }
    expect(reported(findingsOf(ADDED, null, specs))).toEqual(['critical delta/capability-typo:1'])
    expect(
      findingsOf(ADDED, mainSpec(requirement('Doors')), {
        ...specs,
        [`${DIRECTORY}/specs/api-v2/spec.md`]: ADDED,
      }),
    ).toEqual([])
  })
})

test('a proposal has a reason of 50 to 1000 characters, its changes, and not too many of them', () => {
  const proposal = (why: string) => `# One\n\n## Why\n\n${why}\n\n## What Changes\n\n- Doors\n`
  const found = (text: string, deltas = 1) =>
    reported(validateProposal(text, { file: 'proposal.md', deltas }))
  expect(found(proposal('x'.repeat(50)))).toEqual([])
  expect(found(proposal('x'.repeat(49)))).toEqual(['warning proposal/why-length:3'])
  expect(found(proposal('x'.repeat(1001)))).toEqual(['warning proposal/why-length:3'])
  expect(found(proposal('x'.repeat(1000)), 11)).toEqual(['warning proposal/many-deltas:1'])
  expect(found('# One\n')).toEqual(['warning proposal/no-why:1', 'warning proposal/no-what-changes:1'])
})
