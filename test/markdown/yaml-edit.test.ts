import fc from 'fast-check'
import { CORE_SCHEMA, load } from 'js-yaml'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { YamlEdit } from '../../src/markdown/yaml/yaml-data.ts'
import { editYaml } from '../../src/markdown/yaml/yaml-edit.ts'
import { awkwardString, yamlSample } from '../support/yaml-texts.ts'

const runs = { numRuns: process.env.OPSX_LONG ? 5000 : 250, seed: 23 }

// biome-ignore lint/suspicious/noExplicitAny: data of two parsers, compared as a whole
type Data = any
const PARSERS: [string, (text: string) => Data][] = [
  ['yaml', text => parse(text)],
  ['js-yaml', text => load(text, { schema: CORE_SCHEMA })],
]

const set = (key: string, value: string | number | boolean | null): YamlEdit => ({
  kind: 'set',
  path: key.split('.'),
  value,
})
const append = (item: Record<string, string | number>): YamlEdit => ({ kind: 'append', path: ['log'], item })
const remove = (key: string): YamlEdit => ({ kind: 'remove', path: key.split('.') })
const first = { at: '2026-02-01T00:00:00Z', note: 'one' }
const second = { at: '2026-02-02T00:00:00Z', note: 'two' }

describe('set replaces a scalar and keeps', () => {
  const cases: [string, string, string][] = [
    ['a plain style', 's: Todo\n', 's: In Progress\n'],
    ['double quotes', 's: "Todo"\n', 's: "In Progress"\n'],
    ['single quotes', "s: 'Todo'\n", "s: 'In Progress'\n"],
    ['a comment', 's: Todo # c\n', 's: In Progress # c\n'],
    ['the column of a comment', 's: Todo          # c\n', 's: In Progress   # c\n'],
    ['odd spacing', 's :   Todo\nb:  2\n', 's :   In Progress\nb:  2\n'],
    ['tabs', 's:\tTodo\t# c\n', 's:\tIn Progress\t# c\n'],
    ['CRLF', 'a: 1\r\ns: Todo\r\n', 'a: 1\r\ns: In Progress\r\n'],
    ['a byte order mark', '\ufeffs: Todo', '\ufeffs: In Progress'],
    ['a missing final newline', 'a: 1\ns: Todo', 'a: 1\ns: In Progress'],
    ['flow style', '{ a: 1, s: Todo }', '{ a: 1, s: In Progress }'],
    ['JSON style', '{"s":null,"a":1}', '{"s":"In Progress","a":1}'],
    ['a key without a value', 's: # c\na: 1\n', 's: In Progress # c\na: 1\n'],
    ['a flow key without a value', '{ s, a: 1 }', '{ s: In Progress, a: 1 }'],
    ['what follows a wrapped string', 's: "a\n  b" # d\nc: 1\n', 's: "In Progress" # d\nc: 1\n'],
    ['what follows null', 's: null # d\nc: 1\n', 's: In Progress # d\nc: 1\n'],
  ]
  it.each(cases)('%s', (_, source, expected) => {
    expect(editYaml(source, [set('s', 'In Progress')])).toBe(expected)
  })

  it('plain stamps where a stamp was plain', () => {
    const source = 'last_synced_at: 2026-01-01T00:00:00Z\n'
    const later = '2026-02-02T00:00:00Z'
    expect(editYaml(source, [set('last_synced_at', later)])).toBe(`last_synced_at: ${later}\n`)
    expect(editYaml('a: "x"\n', [set('a', later)])).toBe(`a: "${later}"\n`)
  })
})

