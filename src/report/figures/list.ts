import type { FigureValue } from '../../figures/definitions/definition.ts'
import type { MeasuredFigure } from '../../figures/measured.ts'
import type { Finding } from '../../findings/finding.ts'
import { findingDocument, formatFindings } from '../findings.ts'
import { formatTable, printable, type Style } from '../style.ts'
import { valueText } from './measurement.ts'

/** `opsx/figures@1` of `opsx figures list` (FORMATS.md). */
export function figureListDocument(rows: MeasuredFigure[], findings: Finding[]): Record<string, unknown> {
  const figures = rows.map(({ figure, state, reason, value, entry }) => ({
    figure: figure.name,
    kind: figure.kind,
    value,
    unit: figure.unit,
    state,
    reason: reason === '' ? null : reason,
    budget: figure.budget === null ? null : `${figure.budget.comparison} ${figure.budget.value}`,
    derive: figure.derive,
    at: entry?.at ?? null,
    commit: entry?.commit ?? null,
    platform: entry?.platform ?? null,
    previous: entry?.previous ?? [],
    proven: entry?.proven ?? null,
  }))
  return { figures, findings: findings.map(findingDocument) }
}

const COLUMNS = [
  { title: 'FIGURE', least: 12 },
  { title: 'VALUE' },
  { title: 'BUDGET' },
  { title: 'TREND' },
  { title: 'STATE', least: 16 },
]

/** A row per figure; empty columns are left out. */
export function formatFigureList(rows: MeasuredFigure[], findings: Finding[], style: Style): string {
  const problems = formatFindings(findings, style)
  if (rows.length === 0) return `${problems}${style.dot} There are no figures.\n`
  const cells = rows.map(row => cellsOf(row, style))
  const used = COLUMNS.map((_, index) => cells.some(row => row[index] !== ''))
  const kept = <T>(items: T[]) => items.filter((_, index) => used[index])
  return `${problems}${formatTable(kept(COLUMNS), cells.map(kept), style)}\n`
}

function cellsOf({ figure, state, reason, value, entry }: MeasuredFigure, style: Style): string[] {
  const { budget, unit, name } = figure
  const limit = budget === null ? '' : `${budget.comparison} ${valueText(budget.value, unit)}`
  const before = (entry?.previous ?? []).map(former => former.value)
  const stateText = state === 'fresh' ? style.ok : state === 'stale' ? `stale: ${reason}` : 'never measured'
  return [
    printable(name),
    value === null ? '-' : valueText(value, unit),
    limit,
    trendOf([...before, ...(value === null ? [] : [value])], style),
    printable(stateText),
  ]
}

const BARS = [...'▁▂▃▄▅▆▇█']
const LEVELS = [...'12345678']
const SHOWN = 12

/** The last values as a line of bars, lowest to highest; empty for fewer than two numbers. */
export function trendOf(values: FigureValue[], style: Style): string {
  const numbers = values.filter(value => typeof value === 'number').slice(-SHOWN)
  if (numbers.length < 2) return ''
  const least = Math.min(...numbers)
  const range = Math.max(...numbers) - least
  const bars = style.full === '█' ? BARS : LEVELS
  return numbers
    .map(value => bars[range === 0 ? 3 : Math.round(((value - least) / range) * (bars.length - 1))])
    .join('')
}
