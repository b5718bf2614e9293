import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findFormerValues } from '../../src/figures/former-values/find-former-values.ts'
import { formerIndexOf } from '../../src/figures/former-values/former-index.ts'
import { measured } from '../support/measured.ts'

const FIGURES = measured({
  checks: {
    value: 27,
    former: [9, 14],
    nouns: ['checks?'],
    lead: ['check (count|surface)'],
    not: ['per-member'],
  },
  tests: { value: 9_340, former: [8_724, 911], nouns: ['tests?', 'passed'] },
  size: { value: 21_349, former: [19_734], nouns: ['lines?'] },
  ratio: { value: 1.23, former: [1.96], lead: ['ratio'] },
  cases: { value: 14, nouns: ['test cases?'] },
  wide: { value: 3, former: [911], nouns: ['hosts?'], not: ['('] },
  old: { value: 5, former: [4], state: 'stale', nouns: ['files?'] },
})
const INDEX = formerIndexOf(FIGURES)
const hits = (text: string) =>
  findFormerValues({ text, kind: 'prose', file: 'a.md' }, INDEX).map(
    ({ figure, token }) => `${figure.figure.name} ${token.line}:${text.slice(token.start, token.end)}`,
  )

describe('findFormerValues hits', () => {
  it.each([
    ['exactly 14 checks', ['checks 1:14']],
    ['the 14-check surface at 911-test parity', ['checks 1:14', 'tests 1:911']],
    ['**14** `checks` on 911 hosts', ['checks 1:14', 'wide 1:911']],
    ['14 registered flake checks', ['checks 1:14']],
    ['fourteen checks', ['checks 1:fourteen']],
    ['8,724 tests over 19.7k lines', ['tests 1:8,724', 'size 1:19.7k']],
    ['Hold the check count at 14 for ever', ['checks 1:14']],
    ['The check surface is 14 and must stay 14.', ['checks 1:14']],
    ['The ratio is 1.96.', ['ratio 1:1.96']],
    ['checks: 14', ['checks 1:14']],
    ['| checks | 14 |', ['checks 1:14']],
    ['it goes 9 → 14 checks', ['checks 1:14']],
    ['the gate runs all 14 checks and the 911-test pass plus more', ['checks 1:14', 'tests 1:911']],
    ['```\nrun # 14 checks\n```\n', ['checks 2:14']],
    ['- [ ] 1.3 all 14 checks green', ['checks 1:14']],
    ['- one\n- 14 checks\n- 27 checks', ['checks 2:14']],
  ])('%s', (text, expected) => {
    expect(hits(text)).toEqual(expected)
  })
})

describe('findFormerValues leaves alone', () => {
  it.each([
    ['a number that is no former value', '13 checks, 15 checks, 26 checks'],
    ['one that stands beside nothing', '14 files, 911 of them'],
    ['a line that states the value of today', '14 checks became 27'],
    ['another noun between', '14 files and checks; 14 of the checks'],
    ['another set', '14 per-member checks, 14 checks per-member, 14 new checks'],
    ["what is today's value of a figure with a narrower noun", '14 test cases'],
    ['the start of a progression', '14 → 30 checks, from 14 to 30 checks'],
    ['history', 'There were 14 checks. It entered at 14 checks. The earlier draft has 14 checks.'],
    ['what somebody says', 'The README says 14 checks. "14 checks suffice" is a quote.'],
    ['quotes', '> 14 checks'],
    ['parts', 'Of the 40 checks, 14 checks are slow; the first 14 checks; 14 checks of the 40'],
    ['addends', '14 checks + 3; 3 + 14 checks; 14 checks plus 3'],
    ['what is added or removed', 'Adds 14 checks. Move 14 checks. 14 additional checks.'],
    ['what is denied', 'not 14 checks, rather than 14 checks'],
    ['limits', 'at least 14 checks'],
    ['finished tasks', '- [x] 1.1 all 14 checks green'],
    ['inline code and comments', 'write `14 checks` <!-- 14 checks -->'],
    ['frontmatter', '---\nnote: 14 checks\n---\nx\n'],
    ['what is bound', '14 checks <!-- fig: checks=14 -->\n14 checks <!-- fig: checks was 14 -->'],
    ['look-alikes', 'v14 checks, #14 checks, 14.2.0 checks, file.ts:14 checks, 5-14 checks'],
    ['figures of which nothing can be said', '4 files'],
  ])('%s', (_, text) => {
    expect(hits(text)).toEqual([])
  })
})

it('never throws, and hits only what it was given', () => {
  const piece = fc.constantFrom(
    ...[
      '14',
      '911',
      '27',
      ' checks',
      '-test',
      ' of the ',
      ' + ',
      ' → ',
      '"',
      '`',
      '\n',
      'check count ',
      'is ',
      '> ',
      ' was ',
    ],
    ...['<!-- fig: checks=14 -->', '- [x] ', 'fourteen', '---\n', '; '],
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), pieces => {
      for (const hit of hits(pieces.join('')))
        expect(hit).toMatch(/^(?:checks \d+:(?:14|fourteen)|tests \d+:911)$/)
    }),
    { numRuns: process.env.OPSX_LONG ? 20_000 : 500, seed: 42 },
  )
})

it('keeps the rounded ways to write a value apart from plain numbers', () => {
  expect(hits('20k lines, 19,734 lines, 19.7k lines')).toEqual([
    'size 1:20k',
    'size 1:19,734',
    'size 1:19.7k',
  ])
  expect(hits('20 lines, 197 lines, 19 lines')).toEqual([])
  expect(hits('the ratio is 2, the ratio is 196')).toEqual([])
})
