import { describe, expect, it } from 'vitest'
import { compareClaims } from '../../src/figures/comparison/claim-patterns.ts'
import { compareText, fixesOf } from '../../src/figures/comparison/compare-text.ts'
import { conflictsOf } from '../../src/figures/comparison/conflicts.ts'
import { checkDefinitions } from '../../src/figures/judging/check-definitions.ts'
import type { TextKind } from '../../src/figures/measured.ts'
import type { Finding } from '../../src/findings/finding.ts'
import { measured } from '../support/measured.ts'

const FIGURES = measured({
  checks: {
    value: 26,
    former: [14, 27],
    unit: 'checks',
    nouns: ['checks?'],
    lead: ['check (?:count|surface)'],
  },
  'tests.passed': { value: 933, former: [911], nouns: ['passed', 'tests?'] },
  cold_start: { value: 312, unit: 'ms', budget: { comparison: '<=', value: 250 } },
  eval_ratio: { value: 1.23, unit: 'x', budget: { comparison: '<=', value: 2 } },
  tight: { value: 1.96, budget: { comparison: '<=', value: 2 } },
  near: { value: 100, tolerance: { amount: 5, percent: true } },
  lines: { value: 19_734 },
  names: { value: ['cargo-lock-sync', 'workspace-test'] },
  content: { value: 'sha256:9f2a44', former: ['sha256:aa11'] },
  old: { value: 3, state: 'stale' },
  never: {},
})

const compare = (text: string, kind: TextKind = 'spec') => compareText({ text, kind, file: 'a.md' }, FIGURES)
const told = (findings: Finding[]) =>
  findings.map(({ code, severity, line }) => `${code} ${severity} ${line}`)
const codes = (text: string, kind: TextKind = 'spec') => told(compare(text, kind).findings)

describe('a binding', () => {
  it('reports nothing where text, binding and measurement agree', () => {
    for (const text of [
      'exactly 26 checks <!-- fig: checks=26 -->',
      'the sum is 933 passed over 26 checks <!-- fig: tests.passed=933, checks=26 -->',
      '14 → 26 checks <!-- fig: checks=26 -->',
      'it entered at 14 <!-- fig: checks was 14 -->',
      'twenty-six checks <!-- fig: checks=26 -->',
      'about 19.7k lines <!-- fig: lines=19734 -->',
      '19,734 lines <!-- fig: lines=19.7k -->',
      'about 103 <!-- fig: near=103 -->',
      'within 400 ms <!-- fig: cold_start<=400 -->',
      'it has cargo-lock-sync <!-- fig: names has cargo-lock-sync, lacks graph-invariants -->',
      'two names <!-- fig: names=2 -->',
      'as before <!-- fig: content unchanged 9f2a -->',
      '<!-- fig: checks=26 -->\n```sh\nlist | wc -l   # 26\n```\n',
    ]) {
      expect(codes(text)).toEqual([])
    }
  })

  it.each([
    ['spec', 'critical'],
    ['prose', 'warning'],
    ['tasks', 'info'],
  ] as const)('that drifted in %s is %s', (kind, severity) => {
    const { findings } = compare('a\n\nexactly 27 checks <!-- fig: checks=27 -->\n', kind)
    expect(findings).toEqual([
      {
        code: 'figure/drift',
        severity,
        file: 'a.md',
        line: 3,
        args: {
          figure: 'checks',
          asserted: '27 checks',
          measured: '26 checks',
          source: 'count checks, 5f1c2ab, 2026-03-04T10:12:00Z',
          invariant: '',
          fixedBy: '',
        },
      },
    ])
  })

  it.each([
    ['10 of 12 <!-- fig: near=94 -->', ['figure/mismatch critical 1', 'figure/drift critical 1']],
    ['27 checks <!-- fig: checks=26 -->', ['figure/mismatch critical 1']],
    ['26 → 27 checks <!-- fig: checks=26 -->', ['figure/mismatch critical 1']],
    ['within 250 ms <!-- fig: cold_start<=250 -->', ['figure/budget critical 1']],
    ['at most 2 <!-- fig: tight<=2 -->', ['figure/near-budget suggestion 1']],
    ['26 <!-- fig: chekcs=26 -->', ['figure/unknown critical 1']],
    ['3 <!-- fig: old=3, old=4 --> and 4', ['figure/stale warning 1']],
    ['3 <!-- fig: never=3 -->', ['figure/unmeasured warning 1']],
    ['needs graph <!-- fig: names has graph -->', ['figure/drift critical 1']],
    ['no sync <!-- fig: names lacks cargo-lock-sync -->', ['figure/drift critical 1']],
    ['as before <!-- fig: content unchanged -->', ['figure/drift critical 1']],
    ['as before <!-- fig: content unchanged aa11 -->', ['figure/drift critical 1']],
    ['26 <!-- fig: checks has x -->', ['figure/malformed critical 1']],
    ['### Requirement: 26 checks <!-- fig: checks=26 -->', ['figure/header warning 1']],
    ['## Surface of 26 checks <!-- fig: checks=26 -->', []],
    ['<!-- fig: checks=26 -->', ['figure/malformed critical 1']],
    ['x\n<!-- fig: checks=27 -->\n\n- one\n  27 checks\n- two', ['figure/drift critical 5']],
  ])('%s', (text, expected) => {
    expect(codes(text)).toEqual(expected)
  })

  it('is worth less in prose and in tasks', () => {
    expect(codes('3 <!-- fig: old=3 -->', 'prose')).toEqual(['figure/stale info 1'])
    expect(codes('3 <!-- fig: checks=26 -->', 'prose')).toEqual(['figure/mismatch critical 1'])
    expect(codes('3 <!-- fig: checks=26 -->', 'tasks')).toEqual(['figure/mismatch warning 1'])
    expect(codes('### Requirement: 26 <!-- fig: checks=26 -->', 'tasks')).toEqual([])
  })

  it('names what was probably meant, and the number that is there instead', () => {
    expect(compare('26 <!-- fig: chekcs=26 -->').findings[0]?.args).toEqual({
      figure: 'chekcs',
      meant: 'checks',
    })
    expect(compare('27 checks and 9 files <!-- fig: checks=26 -->').findings[0]?.args).toEqual({
      figure: 'checks',
      bound: '=26',
      text: 'says 27',
    })
  })

  it('reports that the line claims that the value stays', () => {
    const word = (line: string) => {
      const [found] = compare(`${line} <!-- fig: checks=27 -->`).findings
      return found?.code === 'figure/drift' ? (found as Finding<'figure/drift'>).args.invariant : undefined
    }
    expect(word('the surface stays at 27 checks')).toBe('stays')
    expect(word('27 checks, unchanged')).toBe('unchanged')
    expect(word('hold the check count at 27')).toBe('hold')
    expect(word('it holds exactly 27 checks')).toBe('')
  })

  it('is compared once for each of its own values, and counted', () => {
    const { bound, cited, assertions } = compare('26 and 933 <!-- fig: checks=26, tests.passed=933, x=1 -->')
    expect(bound).toBe(3)
    expect([...cited]).toEqual(['checks', 'tests.passed'])
    expect(assertions.map(({ figure, value, line }) => [figure, value.value, line])).toEqual([
      ['checks', 26, 1],
      ['tests.passed', 933, 1],
    ])
  })
})

