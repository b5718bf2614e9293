import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Figure } from '../../src/figures/definitions/definition.ts'
import { evaluate, orderDerived } from '../../src/figures/definitions/derive.ts'
import { parseExpression } from '../../src/figures/definitions/parse-expression.ts'

const runs = { numRuns: process.env.OPSX_LONG ? 5000 : 300, seed: 43 }
const VALUES: Record<string, number | string> = {
  passed: 933,
  'tests.skipped': 5,
  closure: 13,
  total: 504,
  zero: 0,
  'cold-start': 2,
  id: 'sha256:a',
}

function derived(text: string) {
  const parsed = parseExpression(text)
  return 'problem' in parsed ? parsed : evaluate(parsed.expression, name => VALUES[name])
}

function figure(name: string, derive: string | null): [string, Figure] {
  const wording = { nouns: [], lead: [], not: [] }
  const rest = { kind: 'number' as const, unit: '', budget: null, tolerance: null, wording, parser: null }
  return [name, { name, derive, definition: name.split('.')[0] ?? '', ...rest }]
}

describe('a derived figure', () => {
  it.each([
    ['passed + tests.skipped', 938],
    ['closure / total * 100', 2.57936507937],
    ['(1 + 2) * 3 - 4 / 2', 7],
    ['10 - 3 - 2', 5],
    ['100 / 10 / 5', 2],
    ['-(2 - 5)', 3],
    ['0.1 + 0.2', 0.3],
    ['passed = 933', 1],
    ['closure + 1 <= 13', 0],
    ['(closure < total) * 2', 2],
    ['cold-start - 1', 1],
    [' 7 ', 7],
  ])('%s is %d', (text, value) => {
    expect(derived(text)).toEqual({ value })
  })

  it.each([
    ['closure / zero', 'it divides by zero'],
    ['missing + 1', 'missing has no value'],
    ['id + 1', 'id is not a number'],
    [`${'9'.repeat(300)} * ${'9'.repeat(300)}`, 'it is too large'],
  ])('%s has no value', (text, problem) => {
    expect(derived(text)).toEqual({ problem })
  })

  it.each([
    ['', 'it ends too early', 0],
    ['1 +', 'it ends too early', 3],
    ['1 2', '"2" is not expected here', 2],
    ['(1 + 2', 'it ends too early', 6],
    ['1 & 2', '"&" is not allowed here', 2],
    ['passed; rm', '";" is not allowed here', 6],
    ['1 < 2 < 3', '"<" is not expected here', 6],
    ['* 2', '"*" is not expected here', 0],
    ['('.repeat(500), 'it is nested too deeply', 100],
    ['1+'.repeat(5000), 'it is longer than 1000 characters', 1000],
  ])('%s says where it stops making sense', (text, problem, position) => {
    expect(parseExpression(text)).toEqual({ problem, position })
  })

  it('agrees with JavaScript on sums and products, whatever they are', () => {
    const term = fc.oneof(fc.nat(99).map(String), fc.constantFrom('(1+2)', '(7 - 3*2)'))
    const text = fc
      .tuple(term, fc.array(fc.tuple(fc.constantFrom('+', '-', '*', ' / '), term), { maxLength: 6 }))
      .map(([first, more]) => first + more.map(([operator, next]) => operator + next).join(''))
    fc.assert(
      fc.property(text, each => {
        const expected = Number(new Function(`return ${each.replace(/\b0+(?=\d)/g, '')}`)())
        const got = derived(each)
        if (!Number.isFinite(expected)) expect(got).toHaveProperty('problem')
        else if ('value' in got) expect(got.value).toBeCloseTo(expected, 3)
      }),
      runs,
    )
  })

  it('never throws, and points into its text', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', '.', '-', '1', '(', ')', '+', '/', '<', '=', ' ', 'é', '😀'),
    })
    fc.assert(
      fc.property(text, each => {
        const parsed = parseExpression(each)
        if ('problem' in parsed) expect(parsed.position).toBeLessThanOrEqual(each.length)
        else expect(evaluate(parsed.expression, () => 3)).toBeDefined()
      }),
      runs,
    )
  })
})

describe('the order of derived figures', () => {
  it('puts operands first, and looks names up beside the figure before elsewhere', () => {
    const figures = new Map([
      figure('share', 'tests.defined / total * 100'),
      figure('tests.defined', 'passed + skipped'),
      figure('tests.passed', null),
      figure('skipped', null),
      figure('total', null),
    ])
    const { derivations, problems } = orderDerived(figures)
    expect(problems).toEqual([])
    expect(derivations.map(each => each.figure.name)).toEqual(['tests.defined', 'share'])
    expect(Object.fromEntries(derivations[0]?.operands ?? [])).toEqual({
      passed: 'tests.passed',
      skipped: 'skipped',
    })
  })

  it.each([
    [[figure('a', 'a + 1')], { a: 'it depends on itself through a' }],
    [
      [figure('a', 'b'), figure('b', 'c'), figure('c', 'a')],
      { c: 'it depends on itself through a', b: 'c cannot be derived', a: 'b cannot be derived' },
    ],
    [[figure('a', 'nobody')], { a: 'there is no figure nobody' }],
    [[figure('a', '1 +')], { a: 'it ends too early (character 4)' }],
  ])('refuses what has no order', (figures, expected) => {
    const { derivations, problems } = orderDerived(new Map(figures))
    expect(derivations).toEqual([])
    expect(Object.fromEntries(problems.map(each => [each.figure.name, each.problem]))).toEqual(expected)
  })

  it('lets a figure depend on what opsx counts itself', () => {
    const figures = new Map([figure('done', 'tasks.done / tasks.total')])
    expect(orderDerived(figures, name => name.startsWith('tasks.')).derivations).toHaveLength(1)
  })
})
