import { describe, expect, it } from 'vitest'
import { parseDefinitions } from '../../src/figures/definitions/parse-definitions.ts'
import { formatLock } from '../../src/figures/lock/format-lock.ts'
import type { FigureLock, LockEntry } from '../../src/figures/lock/lock.ts'
import { applyMeasured, type Moment } from '../../src/figures/measuring/apply-measured.ts'
import type { Measurement } from '../../src/figures/measuring/measure-definition.ts'
import type { Read } from '../../src/figures/measuring/read.ts'

const DEFINITIONS = parseDefinitions({
  base: {
    path: 'openspec/figures.yaml',
    text: `figures:
  checks: { measure: { run: count }, inputs: [src/**], unit: checks }
  ratio: { measure: { run: bench }, tolerance: "±5%" }
  tests:
    measure: { run: t, parse: { junit: r.xml } }
    yields: { passed: {}, skipped: {} }
    derive: { defined: passed + skipped }
  share: { derive: "tests.passed / checks" }
  vouched: { measure: { manual: 7, by: Ada, evidence: "a.md:3" } }
`,
  },
}).definitions

const FIRST: Moment = {
  at: '2026-06-01T00:00:00Z',
  commit: 'aaaaaaaaaa',
  dirty: false,
  platform: 'linux-x64',
}
const LATER: Moment = { at: '2026-06-02T00:00:00Z', commit: 'bbbbbbbbbb', dirty: true, platform: 'linux-x64' }

interface Given {
  lock?: FigureLock
  moment?: Moment
  inputs?: string
}

/** `reads` by full name of the figure: a number that was read, or why none was. */
function applied(
  reads: Record<string, number | string>,
  { lock, moment = FIRST, inputs = 'sha256:i' }: Given = {},
) {
  const measurements = DEFINITIONS.definitions.flatMap((definition): Measurement[] => {
    const figures = definition.figures.flatMap(figure => {
      const given = reads[figure.name]
      if (given === undefined) return []
      const read: Read =
        typeof given === 'string' ? { problem: given } : { value: given, raw: `raw ${given}` }
      return [{ figure, read }]
    })
    return figures.length === 0 ? [] : [{ definition, figures, seconds: 1.26, runs: 1 }]
  })
  const parts = {
    definitions: DEFINITIONS,
    measurements,
    moment,
    inputs: (globs: readonly string[]) => (globs.length > 0 ? inputs : null),
  }
  const { lock: next, outcomes } = applyMeasured({ ...parts, lock: lock ?? new Map() })
  return { lock: next, told: outcomes.map(each => `${each.figure} ${each.outcome}`), outcomes }
}

const entry = (lock: FigureLock, name: string) => lock.get(name) as LockEntry

