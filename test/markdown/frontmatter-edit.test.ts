import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { editFrontmatter } from '../../src/markdown/frontmatter-edit.ts'
import { parseFrontmatter } from '../../src/markdown/parse-frontmatter.ts'
import type { YamlEdit } from '../../src/markdown/yaml/yaml-data.ts'
import { awkwardString, yamlSample } from '../support/yaml-texts.ts'

const runs = { numRuns: process.env.OPSX_LONG ? 5000 : 200, seed: 29 }
const edits: YamlEdit[] = [{ kind: 'set', path: ['state'], value: 'Todo' }]

describe('frontmatter is edited', () => {
  const cases: [string, string, string][] = [
    ['at the top', '---\na: 1\n---\n\n# Why\n', '---\na: 1\nstate: Todo\n---\n\n# Why\n'],
    ['after a byte order mark', '\ufeff---\na: 1\n---\nbody', '\ufeff---\na: 1\nstate: Todo\n---\nbody'],
    [
      'after blank lines and comments',
      '\n<!-- c\n---\n-->\n\n---\na: 1\n---\nbody',
      '\n<!-- c\n---\n-->\n\n---\na: 1\nstate: Todo\n---\nbody',
    ],
    ['with CRLF', '---\r\na: 1\r\n---\r\nbody\n', '---\r\na: 1\r\nstate: Todo\r\n---\r\nbody\n'],
    ['that ends with the file', '---\na: 1\n---', '---\na: 1\nstate: Todo\n---'],
    ['that is empty', '---\r\n---\r\nbody', '---\r\nstate: Todo\r\n---\r\nbody'],
    ['that has only a comment', '---\n# c\n---\nbody', '---\n# c\nstate: Todo\n---\nbody'],
    ['that has the value already', '---\nstate: Todo\n---\nbody', '---\nstate: Todo\n---\nbody'],
    ['that is not there', '# Why\n', '---\nstate: Todo\n---\n\n# Why\n'],
    ['that is not there, blank line first', '\n# Why\n', '---\nstate: Todo\n---\n\n# Why\n'],
    ['of an empty file', '', '---\nstate: Todo\n---\n'],
    [
      'created behind a byte order mark',
      '\ufeff# Why\r\n',
      '\ufeff---\r\nstate: Todo\r\n---\r\n\r\n# Why\r\n',
    ],
    ['created before a comment', '<!-- c -->\n# Why\n', '---\nstate: Todo\n---\n\n<!-- c -->\n# Why\n'],
    ['created before a rule', '---\n\ntext\n', '---\nstate: Todo\n---\n\n---\n\ntext\n'],
  ]
  it.each(cases)('%s', (_, text, expected) => {
    expect(editFrontmatter(text, edits)).toBe(expected)
  })

  it('keeps a file without frontmatter when there is nothing to set', () => {
    expect(editFrontmatter('# Why\n', [{ kind: 'remove', path: ['a'] }])).toBe('# Why\n')
  })
})

describe('an edit is refused with the line of the file', () => {
  const cases: [string, string, RegExp][] = [
    ['when the frontmatter does not parse', '---\na: 1\nb: [\n---\n', /frontmatter: .* at line \d/],
    ['when it is not closed', '---\na: 1\n', /no closing --- at line 1/],
    [
      'when the value is a block scalar',
      '\n---\na: 1\nstate: |\n  x\n---\n',
      /"state" at line 4: the value is a block/,
    ],
    ['when the opener names a language', '---js\n({})\n---\n', /names a language/],
  ]
  it.each(cases)('%s', (_, text, message) => {
    expect(() => editFrontmatter(text, edits)).toThrow(
      expect.objectContaining({ code: 'EDIT_REFUSED', message: expect.stringMatching(message) }),
    )
  })
})

describe('over generated files', () => {
  it('the text before and after the YAML is unchanged, and the data is the intended data', () => {
    const body = fc.constantFrom('', '\n', '\n# Why\n\n---\nrule\n', 'text\r\n---\r\n', '\ud83d\ude00')
    const lead = fc.constantFrom('', '\ufeff', '\n\n', '<!-- one\n--- -->\n')
    const property = fc.property(yamlSample, lead, body, awkwardString, ({ text }, start, end, value) => {
      const yaml = text.replace('\ufeff', '').replace(/(?<!\n)$/, '\n')
      const file = `${start}---\n${yaml}---\n${end}`
      const item = { at: '2027-01-01T00:00:00Z', transition: 'Todo->In Progress', note: value }
      const result = editFrontmatter(file, [
        { kind: 'set', path: ['last_synced_state'], value },
        { kind: 'append', path: ['attempt_log'], item },
      ])
      expect(result.startsWith(`${start}---\n`)).toBe(true)
      expect(result.endsWith(`\n---\n${end}`)).toBe(true)
      const { data, problem, bodyOffset } = parseFrontmatter(result)
      expect(problem).toBeNull()
      expect(result.slice(bodyOffset)).toBe(end)
      expect(data.last_synced_state).toBe(value)
      expect(data.attempt_log).toContainEqual(item)
    })
    fc.assert(property, runs)
  })

  it('a created frontmatter leaves the text as its body', () => {
    const property = fc.property(fc.string({ unit: 'binary' }), awkwardString, (text, value) => {
      fc.pre(parseFrontmatter(text).range === null && parseFrontmatter(text).problem === null)
      const result = editFrontmatter(text, [{ kind: 'set', path: ['a'], value }])
      const { data, bodyOffset } = parseFrontmatter(result)
      expect(data).toEqual({ a: value })
      expect(result.slice(bodyOffset).replace(/^\r?\n/, '')).toBe(
        text.replace('\ufeff', '').replace(/^\r?\n/, ''),
      )
    })
    fc.assert(property, runs)
  })
})
