import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyProposals, proposeBindings } from '../../src/figures/bindings/propose-bindings.ts'
import { compareText } from '../../src/figures/comparison/compare-text.ts'
import { formerIndexOf } from '../../src/figures/former-values/former-index.ts'
import { reconcileText } from '../../src/figures/reconciling/reconcile-text.ts'
import { measured } from '../support/measured.ts'

const FIGURES = measured({
  checks: { value: 26, former: [14, 27], nouns: ['checks?'], lead: ['check count'], not: ['per-member'] },
  docks: { value: 6, nouns: ['docks?'] },
  'tests.passed': { value: 9_001, former: [8_724], nouns: ['tests?', 'passed'] },
  lines: { value: 21_349, former: [19_734], nouns: ['lines?'] },
  share: { value: 81.26, former: [77.3], unit: '%' },
  cold_start: { value: 312, unit: 'ms' },
  ratio: { value: 1.42, unit: 'x' },
  names: { value: ['a'] },
  content: { value: 'sha256:bb' },
  old: { value: 4, state: 'stale' },
})
const source = (text: string) => ({ text, kind: 'spec' as const, file: 'a.md' })
const reconcile = (text: string, force = false) => reconcileText(source(text), FIGURES, { force })
const refusals = (text: string, force = false) => reconcile(text, force).refused.map(({ reason }) => reason)

describe('reconcileText', () => {
  it.each([
    ['27 checks <!-- fig: checks=27 -->', '26 checks <!-- fig: checks=26 -->'],
    ['8,724 tests <!-- fig: tests.passed=8724 -->', '9,001 tests <!-- fig: tests.passed=9001 -->'],
    ['19.7k <!-- fig: lines=19734 -->', '21.3k <!-- fig: lines=21349 -->'],
    ['77.3% <!-- fig: share=77.3% -->', '81.3% <!-- fig: share=81.3% -->'],
    ['Twenty-seven checks <!-- fig: checks=27 -->', 'Twenty-six checks <!-- fig: checks=26 -->'],
    ['12 → 27 checks <!-- fig: checks=27 -->', '12 → 26 checks <!-- fig: checks=26 -->'],
    ['27 docks and 27 checks <!-- fig: checks=27 -->', '27 docks and 26 checks <!-- fig: checks=26 -->'],
    ['27 checks, yes 27 checks <!-- fig: checks=27 -->', '26 checks, yes 26 checks <!-- fig: checks=26 -->'],
    ['27 and 27 <!-- fig: checks=27, checks=27 -->', '26 and 26 <!-- fig: checks=26, checks=26 -->'],
    ['| x | 27 | <!-- fig: checks=27 -->\r\n', '| x | 26 | <!-- fig: checks=26 -->\r\n'],
    ['<!-- fig: checks=27 -->\n```\n27 # 27.5\n```\n', '<!-- fig: checks=26 -->\n```\n26 # 27.5\n```\n'],
    [
      '| one change | 1.46 | 2 | <!-- fig: ratio=1.46 -->',
      '| one change | 1.42 | 2 | <!-- fig: ratio=1.42 -->',
    ],
    ['26 checks <!-- fig: checks=27 -->', '26 checks <!-- fig: checks=26 -->'],
  ])('rewrites %j', (text, expected) => {
    const { text: written, refused } = reconcile(text)
    expect(written).toBe(expected)
    expect(refused).toEqual([])
    expect(reconcile(written).edits).toEqual([])
    expect(compareText(source(written), FIGURES).findings).toEqual([])
  })

  it.each([
    ['### Scenario: 27 checks <!-- fig: checks=27 -->', 'header'],
    ['stays at 27 checks <!-- fig: checks=27 -->', 'invariance'],
    ['within 250 ms <!-- fig: cold_start<=250 -->', 'budget'],
  ])('refuses %j unless forced', (text, reason) => {
    expect(reconcile(text)).toMatchObject({ edits: [], text, refused: [{ reason, line: 1 }] })
    const forced = reconcile(text, true)
    expect(forced.refused).toEqual([])
    expect(reconcile(forced.text, true).edits).toEqual([])
    expect(compareText(source(forced.text), FIGURES).findings.map(({ code }) => code)).not.toContain(
      'figure/drift',
    )
  })

  it('leaves to a person what only a person can decide, forced or not', () => {
    for (const [text, reason] of [
      ['27 and 27 <!-- fig: checks=27 -->', 'ambiguous'],
      ['25 checks <!-- fig: checks=27 -->', 'mismatch'],
      ['needs b <!-- fig: names has b -->', 'names'],
      ['as before <!-- fig: content unchanged aa -->', 'digest'],
      ['3 <!-- fig: old=3 -->', 'stale'],
      ['below 250 <!-- fig: cold_start<250 -->', 'budget'],
      ['27 of them <!-- fig: checks=27, docks=27 -->', 'ambiguous'],
    ] as const) {
      expect(new Set(refusals(text, true))).toEqual(new Set([reason]))
      expect(reconcile(text, true).text).toBe(text)
    }
  })

  it('rewrites claims by pattern', () => {
    const claims = [{ file: 'a.json', pattern: '"(\\S+) tests"', figure: 'tests.passed' }]
    const { text } = reconcileText(source('{"m": "8,724 tests"}'), FIGURES, { force: false, claims })
    expect(text).toBe('{"m": "9,001 tests"}')
  })

  it('keeps every byte that is neither a bound number nor its binding, and is done after one run', () => {
    const piece = fc.constantFrom(
      ...[
        '27 checks',
        'twenty-seven',
        '14',
        '8,724',
        '19.7k',
        ' → ',
        '\n',
        '\r\n',
        '- ',
        '| ',
        '```\n',
        'text ',
        '`x` ',
      ],
      ...[
        '<!-- fig: checks=27 -->',
        '<!-- fig: tests.passed=8724, checks=27 -->',
        '<!-- fig: checks was 14 -->',
      ],
      ...['<!-- fig: lines=19.7k -->', '<!-- fig: checks=27', '<!-- x -->', '### ', 'stays ', '\u{1F600}'],
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), fc.boolean(), (pieces, force) => {
        const text = pieces.join('')
        const first = reconcile(text, force)
        let from = 0
        let at = 0
        for (const { start, end, text: inserted } of first.edits) {
          const kept = text.slice(from, start)
          expect(first.text.slice(at, at + kept.length)).toBe(kept)
          expect(text.slice(start, end)).toMatch(/^(?:27|twenty-seven|8,?724|19\.7k)$/)
          at += kept.length + inserted.length
          from = end
        }
        expect(first.text.slice(at)).toBe(text.slice(from))
        expect(reconcile(first.text, force)).toMatchObject({ edits: [], text: first.text })
      }),
      { numRuns: process.env.OPSX_LONG ? 20_000 : 500, seed: 42 },
    )
  })
})

