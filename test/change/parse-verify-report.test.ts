import { expect, it } from 'vitest'
import { parseVerifyReport } from '../../src/change/parse-verify-report.ts'
import { changeOf, codesOf } from '../support/fixture.ts'

const decisions: [string, string, number | null][] = [
  ['pass', 'pass', 8],
  ['warn', 'warn', 9],
  ['fail', 'fail', 10],
  ['capital-tick', 'warn', 9],
  ['unfilled', 'undecided', null],
  ['several', 'fail', 10],
  ['last-section', 'pass', 12],
  ['blocked', 'fail', 3],
  ['pass-mentions-fail', 'pass', 3],
  ['only-brackets', 'pass', 4],
  ['other-box-ticked', 'undecided', null],
  ['bold-label', 'warn', 3],
  ['bold-label-outside', 'fail', 3],
  ['bold-line-last', 'pass', 43],
  ['bold-line-middle', 'undecided', null],
  ['worst-of-bold', 'fail', 3],
  ['quoted-rules', 'undecided', null],
  ['choice', 'undecided', null],
  ['heading', 'fail', 3],
  ['section-prose', 'warn', 45],
  ['fenced-section', 'pass', 3],
  ['decisions-table', 'undecided', null],
  ['empty', 'undecided', null],
  ['both-files', 'pass', 7],
]

it.each(decisions)('reads %s as %s', (name, decision, line) => {
  const { verifyReport: verdict } = changeOf('verdicts', name)
  expect({ decision: verdict.decision, line: verdict.line }).toEqual({ decision, line })
})

it('reports several decisions and none', () => {
  expect(codesOf(changeOf('verdicts', 'several'))).toEqual(['verify/several-decisions'])
  expect(codesOf(changeOf('verdicts', 'unfilled'))).toEqual(['verify/unfilled'])
  expect(codesOf(changeOf('verdicts', 'pass'))).toEqual([])
})

it('reads verification.md where there is no verify.md', () => {
  expect(changeOf('change-file-dialect', 'keep-place').verifyReport).toMatchObject({
    file: 'verification.md',
    decision: 'warn',
  })
})

it('has the same digest for LF and CRLF', () => {
  const text = '## Verdict\n\n- [x] PASS\n'
  const digest = parseVerifyReport(text, 'verify.md').report.digest
  expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/)
  expect(parseVerifyReport(text.replaceAll('\n', '\r\n'), 'verify.md').report).toMatchObject({
    digest,
    decision: 'pass',
  })
})

it('reads 2 MB of anything', () => {
  for (const unit of ['**', '**PASS', '**Verdict:', '(', '- [x] (', '# Verdict\n', '> ', '_']) {
    parseVerifyReport(unit.repeat(2_000_000 / unit.length), 'verify.md')
    parseVerifyReport(`# Verdict\n- [x] ${unit.repeat(2_000_000 / unit.length)}`, 'verify.md')
  }
})
