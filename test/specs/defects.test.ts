import { expect, test } from 'vitest'
import { fixtureFindings } from './specs.ts'

const MAIN = 'main'
const DELTA = 'delta'

/** Per defect of OPENSPEC that a validation can see: the situation, and its findings with their places. */
const DEFECTS: [defect: string, situation: string, reported: [file: string, code: string, line: number][]][] =
  [
    [
      '2 and 3: text that starts with three backticks is no fence',
      'false-fence',
      [
        [MAIN, 'spec/misread-fence', 11],
        [DELTA, 'spec/misread-fence', 5],
      ],
    ],
    [
      '2: a fence left open in a list item, and one behind four spaces',
      'list-fence',
      [
        [MAIN, 'spec/misread-fence', 14],
        [DELTA, 'spec/misread-fence', 7],
      ],
    ],
    [
      '4: a requirement in a comment is not read',
      'commented',
      [
        [MAIN, 'spec/misread-comment', 19],
        [DELTA, 'spec/misread-comment', 13],
      ],
    ],
    [
      '5: a table, a setext section, and text above the first header',
      'dropped-text',
      [
        [DELTA, 'delta/loose-text', 3],
        [DELTA, 'delta/drops-text', 5],
        [DELTA, 'delta/drops-text', 14],
      ],
    ],
    ['6: names that end in a backtick are read whole', 'backtick', []],
    ['7: a section header with a colon', 'colon', [[DELTA, 'delta/misspelt-section', 1]]],
    [
      '8: one name in two Unicode forms',
      'unicode',
      [
        [MAIN, 'spec/duplicate', 18],
        [DELTA, 'delta/broken-base', 1],
        [DELTA, 'delta/duplicate', 12],
      ],
    ],
    ['9: a heading of depth one inside Requirements', 'heading-one', [[MAIN, 'spec/stray-heading', 18]]],
    [
      '10: notes and indented headers are absorbed',
      'absorbed',
      [
        [MAIN, 'spec/odd-header', 22],
        [MAIN, 'spec/stray-heading', 18],
        [DELTA, 'delta/drops-text', 3],
        [DELTA, 'delta/stray-heading', 16],
      ],
    ],
    [
      '11: typos in MODIFIED, REMOVED and the capability, and an ADDED that exists',
      'typos',
      [
        ['openspec/changes/one/specs/acces/spec.md', 'delta/capability-typo', 1],
        [DELTA, 'delta/exists', 18],
        [DELTA, 'delta/not-found', 14],
        [DELTA, 'delta/not-found', 3],
      ],
    ],
    ['12: a change without a delta', 'no-delta', [['openspec/changes/one/specs', 'delta/none', 0]]],
    [
      '15: a scenario renamed from one that is not there',
      'renamed-scenario',
      [[DELTA, 'delta/unknown-scenario', 14]],
    ],
  ]

const FILES = new Map([
  ['openspec/specs/access/spec.md', MAIN],
  ['openspec/changes/one/specs/access/spec.md', DELTA],
])

test.each(DEFECTS)('defect %s', (_, situation, reported) => {
  const findings = fixtureFindings(situation).map(({ file = '', code, line }) => [
    FILES.get(file) ?? file,
    code,
    line ?? 0,
  ])
  expect(findings.sort()).toEqual([...reported].sort())
})
