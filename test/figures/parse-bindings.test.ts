import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseBindings } from '../../src/figures/bindings/parse-bindings.ts'

const parse = (text: string) => parseBindings({ text, kind: 'spec', file: 'a.md' })
const written = (text: string) => parse(text).bindings.map(binding => binding.written)
const targets = (text: string) =>
  parse(text).bindings.map(({ target }) => (target ? text.slice(target.start, target.end) : null))

describe('parseBindings reads', () => {
  it('an exact value, separators and suffixes', () => {
    const text = '14 checks <!-- fig: checks=14, tests.passed=1,982,lines=19.7k, share = 77.3% -->'
    expect(
      parse(text).bindings.map(({ figure, claim }) => [
        figure,
        claim.type,
        'value' in claim && claim.value.value,
      ]),
    ).toEqual([
      ['checks', 'is', 14],
      ['tests.passed', 'is', 1982],
      ['lines', 'is', 19700],
      ['share', 'is', 77.3],
    ])
    for (const { claim } of parse(text).bindings) {
      if ('value' in claim)
        expect(text.slice(claim.value.start, claim.value.end)).toMatch(/^(?:14|1,982|19.7k|77.3%)$/)
    }
  })

  it('limits, with or without a unit', () => {
    const claims = parse('x <!-- fig: a<=250 ms, b>=2, c<3, d > 4, e≤5 -->').bindings.map(({ claim }) =>
      claim.type === 'limit' ? `${claim.limit.comparison}${claim.limit.value}` : claim.type,
    )
    expect(claims).toEqual(['<=250', '>=2', '<3', '>4', '<=5'])
  })

  it('history, sets and digests', () => {
    const text =
      'x <!-- fig: checks was 14, names has cargo-lock-sync, lacks `graph`, sum unchanged, sum unchanged 9f2a -->'
    expect(parse(text).bindings.map(({ figure, claim }) => ({ figure, ...claim }))).toMatchObject([
      { figure: 'checks', type: 'was', value: { value: 14 } },
      { figure: 'names', type: 'has', item: 'cargo-lock-sync' },
      { figure: 'names', type: 'lacks', item: 'graph' },
      { figure: 'sum', type: 'unchanged', digest: '' },
      { figure: 'sum', type: 'unchanged', digest: '9f2a' },
    ])
  })

  it('a comment anywhere on the line, and several', () => {
    const text = 'a\n14 <!-- fig: a=14 --> and <!-- note --> 5 <!--fig:b=5-->\nc\n'
    expect(written(text)).toEqual(['a=14', 'b=5'])
    expect(new Set(targets(text))).toEqual(
      new Set(['14 <!-- fig: a=14 --> and <!-- note --> 5 <!--fig:b=5-->']),
    )
    expect(parse(text).bindings.map(({ line }) => line)).toEqual([2, 2])
  })
})

describe('a comment alone on its line binds', () => {
  it.each([
    ['the next fence', '<!-- fig: a=1 -->\n\n```sh\n1\n```\nmore\n', '```sh\n1\n```'],
    [
      'the next list item with its wrapped lines',
      '<!-- fig: a=1 -->\n- one\n  more\n- two\n',
      '- one\n  more',
    ],
    ['a row within a table', '<!-- fig: a=1 -->\n| x | 1 |\n| y | 2 |\n', '| x | 1 |'],
    ['a whole table from its head', '<!-- fig: a=1 -->\n| h |\n|---|\n| 1 |\n\nx\n', '| h |\n|---|\n| 1 |'],
    ['the next paragraph', '<!-- fig: a=1 -->\none\ntwo\n\nthree\n', 'one\ntwo'],
    ['what follows a second comment', '<!-- fig: a=1 -->\n<!-- x -->\none\r\n\r\ntwo', 'one'],
    ['nothing at the end', 'x\n\n<!-- fig: a=1 -->\n', null],
  ])('%s', (_, text, expected) => {
    expect(targets(text)).toEqual([expected])
  })

  it('a heading, which is reported', () => {
    const [binding] = parse('<!-- fig: a=1 -->\n### Requirement: one 1\ntext\n').bindings
    expect(binding?.target).toMatchObject({ line: 2, endLine: 2, header: true })
  })
})

it('binds nothing where Markdown shows the comment', () => {
  for (const text of [
    'write `<!-- fig: a=1 -->` there',
    'write `` ` <!-- fig: a=1 --> `` there',
    '```\n<!-- fig: a=1 -->\n```\n',
    'x\n\n    <!-- fig: a=1 -->\n',
    '\\<!-- fig: a=1 -->',
    '<!-- outer <!-- fig: a=1 -->',
  ]) {
    expect(parse(text)).toEqual({ bindings: [], findings: [] })
  }
  expect(written('a `b` <!-- fig: a=1 --> `c`')).toEqual(['a=1'])
  expect(written('a <!-- ` --> 1 <!-- fig: a=1 --> `c`')).toEqual(['a=1'])
})

it.each([
  ['<!-- fig: checks 26 -->', []],
  ['<!-- fig: -->', []],
  ['<!-- fig: a=1, -->', ['a=1']],
  ['<!-- fig: a=1.2.3 -->', []],
  ['<!-- fig: a=one two -->', []],
  ['<!-- fig: a=1 b=2 -->', []],
  ['<!-- fig: lacks x -->', []],
  ['<!-- fig: a=1\n-->', []],
  ['<!-- fig: a=1', []],
])('reports %j', (text, readable) => {
  const { bindings, findings } = parse(`word\n${text}\n`)
  expect(findings).toMatchObject([{ code: 'figure/malformed', severity: 'critical', file: 'a.md', line: 2 }])
  expect(bindings.map(binding => binding.written)).toEqual(readable)
})

it('never throws on anything', () => {
  const piece = fc.constantFrom(
    ...[
      '<!-- fig: ',
      '-->',
      'a=1',
      ',',
      ' was ',
      'has ',
      '`',
      '```',
      '\n',
      '- ',
      '| ',
      '> ',
      '14',
      '<=',
      '<!--',
      ' ',
    ],
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), pieces => {
      const text = pieces.join('')
      for (const { target } of parse(text).bindings) {
        if (target) expect(target.start).toBeLessThanOrEqual(target.end)
      }
    }),
    { numRuns: process.env.OPSX_LONG ? 20_000 : 500, seed: 42 },
  )
})