describe('set adds a key', () => {
  const cases: [string, string, YamlEdit[], string][] = [
    ['to nothing', '', [set('s', 'Todo')], 's: Todo\n'],
    ['behind a lone comment', '# c', [set('s', 'Todo')], '# c\ns: Todo'],
    ['at the end', 'a: 1 # c\n# end\n', [set('s', 'Todo')], 'a: 1 # c\ns: Todo\n# end\n'],
    [
      'behind deeper comments',
      'a:\n  b: 1\n  # c\n# end\n',
      [set('s', 1)],
      'a:\n  b: 1\n  # c\ns: 1\n# end\n',
    ],
    ['behind a block scalar', 'a: |\n  x\n\n# end\n', [set('s', 1)], 'a: |\n  x\ns: 1\n\n# end\n'],
    ['behind a kept block scalar', 'a: |+\n  x\n\n# end\n', [set('s', 1)], 'a: |+\n  x\n\ns: 1\n# end\n'],
    ['to a nested mapping', 'a:\n   b: 1\nc: 2\n', [set('a.s', 1)], 'a:\n   b: 1\n   s: 1\nc: 2\n'],
    ['with its parents', 'a: 1\n', [set('b.c.d', 1), set('b.e', 2)], 'a: 1\nb:\n  c:\n    d: 1\n  e: 2\n'],
    ['below a key without a value', 'a: # c\nb: 1\n', [set('a.s', 1)], 'a: # c\n  s: 1\nb: 1\n'],
    ['in place of empty braces', 'a: {} # c\nb: 1\n', [set('a.s', 1)], 'a:    # c\n  s: 1\nb: 1\n'],
    ['to braces', '{ a: 1 }', [set('s', 'x'), set('t', 2)], '{ a: 1, s: x, t: 2 }'],
    ['to braces over lines', '{\n  a: 1 # c\n}', [set('s', 1)], '{\n  a: 1, # c\n  s: 1\n}'],
    ['to braces with a last comma', '{\n  a: 1,\n}', [set('s', 1)], '{\n  a: 1,\n  s: 1,\n}'],
    ['to JSON', '{"a":1}', [set('s', 'x')], '{"a":1,"s":"x"}'],
    ['quoting a title', 'a: 1\n', [set('linear_story_title', 'Add')], 'a: 1\nlinear_story_title: "Add"\n'],
    ['quoting a slugId', 'a: 1\n', [set('p', 'abcdef012345')], 'a: 1\np: "abcdef012345"\n'],
    [
      'with a plain stamp of its own',
      '',
      [set('last_synced_at', '2026-01-01T00:00:00Z')],
      'last_synced_at: 2026-01-01T00:00:00Z\n',
    ],
    [
      'behind a named key',
      'a: 1\nb: 2\n',
      [{ kind: 'set', path: ['s'], value: 1, after: 'a' }],
      'a: 1\ns: 1\nb: 2\n',
    ],
    [
      'before a named key',
      'a: 1\n# b\nb: 2\n',
      [{ kind: 'set', path: ['s'], value: 1, before: 'b' }],
      'a: 1\ns: 1\n# b\nb: 2\n',
    ],
    [
      'before the first key',
      '# h\n\nb: 2\n',
      [{ kind: 'set', path: ['s'], value: 1, before: 'b' }],
      '# h\n\ns: 1\nb: 2\n',
    ],
    [
      'behind a named key of JSON',
      '{"a":1,"b":2}',
      [{ kind: 'set', path: ['s'], value: 1, after: 'a' }],
      '{"a":1,"s":1,"b":2}',
    ],
  ]
  it.each(cases)('%s', (_, source, edits, expected) => {
    expect(editYaml(source, edits)).toBe(expected)
  })
})