describe('a measurement', () => {
  it('is recorded with its inputs, time and place', () => {
    const { lock, told } = applied({ checks: 27 })
    expect(told).toEqual(['checks new'])
    expect(entry(lock, 'checks')).toMatchObject({
      ...FIRST,
      value: 27,
      unit: 'checks',
      raw: 'raw 27',
      inputs: 'sha256:i',
      command: expect.stringMatching(/^sha256:/),
      seconds: 1.3,
      runs: 1,
      previous: [],
      stale: false,
      proven: null,
    })
  })

  it('of the same value on the same ground leaves the lock as it is', () => {
    const { lock } = applied({ checks: 27, 'tests.passed': 3, 'tests.skipped': 1, vouched: 7 })
    const again = applied(
      { checks: 27, 'tests.passed': 3, 'tests.skipped': 1, vouched: 7 },
      { lock, moment: LATER },
    )
    expect(again.lock).toBe(lock)
    expect(new Set(again.told.map(each => each.split(' ')[1]))).toEqual(new Set(['same']))
  })

  it('of another value keeps the former ones, oldest first', () => {
    const { lock } = applied({ checks: 14 })
    const second = applied({ checks: 27 }, { lock, moment: LATER })
    const third = applied(
      { checks: 26 },
      { lock: second.lock, moment: { ...LATER, at: '2026-06-03T00:00:00Z' } },
    )
    expect(third.outcomes).toMatchObject([{ outcome: 'changed', value: 26, before: 27, agrees: false }])
    expect(entry(third.lock, 'checks').previous).toEqual([
      { value: 14, at: FIRST.at, commit: FIRST.commit },
      { value: 27, at: LATER.at, commit: LATER.commit },
    ])
  })

  it('of the same value on other inputs, or after a merge, confirms it without a former value', () => {
    const { lock } = applied({ checks: 27 })
    const confirmed = applied({ checks: 27 }, { lock, moment: LATER, inputs: 'sha256:other' })
    expect(confirmed.told).toEqual(['checks confirmed'])
    expect(entry(confirmed.lock, 'checks')).toMatchObject({
      at: LATER.at,
      inputs: 'sha256:other',
      previous: [],
    })
    const merged = new Map(lock).set('checks', { ...entry(lock, 'checks'), stale: true })
    const settled = applied({ checks: 27 }, { lock: merged, moment: LATER })
    expect(entry(settled.lock, 'checks')).toMatchObject({ stale: false, at: LATER.at })
  })

  it('within the tolerance of the recorded value changes nothing, however often it creeps', () => {
    const { lock } = applied({ ratio: 100 })
    expect(applied({ ratio: 104 }, { lock, moment: LATER }).lock).toBe(lock)
    const beyond = applied({ ratio: 106 }, { lock, moment: LATER })
    expect(beyond.outcomes).toMatchObject([{ outcome: 'changed', agrees: false }])
  })

  it('on another platform never replaces the value of the first', () => {
    const { lock } = applied({ checks: 27 })
    const there = applied(
      { checks: 99 },
      { lock, moment: { ...LATER, platform: 'darwin-arm64' }, inputs: 'sha256:other' },
    )
    expect(there.lock).toBe(lock)
    expect(there.outcomes).toMatchObject([
      { outcome: 'elsewhere', value: 99, before: 27, reason: 'the recorded value was measured on linux-x64' },
    ])
  })

  it('that failed leaves its entry untouched and stops no other', () => {
    const { lock } = applied({ checks: 27, ratio: 100 })
    const next = applied({ checks: 'the command printed nothing', ratio: 200 }, { lock, moment: LATER })
    expect(next.told).toEqual(['checks failed', 'ratio changed'])
    expect(entry(next.lock, 'checks')).toBe(entry(lock, 'checks'))
  })

  it('keeps that the comparison was proven', () => {
    const { lock } = applied({ checks: 27 })
    const proven = new Map(lock).set('checks', {
      ...entry(lock, 'checks'),
      proven: { at: FIRST.at, against: '1' },
    })
    expect(
      entry(applied({ checks: 26 }, { lock: proven, moment: LATER }).lock, 'checks').proven,
    ).not.toBeNull()
  })

  it('gives the same lock in whatever order figures are measured', () => {
    const one = applied({ checks: 27, ratio: 1 }).lock
    const other = applied({ ratio: 1 }, { lock: applied({ checks: 27 }).lock }).lock
    expect(formatLock(other)).toBe(formatLock(one))
  })
})

describe('a derived figure', () => {
  it('is computed and recorded when its operands are measured', () => {
    const { lock } = applied({ 'tests.passed': 933, 'tests.skipped': 5 })
    expect(entry(lock, 'tests.defined')).toMatchObject({ value: 938, raw: 'passed + skipped' })
    expect(lock.has('share')).toBe(false)
    const with27 = applied({ checks: 27 }, { lock, moment: LATER })
    expect(with27.told).toEqual(['checks new', 'share new'])
    expect(entry(with27.lock, 'share').value).toBe(34.5555555556)
    expect(entry(with27.lock, 'tests.defined')).toBe(entry(lock, 'tests.defined'))
  })

  it('keeps its former value when an operand changes', () => {
    const { lock } = applied({ 'tests.passed': 911, 'tests.skipped': 5 })
    const next = applied({ 'tests.passed': 933, 'tests.skipped': 5 }, { lock, moment: LATER })
    expect(entry(next.lock, 'tests.defined')).toMatchObject({ value: 938, previous: [{ value: 916 }] })
  })

  it('is not recorded while an operand has no value, and that is reported when it was asked for', () => {
    const next = applied({ 'tests.passed': 933, 'tests.skipped': 'no report matches r.xml' })
    expect(next.told).toEqual(['tests.passed new', 'tests.skipped failed', 'tests.defined failed'])
    expect(next.outcomes.at(-1)?.reason).toBe('skipped has no value')
    expect(next.lock.has('tests.defined')).toBe(false)
  })
})
