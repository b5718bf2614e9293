import type {
  Figure,
  FigureKind,
  FigureValue,
  Limit,
  Tolerance,
} from '../../src/figures/definitions/definition.ts'
import type { LockEntry } from '../../src/figures/lock/lock.ts'
import type { FigureState, MeasuredFigure, MeasuredFigures } from '../../src/figures/measured.ts'

export interface Given {
  value?: FigureValue
  former?: FigureValue[]
  state?: FigureState
  unit?: string
  budget?: Limit
  tolerance?: Tolerance
  nouns?: string[]
  lead?: string[]
  not?: string[]
}

/** Figures with these values; by default each is fresh and defined by an entry of its own. */
export function measured(given: Record<string, Given>): MeasuredFigures {
  const known = Object.entries(given).map(([name, each]) => measuredFigure(name, each))
  const figures = new Map(known.map(each => [each.figure.name, each]))
  return {
    figures,
    definitions: {
      definitions: known.map(({ figure }, index) => ({
        name: figure.name,
        title: null,
        measure: {
          type: 'command',
          run: `count ${figure.name}`,
          parser: { type: 'number' },
          runs: 1,
          aggregate: 'median',
          timeout: 60,
        },
        inputs: ['src/**'],
        figures: [figure],
        file: 'openspec/figures.yaml',
        line: index + 2,
      })),
      figures: new Map(known.map(({ figure }) => [figure.name, figure])),
      claims: [],
      scan: [],
      history: [],
    },
  }
}

function measuredFigure(name: string, given: Given): MeasuredFigure {
  const { value = null, former = [] } = given
  const state = given.state ?? (value === null ? 'unmeasured' : 'fresh')
  return {
    figure: figureOf(name, given),
    state,
    reason: state === 'stale' ? 'its inputs have changed' : '',
    value,
    former,
    entry: value === null ? null : entryOf(value, former),
  }
}

function figureOf(name: string, given: Given): Figure {
  const { value = 0, unit = '', budget = null, tolerance = null, nouns = [], lead = [], not = [] } = given
  const kind: FigureKind = Array.isArray(value) ? 'set' : typeof value === 'string' ? 'digest' : 'number'
  const wording = { nouns, lead, not }
  return { name, kind, unit, budget, tolerance, wording, derive: null, parser: null, definition: name }
}

export const MEASURED_AT = '2026-03-04T10:12:00Z'

/** A value as it is in a lock, of a command and inputs without digests. */
export function entryOf(value: FigureValue, former: FigureValue[] = []): LockEntry {
  const at = MEASURED_AT
  return {
    value,
    at,
    commit: '5f1c2ab',
    unit: '',
    raw: '',
    dirty: false,
    platform: 'linux-x64',
    command: null,
    inputs: null,
    seconds: 1,
    runs: 1,
    previous: former.map(each => ({ value: each, at, commit: null })),
    stale: false,
    proven: null,
    more: {},
  }
}
