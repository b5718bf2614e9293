import type { Tasks } from '../change/change.ts'
import type { Figure } from './definitions/definition.ts'
import type { MeasuredFigure } from './measured.ts'

/** What of a change can be counted without a command. */
export interface CountedParts {
  /** Null without a tasks.md. */
  tasks: Tasks | null
  /** Requirements that the delta specs state, and their scenarios. */
  requirements: number
  scenarios: number
}

/** Names of the figures that opsx counts itself, in every change (FIGURES "Built in, no command"). */
export const COUNTED = [
  'tasks.total',
  'tasks.done',
  'tasks.open',
  'tasks.deferred',
  'requirements',
  'scenarios',
] as const

/** Those figures of one change: always fresh, because they are counted when they are asked for. */
export function countedFigures({ tasks, requirements, scenarios }: CountedParts): MeasuredFigure[] {
  const values: Record<(typeof COUNTED)[number], number> = {
    'tasks.total': tasks?.all.total ?? 0,
    'tasks.done': tasks?.all.done ?? 0,
    'tasks.open': tasks?.boxes.filter(({ status }) => status === 'open').length ?? 0,
    'tasks.deferred': tasks?.deferred ?? 0,
    requirements,
    scenarios,
  }
  return COUNTED.map(name => ({
    figure: countedFigure(name),
    state: 'fresh',
    reason: '',
    value: values[name],
    former: [],
    entry: null,
  }))
}

function countedFigure(name: string): Figure {
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
