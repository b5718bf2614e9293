import fc from 'fast-check'
import { expect, it } from 'vitest'
import { patternProblem } from '../../src/figures/definitions/pattern-problem.ts'

it.each([
  'checks?',
  'check (surface|count)',
  '(?:flake )?checks?',
  '"message": "(\\d+) tests"',
  '[a-z]+ names?',
  '\\(\\d+\\)',
  '[(*+]+',
  'ratio ([\\d.]+)',
])('takes %j', pattern => {
  expect(patternProblem(pattern)).toBeNull()
})

it.each([
  '(a+)+',
  '(?:\\w+\\s?)*x',
  '(a|a)*',
  '((a|b))+',
  '(a{2,})*',
  '([a-z]+){2,9}',
  '\\s*\\s*\\s*\\s*x',
  '(',
  'a'.repeat(201),
])('refuses %j', pattern => {
  expect(patternProblem(pattern)).not.toBeNull()
})

it('never throws, whatever it is given', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'()[]{}|*+?\\^$,2ab.') }), pattern => {
      patternProblem(pattern)
    }),
  )
})
