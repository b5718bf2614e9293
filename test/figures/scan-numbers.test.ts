import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatNumber, isStated } from '../../src/figures/numbers/format-number.ts'
import type { NumberToken } from '../../src/figures/numbers/number-token.ts'
import { scanNumbers } from '../../src/figures/numbers/scan-numbers.ts'

const runs = { numRuns: process.env.OPSX_LONG ? 20_000 : 500, seed: 42 }

describe('scanNumbers reads', () => {
  const cases: [string, [string, number][]][] = [
    [
      '1,982 lines and 1_982 words',
      [
        ['1,982', 1982],
        ['1_982', 1982],
      ],
    ],
    [
      '19.7k or 2K or 1.5M',
      [
        ['19.7k', 19700],
        ['2K', 2000],
        ['1.5M', 1500000],
      ],
    ],
    [
      '77.3% of **14**',
      [
        ['77.3%', 77.3],
        ['14', 14],
      ],
    ],
    [
      'the 911-test baseline, 933-passed/5-ignored',
      [
        ['911', 911],
        ['933', 933],
        ['5', 5],
      ],
    ],
    [
      'ratio 1.23x, 250ms, 4 GB, 12s',
      [
        ['1.23', 1.23],
        ['250', 250],
        ['4', 4],
        ['12', 12],
      ],
    ],
    [
      'Twenty-seven, fourteen, twenty seven',
      [
        ['Twenty-seven', 27],
        ['fourteen', 14],
        ['twenty seven', 27],
      ],
    ],
    [
      'one hundred and five, two hundred',
      [
        ['one hundred and five', 105],
        ['two hundred', 200],
      ],
    ],
    [
      '13 of 504, 13/504',
      [
        ['13', 13],
        ['504', 504],
        ['13', 13],
        ['504', 504],
      ],
    ],
    [
      '≈180, ~576, ≤2, (14), "14", a=3',
      [
        ['180', 180],
        ['576', 576],
        ['2', 2],
        ['14', 14],
        ['14', 14],
        ['3', 3],
      ],
    ],
    [
      'it is -5 now, and +3',
      [
        ['-5', -5],
        ['3', 3],
      ],
    ],
    ['{"tests":933}', [['933', 933]]],
    [
      'is 14. Then 15; and 16, so',
      [
        ['14', 14],
        ['15', 15],
        ['16', 16],
      ],
    ],
    [
      '- 9 probes\n- 1.23 is the ratio',
      [
        ['9', 9],
        ['1.23', 1.23],
      ],
    ],
    ['fourteen-check surface', [['fourteen', 14]]],
    [
      '| 9 | 402 |',
      [
        ['9', 9],
        ['402', 402],
      ],
    ],
    ['in the 20 ad-hoc `x-test` packages', [['20', 20]]],
  ]
  it.each(cases)('%s', (text, expected) => {
    expect(scanNumbers(text).map(token => [text.slice(token.start, token.end), token.value])).toEqual(
      expected,
    )
  })
})

describe('scanNumbers finds no number in', () => {
  it.each([
    'version 14.2.0, v2, Node 20.19, ^1.2, 1.94.1',
    '2026-03-01, 2026/03/01, 10:12, 22:57:44Z, March 14, 14 March 2026',
    'issue #402, file.ts:14, `src/lock.rs:49-76`, line 14, lines 3 and 4',
    'D1, CAM-15, x86_64, sha256, 0x1F, 5f1c2ab, ABC-1-2',
    '2nd, 14th, tenth, fourteenth, someone, tentative, weight',
    '5-9 times, 5–9, 1..3',
    '1. first\n2) second\n  3. third',
    '- [ ] 1.3 task\n- [x] **2.1** other\n- [~] 3. last\n### 3.4 Section\n## 1. Part',
    'task 3.4, tasks 1 and 2, section 3, §4, step 5, exit code 3',
    'docs/14-checks.md, 14.md, src/9/x, https://a.b/c?page=14, all-in-one, 4b',
    'cite [14], foot[^1], $14, 007, 8_g3',
  ])('%s', text => {
    expect(scanNumbers(text).map(token => text.slice(token.start, token.end))).toEqual([])
  })
})

