import { describe, expect, it } from 'vitest'
import { parseDefinitions } from '../../src/figures/definitions/parse-definitions.ts'

const PATH = 'openspec/figures.yaml'

function read(text: string, overlay?: string) {
  return parseDefinitions({
    base: { path: PATH, text },
    overlay: overlay === undefined ? undefined : { path: 'openspec/changes/one/figures.yaml', text: overlay },
  })
}

function problems(text: string): [number | undefined, string][] {
  return read(text).findings.map(({ line, args }) => [line, (args as { reason: string }).reason])
}

describe('figure definitions', () => {
  it('are read with parser, inputs, wording, budget and runs', () => {
    const { definitions, findings } = read(`figures:
  checks:
    unit: checks
    measure: { run: "list-checks --json", parse: { json: "", as: length }, runs: 3, timeout: 30 }
    inputs: [flake.nix, "modules/**/*.nix"]
    nouns: ["checks?"]
    lead: ["check (surface|count)"]
    not: ["per-member"]
    budget: "<= 1,200 checks"
    tolerance: ±2%
`)
    expect(findings).toEqual([])
    expect(definitions.definitions).toEqual([
      {
        name: 'checks',
        title: null,
        measure: {
          type: 'command',
          run: 'list-checks --json',
          parser: { type: 'json', pointer: '', as: 'length' },
          runs: 3,
          aggregate: 'median',
          timeout: 30,
        },
        inputs: ['flake.nix', 'modules/**/*.nix'],
        figures: [
          {
            name: 'checks',
            kind: 'number',
            unit: 'checks',
            budget: { comparison: '<=', value: 1200 },
            tolerance: { amount: 2, percent: true },
            wording: { nouns: ['checks?'], lead: ['check (surface|count)'], not: ['per-member'] },
            derive: null,
            parser: null,
            definition: 'checks',
          },
        ],
        file: PATH,
        line: 2,
      },
    ])
  })

  it('yield a figure for each part of a report, and derive others from them', () => {
    const { definitions, findings } = read(`figures:
  tests:
    measure: { run: "npm test", parse: { junit: "reports/*.xml" } }
    yields: { passed: { nouns: [passed] }, failed: {}, skipped: }
    derive: { defined: "passed + failed + skipped" }
  share:
    derive: "tests.passed / tests.defined * 100"
`)
    expect(findings).toEqual([])
    expect([...definitions.figures].map(([name, { derive }]) => [name, derive])).toEqual([
      ['tests.passed', null],
      ['tests.failed', null],
      ['tests.skipped', null],
      ['tests.defined', 'passed + failed + skipped'],
      ['share', 'tests.passed / tests.defined * 100'],
    ])
  })

  it.each([
    ['lines', { type: 'lines', filter: null, as: 'count' }],
    ['{ lines: "^ok" }', { type: 'lines', filter: '^ok', as: 'count' }],
    ['exit', { type: 'exit' }],
    ['number', { type: 'number' }],
    [`{ regex: 'ratio ([\\d.]+)' }`, { type: 'regex', pattern: 'ratio ([\\d.]+)', take: 'only' }],
    [`{ regex: '(\\d+) kB', as: sum }`, { type: 'regex', pattern: '(\\d+) kB', take: 'sum' }],
    ['{ json: /median_ms }', { type: 'json', pointer: '/median_ms', as: 'value' }],
    ['{ junit: [a.xml, b.xml] }', { type: 'junit', files: ['a.xml', 'b.xml'] }],
  ])('understand the parser %s', (parse, parser) => {
    const { definitions, findings } = read(`figures:\n  one:\n    measure: { run: x, parse: ${parse} }\n`)
    expect(findings).toEqual([])
    expect(definitions.definitions[0]?.measure).toMatchObject({ parser })
  })

  it('read names from a set, and text from a digest', () => {
    const { definitions } = read(`figures:
  names: { kind: set, measure: { run: x, parse: { json: "" } } }
  api: { kind: digest, measure: { run: x } }
`)
    expect(definitions.definitions.map(({ measure }) => measure)).toMatchObject([
      { parser: { type: 'json', as: 'names' } },
      { parser: { type: 'text' } },
    ])
  })

  it('take a value that a person vouches for', () => {
    const { definitions } = read(
      'figures:\n  seats: { measure: { manual: 12, by: Ada, evidence: "notes.md:4" } }\n',
    )
    expect(definitions.definitions[0]?.measure).toEqual({
      type: 'manual',
      value: 12,
      by: 'Ada',
      evidence: 'notes.md:4',
    })
  })

  it('of a change replace those of the repository by name, and join its lists', () => {
    const { definitions } = read(
      'figures:\n  one: { measure: { run: old } }\n  two: { measure: { run: x } }\nscan: [README.md]\n',
      'figures:\n  one: { measure: { run: new } }\nscan: [docs/*.md]\n',
    )
    expect(definitions.definitions.map(({ name, file }) => [name, file])).toEqual([
      ['one', 'openspec/changes/one/figures.yaml'],
      ['two', PATH],
    ])
    expect(definitions.scan).toEqual(['README.md', 'docs/*.md'])
  })

  it.each([
    ['figures:\n  one: 3\n', 2, 'one is not a mapping'],
    ['figures:\n  one: {}\n', 2, 'one needs measure or derive'],
    [
      'figures:\n  "a b": { measure: { run: x } }\n',
      2,
      '"a b" is not a valid name; use letters, digits, _ and -',
    ],
    ['figures: [one]\n', 1, 'figures is not a mapping of names'],
    [
      'figures:\n  one:\n    measure: { run: x, parse: fast }\n',
      3,
      '"fast" is not a parser; use number, lines, regex, json, junit, exit or text',
    ],
    [
      `figures:\n  one:\n    measure: { run: x, parse: { regex: '\\d+' } }\n`,
      3,
      '"\\d+" must have exactly one capture, the number',
    ],
    [
      'figures:\n  one:\n    measure: { run: x }\n    budget: 250\n',
      4,
      'a budget must look like "<= 250", not "250"',
    ],
    [
      `figures:\n  one:\n    measure: { run: x }\n    nouns: ['(a+)+']\n`,
      4,
      '"(a+)+" repeats a group that contains a repetition or a choice',
    ],
    [`figures:\n  one:\n    measure: { run: x }\n    nouns: ['(']\n`, 4, '"(" is not a regular expression'],
    [
      'figures:\n  one:\n    measure: { run: x, timeout: 0 }\n',
      3,
      'timeout must be a whole number of seconds from 1 to 3600',
    ],
    [
      'figures:\n  t:\n    measure: { run: x, parse: { junit: a.xml } }\n    yields: { green: {} }\n',
      4,
      'green is not one of passed, failed, skipped and total',
    ],
    ['claims: [{ file: a.json }]\n', 1, 'a claim needs file, pattern and figure'],
    ['figures:\n\tone: 1\n', 2, 'tab characters must not be used in indentation'],
  ])('say what is wrong with %j, and where', (text, line, reason) => {
    expect(problems(text)).toEqual([[line, reason]])
  })

  it('keep the figures that are in order when one is not', () => {
    const { definitions, findings } = read(
      'figures:\n  bad: { budget: soon, measure: { run: x } }\n  good: { measure: { run: x } }\n',
    )
    expect(findings).toHaveLength(1)
    expect([...definitions.figures.keys()]).toEqual(['good'])
  })
})