it('reports the drift of a main spec as info when an active delta already has the measured value', () => {
  const delta = compareText(
    { text: '26 <!-- fig: checks=26 -->', kind: 'spec', file: 'd.md', change: 'trim' },
    FIGURES,
  )
  const fixedBy = fixesOf(delta.assertions, FIGURES)
  const main = compareText(
    { text: '27 <!-- fig: checks=27 -->', kind: 'spec', file: 's.md' },
    FIGURES,
    fixedBy,
  )
  expect(told(main.findings)).toEqual(['figure/drift info 1'])
  expect(main.findings[0]?.args).toMatchObject({ fixedBy: 'trim' })
})

it('finds two main specs that give different values, once per value', () => {
  const of = (file: string, text: string) => compareText({ text, kind: 'spec', file }, FIGURES).assertions
  const assertions = [
    ...of('a.md', '27 checks <!-- fig: checks=27 -->\n19.7k <!-- fig: lines=19.7k -->'),
    ...of('b.md', '26 checks <!-- fig: checks=26 -->\n19,734 <!-- fig: lines=19734 -->'),
    ...of('c.md', '26 checks <!-- fig: checks=26 -->'),
  ]
  expect(conflictsOf(assertions, FIGURES)).toMatchObject([
    {
      code: 'figure/conflict',
      severity: 'critical',
      file: 'b.md',
      line: 1,
      args: { figure: 'checks', asserted: '26 checks', other: '27 checks', place: 'a.md:1' },
    },
  ])
})

it('checks the budgets of the definitions, and the inputs of those that are cited', () => {
  expect(told(checkDefinitions(FIGURES, new Set()))).toEqual([
    'figure/budget critical 4',
    'figure/near-budget suggestion 6',
  ])
  const bare = measured({ checks: { value: 1 }, other: { value: 2 } })
  for (const definition of bare.definitions.definitions) definition.inputs = []
  expect(told(checkDefinitions(bare, new Set(['checks'])))).toEqual(['figure/no-inputs info 2'])
})

describe('a claim by pattern', () => {
  const claim = (text: string, pattern = '"message": "(\\S+) tests"', figure = 'tests.passed') =>
    told(
      compareClaims(
        { text, kind: 'prose', file: 'badge.json' },
        [{ file: 'badge.json', pattern, figure }],
        FIGURES,
      ),
    )
  it('is compared like a binding', () => {
    expect(claim('{\n"message": "933 tests"\n}')).toEqual([])
    expect(claim('{\n"message": "911 tests"\n}')).toEqual(['figure/drift warning 2'])
    expect(claim('"message": "1 tests"', '(\\d)', 'old')).toEqual(['figure/stale info 1'])
  })
  it('must match once, and capture one number', () => {
    expect(claim('{}')).toEqual(['figure/claim critical undefined'])
    expect(claim('"message": "933 tests" "message": "933 tests"')).toEqual([
      'figure/claim critical undefined',
    ])
    expect(claim('"message": "many tests"')).toEqual(['figure/claim critical undefined'])
    expect(claim('x', '(')).toEqual(['figure/claim critical undefined'])
    expect(claim('x', 'x', 'nothing')).toEqual(['figure/unknown critical undefined'])
  })
})
