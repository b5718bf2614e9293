import { expect, it } from 'vitest'
import { parseYaml } from '../../src/markdown/parse-yaml.ts'

const laughs = (levels: number) =>
  [
    'a0: &a0 [x, x, x, x, x, x, x, x, x, x]',
    ...Array.from({ length: levels }, (_, level) => {
      const below = `*a${level}`
      return `a${level + 1}: &a${level + 1} [${Array.from({ length: 10 }, () => below).join(', ')}]`
    }),
  ].join('\n')

it('reads aliases that stand for a few values', () => {
  expect(parseYaml('base: &base { unit: x }\nother: *base\n')).toEqual({
    value: { base: { unit: 'x' }, other: { unit: 'x' } },
    problem: null,
  })
})

it.each([
  ['aliases of aliases that stand for billions of values', laughs(12), /too many values/, 2],
  ['a mapping that contains itself', 'b: 1\na: &a\n  again: *a\n', /contains itself/, 3],
  ['a list that contains itself', '- &a [*a]\n', /contains itself/, 1],
])('refuses %s with its line', (_, text, reason, line) => {
  const { value, problem } = parseYaml(text)
  expect(value).toBeUndefined()
  expect(problem?.reason).toMatch(reason)
  expect(problem?.line).toBe(line)
})

it('takes a star in a text for no alias', () => {
  expect(parseYaml('scan: "docs/*.md"\nemphasis: a *word* here\n').problem).toBeNull()
})