describe('proposeBindings', () => {
  const bound = (text: string) => applyProposals(text, proposeBindings(source(text), formerIndexOf(FIGURES)))
  it.each([
    ['all 26 checks pass\n', 'all 26 checks pass <!-- fig: checks=26 -->\n'],
    [
      '26 checks, 9,001 tests  \r\nx',
      '26 checks, 9,001 tests <!-- fig: checks=26, tests.passed=9001 -->  \r\nx',
    ],
    ['the check count is twenty-six', 'the check count is twenty-six <!-- fig: checks=26 -->'],
    ['| 26 checks | x |\n', '| 26 checks | x | <!-- fig: checks=26 -->\n'],
    [
      '- a\n  ```sh\n  x # 26 checks\n  y # 9001 tests\n  ```\n',
      '- a\n  <!-- fig: checks=26, tests.passed=9001 -->\n  ```sh\n  x # 26 checks\n  y # 9001 tests\n  ```\n',
    ],
  ])('%j', (text, expected) => {
    expect(bound(text)).toBe(expected)
    expect(bound(expected)).toBe(expected)
    expect(compareText(source(expected), FIGURES).findings).toEqual([])
  })

  it.each([
    '### Requirement: 26 checks\n',
    '26 checks <!-- fig: checks=26 -->\n',
    'x\n\n    26 checks\n',
    'write `26 checks`\n',
    '26 files\n',
    '26 per-member checks\n',
    'there were 26 checks\n',
    '26 checks\\\nx\n',
  ])('proposes nothing for %j', text => {
    expect(bound(text)).toBe(text)
  })
})
