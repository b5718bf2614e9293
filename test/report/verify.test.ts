import { expect, test } from 'vitest'
import { finding } from '../../src/findings/finding.ts'
import { styleOf, widthOf, wrap } from '../../src/report/style.ts'
import { formatVerify, verifyDocument } from '../../src/report/verify.ts'
import { factsOf, MIXED, reported, row, unreadable } from './facts.ts'

const PLAIN = styleOf({ columns: 80, color: false, unicode: true })

test('the document counts every finding once', () => {
  const document = verifyDocument(MIXED, ['openspec/changes/a/verify.md'])
  expect(document).toMatchObject({
    summary: {
      changes: 5,
      pass: 2,
      warn: 0,
      fail: 3,
      critical: 1,
      warning: 2,
      suggestion: 0,
      info: 1,
      carried: 1,
      preExisting: 1,
      gating: 1,
    },
    against: 'origin/main',
    writes: ['openspec/changes/a/verify.md'],
  })
  expect(document.changes).toContainEqual({
    change: 'an-idea',
    decision: 'pass',
    phase: 'Backlog',
    ready: false,
    counts: { critical: 0, warning: 0, suggestion: 0, info: 0, carried: 0, preExisting: 0 },
  })
})

test('a finding of a change has the name of the change and whether it fails the run', () => {
  const [first] = verifyDocument(MIXED).findings as object[]
  expect(first).toMatchObject({
    code: 'delta/not-found',
    severity: 'critical',
    message: expect.stringContaining('Billing'),
    file: 'openspec/changes/add-billing/specs/bill/spec.md',
    line: 12,
    column: 3,
    change: 'add-billing',
    fix: expect.any(String),
    evidence: { requirement: 'Billing', section: 'MODIFIED', meant: '' },
    preExisting: false,
    gates: true,
    carried: null,
  })
})

test('people read each change with its findings, and what it comes to', () => {
  expect(formatVerify(MIXED, PLAIN)).toMatchInlineSnapshot(`
    "✗ add-billing  FAIL  In Review
      ✗ specs/bill/spec.md:12: MODIFIED names "Billing", but the main spec has no
        such requirement. [delta/not-found]
        → Copy the name from the main spec exactly.
      ⚠ tasks.md:4: This task box is inside a code fence and is not counted.
        [tasks/hidden-box]
        → If it is a task, move it out. Otherwise remove the box.
      • The change has 12 operations, more than 10. [proposal/many-deltas] accepted:
        one contract, split later
        → Split it into several changes.
    ⚠ add-search   FAIL  In Review
      • openspec/specs/search/spec.md:7: Requirement "Search" has no scenario.
        [spec/no-scenario] pre-existing
        → Add "#### Scenario: …" with WHEN and THEN steps.
    ✓ tidy-up      PASS  In Review
    • add-export   FAIL if reviewed now  In Progress
    • an-idea      nothing to verify yet  Backlog
    The repository
      ⚠ openspec/linear.yaml: linear.yaml has both team:/project: and
        teams:/projects:. opsx reads the singular keys only for missing values.
        [registry/mixed-dialects]
        → Move team and project into teams and projects.

    ✗ 5 changes: 2 FAIL, 1 PASS, 2 not due; 1 critical, 2 warnings, 1 accepted
      suggestion, 1 pre-existing, 1 note (-v). Compared with origin/main.
    "
  `)
})

test('nothing to see is one line', () => {
  expect(formatVerify(factsOf([row('a'), row('b')]), PLAIN)).toBe(
    '✓ 2 changes: 2 PASS; 0 critical, 0 warnings.\n',
  )
})

test('open work is no alarm', () => {
  const open = reported(finding('verify/unfilled', 'info', {}))
  const rows = [row('a'), row('b', { decision: 'fail', phase: 'In Progress', findings: [open] })]
  expect(formatVerify(factsOf(rows), PLAIN)).toBe(
    '✓ 2 changes: 1 PASS, 1 not due; 0 critical, 0 warnings, 1 note (-v).\n',
  )
  expect(formatVerify(factsOf(rows), PLAIN, true)).toContain('FAIL if reviewed now')
})

test('one change alone shows its notes', () => {
  const open = reported(finding('verify/unfilled', 'info', {}))
  expect(formatVerify(factsOf([row('a', { findings: [open] })]), PLAIN)).toContain('verify/unfilled')
})

test('one bad change among a thousand is easy to find', () => {
  const rows = Array.from({ length: 1000 }, (_, index) => row(`change-${index}`))
  rows.push(row('the-bad-one', { decision: 'fail', findings: [unreadable('torn')] }))
  const text = formatVerify(factsOf(rows), PLAIN)
  expect(text.split('\n').length).toBeLessThan(10)
  expect(text).toContain('1001 changes: 1 FAIL, 1000 PASS')
})

for (const columns of [60, 80, 120]) {
  test(`lines fit ${columns} columns, but for words that are longer`, () => {
    const text = formatVerify(MIXED, styleOf({ columns, color: false, unicode: false }))
    const long = text.split('\n').filter(line => widthOf(line) > columns && !/\.(md|yaml)/.test(line))
    expect(long).toEqual([])
  })
}

test('findings of one file are grouped, and those alike in all but a number are one', () => {
  const file = 'openspec/changes/a/tasks.md'
  const hidden = [4, 8, 15].map(line =>
    reported(finding('tasks/hidden-box', 'warning', { where: 'code fence' }, { file, line })),
  )
  const other = reported(finding('tasks/hidden-box', 'warning', { where: 'comment' }, { file, line: 9 }))
  expect(
    formatVerify(factsOf([row('a', { decision: 'warn', findings: [...hidden, other] })]), PLAIN),
  ).toContain(
    [
      '  tasks.md',
      '    ⚠ lines 4, 8, 15: This task box is inside a code fence and is not counted.',
      '      [tasks/hidden-box]',
      '    ⚠ line 9: This task box is inside a comment and is not counted.',
      '      [tasks/hidden-box]',
      '      → If it is a task, move it out. Otherwise remove the box.',
      '',
    ].join('\n'),
  )
})

test('a command in a fix is never broken', () => {
  const text = 'Finish them, or defer them with a reason, such as no time: opsx task defer add-sort.'
  expect(wrap(text, 70)).toEqual([
    'Finish them, or defer them with a reason, such as no time:',
    'opsx task defer add-sort.',
  ])
})
