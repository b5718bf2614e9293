import { expect, it } from 'vitest'
import { parseGate } from '../../src/figures/gates/parse-gate.ts'

const conditions = (text: string) => {
  const gate = parseGate(text)
  return gate?.type === 'conditions' ? gate.conditions.map(({ written }) => written) : gate?.type
}

it('reads the conditions of a task, from one comment or several', () => {
  expect(conditions('All green <!-- gate: tests.failed=0, eval_ratio<=2 -->')).toEqual([
    'tests.failed=0',
    'eval_ratio<=2',
  ])
  expect(conditions('a <!-- gate: a=1 --> <!-- fig: b=2 --> <!-- gate: names has x -->')).toEqual([
    'a=1',
    'names has x',
  ])
})

it('reads a gate that only a person may open', () => {
  expect(parseGate('Go live <!-- gate: human -->')).toEqual({ type: 'human', by: null })
  expect(parseGate('Go live <!-- gate: human, checked by Ada, 2026-06-14 -->')).toEqual({
    type: 'human',
    by: 'Ada, 2026-06-14',
  })
})

it('finds none without a comment, or in code', () => {
  expect([parseGate('a'), parseGate('write `<!-- gate: a=1 -->`'), parseGate('<!-- fig: a=1 -->')]).toEqual([
    null,
    null,
    null,
  ])
})

it('refuses what is no list of conditions', () => {
  for (const body of ['', 'a 1', 'a was 1', 'human --> <!-- gate: a=1']) {
    expect(parseGate(`x <!-- gate: ${body} -->`)?.type).toBe('malformed')
  }
  expect(parseGate('x <!-- gate: a=1')?.type).toBe('malformed')
})
