import { rmSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { renameInDefinitions, renameInText } from '../../src/figures/renaming/rename-figure.ts'
import { type Bench, openBench } from './bench.ts'

const open: Bench[] = []
afterEach(() => {
  for (const bench of open.splice(0)) {
    rmSync(`${bench.path}-home`, { recursive: true, force: true })
    bench.remove()
  }
})

const RENAMING = { from: 'tests', to: 'suite' }

describe('the name of a figure', () => {
  it.each([
    [
      '933 tests <!-- fig: tests.passed=933, checks=14 -->',
      '933 tests <!-- fig: suite.passed=933, checks=14 -->',
    ],
    ['<!-- fig: tests=5,tests.skipped was 6 -->\r\nx', '<!-- fig: suite=5,suite.skipped was 6 -->\r\nx'],
    ['- [ ] 1.1 Green <!-- gate: tests.failed<=0 -->', '- [ ] 1.1 Green <!-- gate: suite.failed<=0 -->'],
    ['<!-- fig: names has tests, lacks tests -->', '<!-- fig: names has tests, lacks tests -->'],
    ['<!-- fig: my-tests=1, tests2=3, unit.tests=1 -->', '<!-- fig: my-tests=1, tests2=3, unit.tests=1 -->'],
    ['`<!-- fig: tests=1 -->` shows it', '`<!-- fig: tests=1 -->` shows it'],
    ['<!-- fig: tests 26 --> <!-- tests=1 --> tests=1', '<!-- fig: tests 26 --> <!-- tests=1 --> tests=1'],
  ])('is renamed in %j where it binds and nowhere else', (text, expected) => {
    expect(renameInText(text, RENAMING)).toBe(expected)
  })

  it('is renamed in definitions byte by byte', () => {
    const text = `# the tests
figures:
  "tests": # counts tests
    measure: { run: "npm run tests", parse: { junit: tests.xml } }
    yields: { passed: {}, failed: {} }
    derive: { all: "passed + failed", share: 'tests.passed / (tests.all -checks) * 100' }
  other: { derive: { tests: passed, twice: "tests * 2" } }
  flow: { derive: "checks - tests.passed", title: tests }
claims:
  - { file: badge.json, pattern: "(\\\\d+) tests", figure: tests.passed }
`
    expect(renameInDefinitions(text, RENAMING)).toBe(
      text
        .replace('"tests":', '"suite":')
        .replace("'tests.passed / (tests.all", "'suite.passed / (suite.all")
        .replace('checks - tests.passed', 'checks - suite.passed')
        .replace('figure: tests.passed', 'figure: suite.passed'),
    )
    expect(renameInDefinitions(text, { from: 'checks', to: 'c' })).toContain('-c) * 100')
    expect(renameInDefinitions('figures: [', RENAMING)).toBe('figures: [')
  })
})

const FIGURES = `figures:
  checks: { measure: { run: "cat checks" }, budget: "<= 30" }
  twice: { derive: "checks * 2" }
scan: [README.md]
`
const SPEC =
  '### Requirement: X\nIt SHALL hold 14 checks <!-- fig: checks=14 -->.\n\n#### Scenario: s\n- **WHEN** a\n'

describe.skipIf(process.platform === 'win32')('opsx figures rename', () => {
  it('takes history, bindings, gates and what derives from it along, and leaves the archive', async () => {
    const archived = 'openspec/changes/archive/2026-01-01-old/tasks.md'
    const bench = openBench(FIGURES, {
      checks: '13\n',
      'README.md': '14 checks <!-- fig: checks=14 -->\n',
      'openspec/specs/x/spec.md': SPEC,
      'openspec/changes/more/tasks.md': '- [ ] 1.1 All <!-- gate: checks=14 -->\n',
      [archived]: '- [x] 1.1 All <!-- gate: checks=9 -->\n',
    })
    open.push(bench)
    await bench.opsx(['figures', 'measure', '--trust'])
    bench.write({ checks: '14\n' })
    await bench.opsx(['figures', 'measure'])
    const renamed = await bench.opsx(['figures', 'rename', 'checks', 'surface', '--json'])
    expect(renamed.exitCode).toBe(0)
    expect(renamed.json().writes).toHaveLength(5)
    expect(bench.lock().surface).toMatchObject({ value: 14, previous: [{ value: 13 }] })
    expect(bench.lock().checks).toBeUndefined()
    expect(bench.read('openspec/figures.yaml')).toBe(
      FIGURES.replace('  checks:', '  surface:').replace('"checks *', '"surface *'),
    )
    expect(bench.read('README.md')).toBe('14 checks <!-- fig: surface=14 -->\n')
    expect(bench.read('openspec/specs/x/spec.md')).toBe(SPEC.replace('fig: checks', 'fig: surface'))
    expect(bench.read('openspec/changes/more/tasks.md')).toContain('gate: surface=14')
    expect(bench.read(archived)).toContain('gate: checks=9')
    expect((await bench.opsx(['figures', 'measure', '--check'])).exitCode).toBe(0)
  })

  it.each([
    [['nothing', 'x'], 2],
    [['checks', 'twice'], 1],
    [['checks', 'a b'], 1],
  ])('refuses %j and writes nothing', async (names, exitCode) => {
    const bench = openBench(FIGURES)
    open.push(bench)
    expect((await bench.opsx(['figures', 'rename', ...names])).exitCode).toBe(exitCode)
    expect(bench.status()).toEqual([])
  })
})

describe.skipIf(process.platform === 'win32')('opsx figures prove', () => {
  it('shows red for every budget, records it once, and keeps it when the value changes', async () => {
    const bench = openBench(FIGURES, { checks: '14\n' })
    open.push(bench)
    expect((await bench.opsx(['figures', 'prove', 'checks'])).exitCode).toBe(1)
    await bench.opsx(['figures', 'measure', '--trust'])
    const proven = await bench.opsx(['figures', 'prove'])
    expect(proven.exitCode).toBe(0)
    expect(proven.stdout).toContain('checks: 31 against <= 30: fails, as expected')
    expect(bench.lock().checks.proven).toMatchObject({ against: '31 against <= 30' })
    expect((await bench.opsx(['figures', 'prove', '--json'])).json()).toMatchObject({
      proofs: [{ caught: true }],
      writes: [],
    })
    bench.write({ checks: '15\n' })
    await bench.opsx(['figures', 'measure'])
    expect(bench.lock().checks).toMatchObject({ value: 15, proven: { against: '31 against <= 30' } })
  })

  it('shows red for a value without a budget, a set and a digest, and accepts no other name', async () => {
    const bench = openBench(
      'figures:\n  n: { measure: { run: "echo 3" }, tolerance: "±5" }\n  s: { kind: set, measure: { run: "echo a; echo b" } }\n  d: { kind: digest, measure: { run: "echo a" } }\n',
    )
    open.push(bench)
    await bench.opsx(['figures', 'measure', '--trust'])
    const { proofs } = (await bench.opsx(['figures', 'prove', 'n', 's', 'd', '--json'])).json()
    expect(proofs.map((proof: { figure: string; caught: boolean }) => [proof.figure, proof.caught])).toEqual([
      ['n', true],
      ['s', true],
      ['d', true],
    ])
    expect((await bench.opsx(['figures', 'prove', 'x'])).exitCode).toBe(2)
  })
})
