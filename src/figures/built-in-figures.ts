import type { Tasks } from '../change/change.ts'
import type { Figure } from './definitions/definition.ts'
import type { MeasuredFigure } from './measured.ts'

/** Counts that opsx takes from the files of a change, without a command. */
export interface ChangeCounts {
  /** Null without a tasks.md. */
  tasks: Tasks | null
  /** Added and modified requirements of the delta specs. */
  requirements: number
  scenarios: number
}

/** Figures that every change has without a definition. */
export const BUILT_IN = [
  'tasks.total',
  'tasks.done',
  'tasks.open',
  'tasks.deferred',
  'requirements',
  'scenarios',
] as const

/** The built-in figures of one change. They are always fresh. */
export function builtInFigures({ tasks, requirements, scenarios }: ChangeCounts): MeasuredFigure[] {
  const values: Record<(typeof BUILT_IN)[number], number> = {
    'tasks.total': tasks?.all.total ?? 0,
    'tasks.done': tasks?.all.done ?? 0,
    'tasks.open': tasks?.boxes.filter(({ status }) => status === 'open').length ?? 0,
    'tasks.deferred': tasks?.deferred ?? 0,
    requirements,
    scenarios,
  }
  return BUILT_IN.map(name => ({
    figure: builtInFigure(name),
    state: 'fresh',
    reason: '',
    value: values[name],
    former: [],
    entry: null,
  }))
}

function builtInFigure(name: string): Figure {
  return {
    name,
    kind: 'number',
    unit: '',
    budget: null,
    tolerance: null,
    wording: { nouns: [], lead: [], not: [] },
    derive: null,
    parser: null,
    definition: null,
  }
}
