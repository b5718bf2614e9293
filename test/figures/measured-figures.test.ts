import { describe, expect, it } from 'vitest'
import { builtInFigures } from '../../src/figures/built-in-figures.ts'
import { parseDefinitions } from '../../src/figures/definitions/parse-definitions.ts'
import { formatLock } from '../../src/figures/lock/format-lock.ts'
import { FIGURES_FILE, LOCK_FILE, type LockEntry } from '../../src/figures/lock/lock.ts'
import { commandDigest } from '../../src/figures/measuring/command-digest.ts'
import { createInputs } from '../../src/figures/measuring/inputs.ts'
import { figuresOfChange, readFigures } from '../../src/figures/reading/read-figures.ts'
import { entryOf, MEASURED_AT } from '../support/measured.ts'
import { memoryWorkspace } from '../support/memory-workspace.ts'

const DEFINITIONS = `figures:
  checks: { measure: { run: list-checks, parse: lines }, inputs: ["src/**"] }
  tests:
    measure: { run: run-tests, parse: { junit: out.xml } }
    yields: { passed: {}, failed: {}, skipped: {} }
    derive: { defined: "passed + failed + skipped" }
  share: { derive: "checks / tests.passed * 100" }
  seats: { measure: { manual: 12, by: Ada, evidence: "notes.md:4" } }
`

/** A repository in which these values were just measured, changed by hand afterwards. */
function repository(values: Record<string, number>, change: Partial<LockEntry> = {}) {
  const files: Record<string, string> = { [FIGURES_FILE]: DEFINITIONS, 'src/a.ts': 'one' }
  const { definitions } = parseDefinitions({ base: { path: FIGURES_FILE, text: DEFINITIONS } }).definitions
  const inputs = createInputs(memoryWorkspace(files))
  const lock = new Map<string, LockEntry>()
  for (const definition of definitions) {
    for (const figure of definition.figures) {
      const value = values[figure.name]
      if (value === undefined) continue
      const command = commandDigest(definition, figure)
      lock.set(figure.name, {
        ...entryOf(value),
        command,
        inputs: inputs.digest(definition.inputs),
        ...change,
      })
    }
  }
  files[LOCK_FILE] = formatLock(lock)
  return files
}

function measured(files: Record<string, string>) {
  const figures = readFigures(memoryWorkspace(files))?.measured.figures
  return Object.fromEntries(
    [...(figures ?? [])].map(([name, { state, value, reason }]) => [name, [state, value, reason]]),
  )
}

const VALUES = { checks: 27, 'tests.passed': 900, 'tests.failed': 0, 'tests.skipped': 5, seats: 12 }

describe('measured figures', () => {
  it('are fresh while command and inputs are those of the lock, derived ones included', () => {
    expect(measured(repository(VALUES))).toEqual({
      checks: ['fresh', 27, ''],
      'tests.passed': ['fresh', 900, ''],
      'tests.failed': ['fresh', 0, ''],
      'tests.skipped': ['fresh', 5, ''],
      seats: ['fresh', 12, ''],
      'tests.defined': ['fresh', 905, ''],
      share: ['fresh', 3, ''],
    })
  })

  it('are stale when a file that they depend on has another content, is new or is gone', () => {
    for (const file of ['src/a.ts', 'src/b.ts']) {
      expect(measured({ ...repository(VALUES), [file]: 'two' })).toMatchObject({
        checks: ['stale', 27, `its inputs have changed since ${MEASURED_AT}`],
        share: ['stale', 3, `checks: its inputs have changed since ${MEASURED_AT}`],
        'tests.defined': ['fresh', 905, ''],
      })
    }
  })

  it('are stale when their command has changed', () => {
    const files = repository(VALUES)
    files[FIGURES_FILE] = DEFINITIONS.replace('list-checks', 'echo 27')
    expect(measured(files).checks).toEqual(['stale', 27, 'its command has changed since'])
  })

  it('are stale after a merge in which both sides had measured', () => {
    expect(measured(repository(VALUES, { stale: true })).checks).toEqual([
      'stale',
      27,
      'two branches measured it differently',
    ])
  })

  it('are stale when the value that a person vouches for is another one now', () => {
    expect(measured(repository({ ...VALUES, seats: 11 })).seats).toEqual([
      'stale',
      11,
      'its value in openspec/figures.yaml is 12',
    ])
  })

  it('have no value before anybody measured, and neither has what is derived from them', () => {
    const { checks, share } = measured(repository({ 'tests.passed': 900 }))
    expect([checks, share]).toEqual([
      ['unmeasured', null, ''],
      ['unmeasured', null, ''],
    ])
  })

  it('cannot be derived by a division by zero, which is no value rather than infinity', () => {
    expect(measured(repository({ ...VALUES, 'tests.passed': 0 })).share).toEqual([
      'stale',
      null,
      'it divides by zero',
    ])
  })

  it('list their former values, each once, and never the value of today', () => {
    const former = [14, 27, 14, 15].map(value => ({ value, at: '2026-06-01T00:00:01Z', commit: null }))
    const figures = readFigures(memoryWorkspace(repository(VALUES, { previous: former })))
    expect(figures?.measured.figures.get('checks')?.former).toEqual([14, 15])
  })

  it('of a change are overlaid by its own definitions, and joined by what is counted in it', () => {
    const figures = readFigures(memoryWorkspace(repository(VALUES)))
    const overlay = {
      path: 'openspec/changes/one/figures.yaml',
      text: 'figures:\n  checks: { measure: { run: other, parse: lines } }\n  more: {}\n',
    }
    const builtIn = builtInFigures({ tasks: null, requirements: 2, scenarios: 5 })
    const read = figures && figuresOfChange(figures, { overlay, builtIn })
    expect(read?.measured.figures.get('checks')?.state).toBe('stale')
    expect(read?.measured.figures.get('scenarios')?.value).toBe(5)
    expect(read?.findings.map(({ file, line }) => [file, line])).toEqual([[overlay.path, 3]])
  })

  it('are none in a repository without figures.yaml, and a broken lock is one finding', () => {
    expect(readFigures(memoryWorkspace({}))).toBeNull()
    const files = { ...repository(VALUES), [LOCK_FILE]: '{' }
    expect(readFigures(memoryWorkspace(files))?.findings).toMatchObject([
      { code: 'figure/lock', severity: 'critical', file: LOCK_FILE, line: 1 },
    ])
  })
})