describe('append writes like its neighbours', () => {
  const cases: [string, string, string][] = [
    [
      'an empty list becomes a block of flow entries',
      'log: [] # c\nb: 1\n',
      'log:    # c\n  - { at: "2026-02-01T00:00:00Z", note: "one" }\n  - { at: "2026-02-02T00:00:00Z", note: "two" }\nb: 1\n',
    ],
    [
      'a missing list',
      'b: 1\r\n',
      'b: 1\r\nlog:\r\n  - { at: "2026-02-01T00:00:00Z", note: "one" }\r\n  - { at: "2026-02-02T00:00:00Z", note: "two" }\r\n',
    ],
    [
      'null',
      'log: null',
      'log:\n  - { at: "2026-02-01T00:00:00Z", note: "one" }\n  - { at: "2026-02-02T00:00:00Z", note: "two" }',
    ],
    [
      'tight flow entries',
      'log:\n-  {at: "2026-01-01T00:00:00Z",note: x} # c\n',
      'log:\n-  {at: "2026-01-01T00:00:00Z",note: x} # c\n-  {at: "2026-02-01T00:00:00Z",note: "one"}\n-  {at: "2026-02-02T00:00:00Z",note: "two"}\n',
    ],
    [
      'block entries, newest first',
      'log:\n  # log\n  - at: 2026-01-02T00:00:00Z\n    note: b\n  - at: 2026-01-01T00:00:00Z\n',
      'log:\n  # log\n  - at: "2026-02-02T00:00:00Z"\n    note: "two"\n  - at: "2026-02-01T00:00:00Z"\n    note: "one"\n  - at: 2026-01-02T00:00:00Z\n    note: b\n  - at: 2026-01-01T00:00:00Z\n',
    ],
    [
      'JSON',
      '{"log": [{"at": "2026-01-01T00:00:00Z"}], "b": 1}',
      '{"log": [{"at": "2026-01-01T00:00:00Z"}, {"at": "2026-02-01T00:00:00Z", "note": "one"}, {"at": "2026-02-02T00:00:00Z", "note": "two"}], "b": 1}',
    ],
    [
      'an empty JSON list',
      '{"log":[]}',
      '{"log":[{"at":"2026-02-01T00:00:00Z","note":"one"},{"at":"2026-02-02T00:00:00Z","note":"two"}]}',
    ],
    [
      'brackets over lines, with comments',
      'log: [\n  {at: a}, # 1\n  {at: b} # 2\n  ]\n',
      'log: [\n  {at: a}, # 1\n  {at: b}, # 2\n  {at: "2026-02-01T00:00:00Z", note: "one"},\n  {at: "2026-02-02T00:00:00Z", note: "two"}\n  ]\n',
    ],
    [
      'a single flow mapping',
      'log: { at: x, note: y } # c\nb: 1\n',
      'log:\n  - { at: x, note: y } # c\n  - { at: "2026-02-01T00:00:00Z", note: "one" }\n  - { at: "2026-02-02T00:00:00Z", note: "two" }\nb: 1\n',
    ],
    [
      'a single block mapping',
      'log:\n  at: x\n  note: |\n    y\nb: 1\n',
      'log:\n- at: x\n  note: |\n    y\n- at: "2026-02-01T00:00:00Z"\n  note: "one"\n- at: "2026-02-02T00:00:00Z"\n  note: "two"\nb: 1\n',
    ],
    [
      'a single mapping over lines',
      'log: {at: x,\n  note: y}\n',
      'log: [{at: x,\n  note: y}, {at: "2026-02-01T00:00:00Z",\n  note: "one"}, {at: "2026-02-02T00:00:00Z",\n  note: "two"}]\n',
    ],
    [
      'equal stamps count as oldest first',
      'log:\n- {at: "2026-01-01T00:00:00Z"}\n- {at: "2026-01-01T00:00:00Z"}\n',
      'log:\n- {at: "2026-01-01T00:00:00Z"}\n- {at: "2026-01-01T00:00:00Z"}\n- {at: "2026-02-01T00:00:00Z", note: "one"}\n- {at: "2026-02-02T00:00:00Z", note: "two"}\n',
    ],
  ]
  it.each(cases)('%s', (_, source, expected) => {
    expect(editYaml(source, [append(first), append(second)])).toBe(expected)
  })
})

describe('insert adds a tree', () => {
  const value = { id: 'x', name: 'E', teams: ['ENG'], states: { in_review: 'Code Review' } }
  const flat = { id: 'x', name: 'E' }
  const cases: [string, string, YamlEdit, string][] = [
    [
      'as a block',
      '',
      { kind: 'insert', path: ['p', 'a-b'], value },
      'p:\n  "a-b":\n    id: "x"\n    name: "E"\n    teams: ["ENG"]\n    states:\n      in_review: Code Review\n',
    ],
    [
      'as its neighbour in flow style',
      't:\n    ENG: {id: "y"}\n',
      { kind: 'insert', path: ['t', 'CAM'], value: flat },
      't:\n    ENG: {id: "y"}\n    CAM: {id: "x", name: "E"}\n',
    ],
    [
      'with quoted keys beside quoted keys',
      't:\n  "ENG":\n    id: "y"\n',
      { kind: 'insert', path: ['t', 'CAM'], value: flat },
      't:\n  "ENG":\n    id: "y"\n  "CAM":\n    id: "x"\n    name: "E"\n',
    ],
    [
      'into braces',
      't: { ENG: {} }\n',
      { kind: 'insert', path: ['t', 'CAM'], value: flat },
      't: { ENG: {}, "CAM": { id: "x", name: "E" } }\n',
    ],
    [
      'with an empty mapping and a key that reads as a boolean',
      't:\n',
      { kind: 'insert', path: ['t', 'NO'], value: {} },
      't:\n  "NO": {}\n',
    ],
  ]
  it.each(cases)('%s', (_, source, edit, expected) => {
    expect(editYaml(source, [edit])).toBe(expected)
  })
})

