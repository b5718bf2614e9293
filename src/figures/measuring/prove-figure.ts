import type { Binding } from '../bindings/binding.ts'
import { formatLimit, formatValue } from '../comparison/format-value.ts'
import { judgeClaim } from '../comparison/judge-claim.ts'
import type { Figure, FigureValue, Limit } from '../definitions/definition.ts'
import { checkDefinitions } from '../judging/check-definitions.ts'
import type { MeasuredFigure, MeasuredFigures } from '../measured.ts'

/** The result of a comparison with a wrong value. */
export interface Proof {
  figure: string
  /** The budget, or the measured value of a figure without a budget. */
  asserted: string
  /** The wrong value. */
  shown: string
  /** Whether the comparison failed, as it should. */
  caught: boolean
}

/**
 * Runs the comparison of `opsx verify` with a wrong value: one that exceeds the budget, or one that differs from the
 * measured value. Null for a figure without a value.
 */
export function proveFigure(known: MeasuredFigure, measured: MeasuredFigures): Proof | null {
  const { figure, value } = known
  if (figure.budget) return proveBudget(figure, figure.budget, measured)
  if (value === null) return null
  const wrong = otherThan(value, figure)
  return {
    figure: figure.name,
    asserted: formatValue(value, figure.unit),
    shown: formatValue(wrong, figure.unit),
    caught: judgeClaim(claimOf(value), withValue(known, wrong)).outcome === 'unmet',
  }
}

function proveBudget(figure: Figure, budget: Limit, { definitions, figures }: MeasuredFigures): Proof {
  const shown = beyond(budget)
  const known = figures.get(figure.name) as MeasuredFigure
  const breached = { definitions, figures: new Map([...figures, [figure.name, withValue(known, shown)]]) }
  const findings = checkDefinitions(breached, new Set())
  const caught = findings.some(
    ({ code, args }) => code === 'figure/budget' && 'figure' in args && args.figure === figure.name,
  )
  const { unit } = figure
  return { figure: figure.name, asserted: formatLimit(budget, unit), shown: formatValue(shown, unit), caught }
}

function withValue(known: MeasuredFigure, value: FigureValue): MeasuredFigure {
  const { figure, entry, former } = known
  return { figure, entry, former, value, state: 'fresh', reason: '' }
}

/** A value beyond the limit: by 1, or by five percent for a limit with a fraction. */
function beyond({ comparison, value }: Limit): number {
  const step = Number.isInteger(value) ? 1 : Math.abs(value) * 0.05
  if (comparison === '<' || comparison === '>') return value
  return comparison === '>=' ? value - step : value + step
}

function otherThan(value: FigureValue, { tolerance }: Figure): FigureValue {
  if (typeof value === 'string') return value.slice(0, -1) + (value.endsWith('0') ? '1' : '0')
  if (Array.isArray(value)) return value.slice(1)
  const allowed =
    tolerance === null ? 0 : tolerance.percent ? (Math.abs(value) * tolerance.amount) / 100 : tolerance.amount
  return value + Math.ceil(allowed) + 1
}

function claimOf(value: FigureValue): Binding['claim'] {
  if (typeof value === 'string') return { type: 'unchanged', digest: value, start: 0, end: 0 }
  if (Array.isArray(value)) return { type: 'has', item: value[0] ?? '' }
  const decimals = String(value).split('.')[1]?.length ?? 0
  const format = { style: 'digits', separator: '', decimals, suffix: '', capital: false } as const
  return { type: 'is', value: { start: 0, end: 0, line: 1, value, format, progression: null } }
}
