import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseFrontmatter } from '../../src/markdown/parse-frontmatter.ts'

const runs = { numRuns: process.env.OPSX_LONG ? 20_000 : 300, seed: 11 }

describe('frontmatter is found', () => {
  const cases: [string, string][] = [
    ['at the start', '---\nowner: mia\n---\nbody'],
    ['after a byte order mark', '\ufeff---\nowner: mia\n---\nbody'],
    ['after blank lines', '\n  \n\n---\nowner: mia\n---\nbody'],
    ['after a comment', '<!-- generated -->\n---\nowner: mia\n---\nbody'],
    ['after a comment of several lines', '<!-- one\n---\ntwo -->\n\n---\nowner: mia\n---\nbody'],
    ['with CRLF line ends', '---\r\nowner: mia\r\n---\r\nbody'],
    ['with spaces after the fences', '---  \nowner: mia\n---\t\nbody'],
    ['with its closing fence before a later rule', '---\nowner: mia\n---\nbody'],
  ]
  it.each(cases)('%s', (_, text) => {
    const { data, problem, range, bodyOffset } = parseFrontmatter(text)
    expect({ data, problem }).toEqual({ data: { owner: 'mia' }, problem: null })
    expect(text.slice(range?.start, range?.end).trim()).toBe('owner: mia')
    expect(text.slice(bodyOffset)).toBe('body')
  })
})

describe('no frontmatter, and nothing wrong', () => {
  const cases: [string, string][] = [
    ['an empty file', ''],
    ['plain text', 'body\n---\nowner: mia\n---\n'],
    ['a thematic break at the top', '---\n\nbody'],
    ['a longer run of dashes', '----\nowner: mia\n----\n'],
    ['text after the comment', '<!-- a --> b\n---\nowner: mia\n---\n'],
    ['a comment left open', '<!-- a\n---\nowner: mia\n---\n'],
  ]
  it.each(cases)('%s', (_, text) => {
    expect(parseFrontmatter(text)).toEqual({ range: null, bodyOffset: 0, data: {}, problem: null })
  })
})

describe('a problem names its line and leaves no data', () => {
  const cases: [string, string, string, number][] = [
    ['a key twice', '---\na: 1\nb: 2\na: 3\n---\n', 'duplicated mapping key', 4],
    ['YAML that does not parse', '<!-- x -->\n---\na: [1\n---\n', 'unexpected end', 3],
    ['a list instead of a mapping', '---\n- a\n---\n', 'not a mapping', 2],
    ['a tab as indentation', '---\na:\n\tb: 1\n---\n', 'tab', 3],
    ['a fence that names a language', '---js\nmodule.exports = {}\n---\n', 'names a language', 1],
    ['a fence never closed', '---\nlinear_team: ENG\n\n# Body\n', 'no closing', 1],
    ['a line of dashes and text inside', '---\na: 1\n---b\n---\n', 'begins with ---', 3],
  ]
  it.each(cases)('%s', (_, text, reason, line) => {
    const { data, problem } = parseFrontmatter(text)
    expect(data).toEqual({})
    expect(problem?.line).toBe(line)
    expect(problem?.reason).toContain(reason)
  })
})

it('reads values as YAML 1.2 core does: no dates, no base sixty', () => {
  const { data } = parseFrontmatter('---\nat: 2026-03-04T05:06:07Z\nday: 2026-03-04\nclock: 12:30\n---\n')
  expect(data).toEqual({ at: '2026-03-04T05:06:07Z', day: '2026-03-04', clock: '12:30' })
})

it('evaluates no code for any language of the fence', () => {
  const evil = '\nglobalThis.opsxEvaluated = true\n---\n'
  for (const name of ['js', 'javascript', 'JS', ' js', 'coffee', 'json', 'cson', 'js '])
    parseFrontmatter(`---${name}${evil}`)
  expect('opsxEvaluated' in globalThis).toBe(false)
})

it('drops a __proto__ key and leaves prototypes alone', () => {
  const { data } = parseFrontmatter('---\n__proto__: { polluted: true }\nconstructor: x\n---\n')
  expect(Object.assign({}, data)).toEqual({ constructor: 'x' })
  expect(({} as Record<string, unknown>).polluted).toBeUndefined()
})

it('hands out fresh data on every call', () => {
  const text = '---\na: { b: 1 }\n---\n'
  Object.assign(parseFrontmatter(text).data, { a: 'changed' })
  expect(parseFrontmatter(text).data).toEqual({ a: { b: 1 } })
})

it('survives 10 MB of anything between, before or without fences', () => {
  const megabytes = (unit: string) => unit.repeat(10_000_000 / unit.length)
  for (const unit of ['a: b\n--x\n', '\n', '\n---x', '<!--', '---\n', '[', ' \n', '- ']) {
    parseFrontmatter(`---\n${megabytes(unit)}`)
    parseFrontmatter(megabytes(unit))
  }
  for (const unit of ['\n', '[', ' \n', '# c\n']) parseFrontmatter(`---\n${megabytes(unit)}\n---\n`)
})

it('never throws and keeps its offsets inside the text', () => {
  const piece = fc.constantFrom(
    '---',
    '---js',
    '\n',
    '\r\n',
    '<!--',
    '-->',
    'a: 1',
    '- x',
    '\t',
    ' ',
    '{',
    '[',
    '"',
    '\ufeff',
    '&a',
    '*a',
    '|',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 30 }), parts => {
      const text = parts.join('')
      const { range, bodyOffset } = parseFrontmatter(text)
      expect(bodyOffset).toBeLessThanOrEqual(text.length)
      if (range) expect(range.start <= range.end && range.end <= bodyOffset).toBe(true)
    }),
    runs,
  )
})