describe('remove deletes a key with its lines', () => {
  const cases: [string, string, YamlEdit[], string][] = [
    ['in the middle', 'a: 1\nb: 2 # c\nc: 3\n', [remove('b')], 'a: 1\nc: 3\n'],
    [
      'with its value',
      'a: 1\nb:\n  - x # c\n  - y: |\n      z\nc: 3\n',
      [remove('b')].slice(0, 1),
      'a: 1\nc: 3\n',
    ],
    ['at the end without newline', 'a: 1\r\nb: 2', [remove('b')], 'a: 1'],
    ['all of them', 'a: 1\nb: 2\n', [remove('a'), remove('b')], ''],
    ['the last of a nested mapping', 'a: # c\n  b: 1\nc: 1\n', [remove('a.b')], 'a: {} # c\nc: 1\n'],
    ['first in braces', '{a: 1, b: 2}', [remove('a')], '{b: 2}'],
    ['last in braces', '{a: 1, b: 2}', [remove('b')], '{a: 1}'],
    ['alone in braces', '{ a: 1 }', [remove('a')], '{}'],
    ['that is not there', 'a: 1\n', [remove('x'), remove('a.b')], 'a: 1\n'],
  ]
  it.each(cases)('%s', (_, source, edits, expected) => {
    expect(editYaml(source, edits)).toBe(expected)
  })
})

describe('an edit is refused with path and line', () => {
  const cases: [string, string, YamlEdit, RegExp][] = [
    ['on a block scalar', 'a: 1\ns: |\n  x\n', set('s', 'y'), /"s" at line 2: the value is a block scalar/],
    ['on an anchor', 's: &a x\nb: *a\n', set('s', 'y'), /"s" at line 1: an anchor or alias/],
    ['on an alias', 'b: &a x\ns: *a\n', set('s', 'y'), /"s" at line 2: an anchor or alias/],
    ['below an anchor', 't: &a\n  x: 1\nb: *a\n', set('t.x', 2), /"t.x" at line 1: an anchor or alias/],
    ['on a tag', 's: !!str 1\n', set('s', 'y'), /"s" at line 1: the value has a tag/],
    [
      'on an explicit key',
      '? s\n: 1\n',
      set('s', 'y'),
      /"s" at line 1: the key is written with a question mark/,
    ],
    ['on duplicate keys', 's: 1\ns: 2\n', set('s', 'y'), /duplicated mapping key at line 2/],
    ['on a mapping', 's:\n  a: 1\n', set('s', 'y'), /"s" at line 1: the value is a mapping/],
    ['on a list', 's: [1]\n', set('s', 'y'), /"s" at line 1: the value is a list/],
    ['through a scalar', 'a: 1\ns: 1\n', set('s.x', 'y'), /"s.x" at line 2: s is not a mapping/],
    ['appending to a scalar', 'log: TBD\n', append(first), /"log" at line 1: the value is not a list/],
    [
      'inserting what is there',
      's: 1\n',
      { kind: 'insert', path: ['s'], value: {} },
      /"s" at line 1: the key already exists/,
    ],
    ['in a list', '- a\n', set('s', 'y'), /the document is not a mapping/],
    ['in two documents', 'a: 1\n---\nb: 1\n', set('a', 2), /Cannot edit the YAML/],
    ['in broken YAML', 'a: 1\nb: [\n', set('a', 2), /Cannot edit the YAML: .* at line \d/],
    ['in bottomless YAML', '['.repeat(20_000), set('a', 2), /Cannot edit the YAML/],
    ['of a prototype', 'a: 1\n', set('__proto__.x', 2), /this key cannot be edited/],
  ]
  it.each(cases)('%s', (_, source, edit, message) => {
    expect(() => editYaml(source, [edit])).toThrow(
      expect.objectContaining({
        code: 'EDIT_REFUSED',
        message: expect.stringMatching(message),
        hint: expect.any(String),
      }),
    )
  })
})