it('finds both sides of a progression', () => {
  const sides = (text: string) =>
    scanNumbers(text).map(token => `${text.slice(token.start, token.end)}:${token.progression ?? ''}`)
  expect(sides('12 -> 27')).toEqual(['12:start', '27:end'])
  expect(sides('(9 probes → **14** probes)')).toEqual(['9:start', '14:end'])
  expect(sides('9 → 12 → 14')).toEqual(['9:start', '12:start', '14:end'])
  expect(sides('from 12 to 27 checks')).toEqual(['12:start', '27:end'])
  expect(sides('from twelve checks to twenty-seven')).toEqual(['twelve:start', 'twenty-seven:end'])
  expect(sides('12 to 27')).toEqual(['12:', '27:'])
  expect(sides('12 →\n27')).toEqual(['12:', '27:'])
})

it('keeps to its range, with lines of the whole text', () => {
  const text = 'a 1\nb 2\nc 3\n'
  const start = text.indexOf('b')
  expect(scanNumbers(text, { start, end: text.indexOf('c'), line: 2 })).toMatchObject([
    { start: start + 2, end: start + 3, line: 2, value: 2 },
  ])
})

const number = fc.oneof(
  fc.integer({ min: 0, max: 3_000_000 }),
  fc.integer({ min: 0, max: 100_000 }).map(value => value / 100),
)
const format = fc.record({
  style: fc.constantFrom('digits' as const, 'words' as const),
  separator: fc.constantFrom('' as const, ',' as const, '_' as const),
  decimals: fc.integer({ min: 0, max: 3 }),
  suffix: fc.constantFrom('' as const, 'k' as const, 'K' as const, 'M' as const, '%' as const),
  capital: fc.boolean(),
})

it('reads back what it writes, as the same value at the written precision', () => {
  fc.assert(
    fc.property(number, format, (value, style) => {
      const written = formatNumber(value, style)
      const [token, ...rest] = scanNumbers(`is ${written} now`)
      expect(rest).toEqual([])
      expect(`is ${written} now`.slice(token?.start, token?.end)).toBe(written)
      expect(isStated(token as NumberToken, value)).toBe(true)
      expect(formatNumber(value, (token as NumberToken).format)).toBe(written)
    }),
    runs,
  )
})

it('writes another value in the style of the first', () => {
  const rewrite = (text: string, value: number) =>
    formatNumber(value, (scanNumbers(text)[0] as NumberToken).format)
  expect(rewrite('8,724', 9001)).toBe('9,001')
  expect(rewrite('8_724', 12345)).toBe('12_345')
  expect(rewrite('8,724', 990)).toBe('990')
  expect(rewrite('19.7k', 21_349)).toBe('21.3k')
  expect(rewrite('77.3%', 81.26)).toBe('81.3%')
  expect(rewrite('Fourteen', 27)).toBe('Twenty-seven')
  expect(rewrite('fourteen', 1982)).toBe('1982')
  expect(rewrite('2', 1.23)).toBe('1.23')
  expect(rewrite('231', 245.4)).toBe('245')
})

it('finds the precision of a value', () => {
  const says = (text: string, value: number) => isStated(scanNumbers(text)[0] as NumberToken, value)
  expect([says('19.7k', 19734), says('77.3%', 77.31), says('1.23', 1.2345), says('27', 27)]).toEqual(
    Array(4).fill(true),
  )
  expect([says('19.7k', 19_800), says('77.3%', 77.4), says('1.23', 1.24), says('27', 26)]).toEqual(
    Array(4).fill(false),
  )
})

it('never throws, and every token lies in order within the text', () => {
  const piece = fc.constantFrom(
    ...[
      '1',
      '14',
      '.',
      ',',
      '_',
      '-',
      '/',
      ':',
      ' ',
      '\n',
      'k',
      '%',
      '→',
      'to ',
      'from ',
      'x',
      'two',
      '-',
      '#',
      '[',
    ],
    ...['twenty', 'hundred', ' and ', '`', '(', '- [ ] ', '2026-01-02', 'é', '\u{1F600}'],
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), pieces => {
      const text = pieces.join('')
      let last = 0
      for (const token of scanNumbers(text)) {
        expect(token.start).toBeGreaterThanOrEqual(last)
        expect(token.end).toBeGreaterThan(token.start)
        expect(token.line).toBe(text.slice(0, token.start).split('\n').length)
        expect(Number.isFinite(token.value)).toBe(true)
        last = token.end
      }
      expect(last).toBeLessThanOrEqual(text.length)
    }),
    runs,
  )
})