describe('over generated texts', () => {
  it('set changes nothing outside the value and the gap before its comment', () => {
    const property = fc.property(yamlSample, awkwardString, ({ text, state }, value) => {
      const result = editYaml(text, [set('last_synced_state', value)])
      const rest = text.slice(state.end).replace(/^ *(?=#)/, '')
      expect(result.slice(0, state.start)).toBe(text.slice(0, state.start))
      expect(result.endsWith(rest)).toBe(true)
      const written = result.slice(state.start, result.length - rest.length)
      if (state.quote === '"') expect(written.trimEnd()).toMatch(/^".*"$/su)
      if (state.quote === "'") expect(written.trimEnd()).toMatch(/^(?:'.*'|".*")$/su)
      for (const [, read] of PARSERS) {
        expect(read(result)).toEqual({ ...read(text), last_synced_state: value })
      }
    })
    fc.assert(property, runs)
  })

  it('append inserts one piece of text, in the style and direction of the log', () => {
    const items = fc.array(fc.record({ note: awkwardString }), { minLength: 1, maxLength: 3 })
    const property = fc.property(yamlSample, items, ({ text, log }, notes) => {
      const entries = notes.map(({ note }, index) => ({
        at: `2026-03-1${index}T00:00:00Z`,
        outcome: 'dropped',
        note,
      }))
      const edits: YamlEdit[] = entries.map(item => ({ kind: 'append', path: ['attempt_log'], item }))
      const result = editYaml(text, edits)
      expectInsertions(text, result, log.style === 'json lines' || log.style === 'json' ? 2 : 1)
      for (const [, read] of PARSERS) {
        const before = read(text)
        const meant = log.newestFirst
          ? [...entries].reverse().concat(before.attempt_log)
          : [...before.attempt_log, ...entries]
        expect(read(result)).toEqual({ ...before, attempt_log: meant })
      }
      const count = (pattern: RegExp) =>
        (result.match(pattern) ?? []).length - (text.match(pattern) ?? []).length
      const size = entries.length
      if (log.style === 'flow') expect(count(/^ {2}- \{ at: "/gm)).toBe(size)
      if (log.style === 'tight flow') expect(count(/^- {3}\{at: "/gm)).toBe(size)
      if (log.style === 'block') expect(count(/^ {2}- at: "/gm)).toBe(size)
      if (log.style === 'json lines') expect(count(/^ {2}\{"at":"/gm)).toBe(size)
      if (log.style === 'brackets') expect(count(/\{ at: "2026-03/g)).toBe(size)
      if (log.style === 'json') expect(() => JSON.parse(result.replace('\ufeff', ''))).not.toThrow()
    })
    fc.assert(property, runs)
  })

  it('several edits give the same data in one call and one by one', () => {
    const property = fc.property(yamlSample, awkwardString, awkwardString, ({ text }, one, other) => {
      const item = { at: '2020-01-01T00:00:00Z', note: one }
      const edits: YamlEdit[] = [
        set('last_synced_state', one),
        { kind: 'append', path: ['attempt_log'], item },
        set('added', other),
        { kind: 'insert', path: ['tree', 'inner'], value: { id: one, list: [other], none: null } },
        set('tree.leaf', 3),
      ]
      const result = editYaml(text, edits)
      const steps = edits.reduce((step, edit) => editYaml(step, [edit]), text)
      for (const [, read] of PARSERS) {
        const data = read(result)
        expect(data).toEqual(read(steps))
        expect(data).toMatchObject({
          last_synced_state: one,
          added: other,
          tree: { inner: { id: one, list: [other], none: null }, leaf: 3 },
        })
        expect(data.attempt_log).toContainEqual(item)
      }
    })
    fc.assert(property, runs)
  })

  it('setting the same again changes nothing', () => {
    const property = fc.property(yamlSample, awkwardString, ({ text }, value) => {
      const edits = [set('last_synced_state', value), set('added', value)]
      const once = editYaml(text, edits)
      expect(editYaml(once, edits)).toBe(once)
    })
    fc.assert(property, runs)
  })

  it('removing what was added gives the text back', () => {
    const property = fc.property(yamlSample, awkwardString, ({ text }, value) => {
      const added = editYaml(text, [set('added', value)])
      expect(editYaml(added, [remove('added')])).toBe(text)
    })
    fc.assert(property, runs)
  })
})

/** The result is the source with at most `pieces` pieces of text put in. */
function expectInsertions(source: string, result: string, pieces: number): void {
  let prefix = 0
  while (prefix < source.length && source[prefix] === result[prefix]) prefix++
  let suffix = 0
  while (suffix < source.length && source.at(-1 - suffix) === result.at(-1 - suffix)) suffix++
  if (pieces === 1) {
    expect(prefix + suffix).toBeGreaterThanOrEqual(source.length)
  } else {
    const middle = result.slice(prefix, result.length - suffix)
    expect(middle).toContain(source.slice(prefix, source.length - suffix))
  }
}
