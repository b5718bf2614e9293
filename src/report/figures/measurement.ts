import type { FigureValue } from '../../figures/definitions/definition.ts'
import type { FigureOutcome } from '../../figures/measuring/apply-measured.ts'
import type { Finding } from '../../findings/finding.ts'
import { findingDocument, formatFindings } from '../findings.ts'
import { printable, type Style, wrap } from '../style.ts'

/** The result of a measurement. With `check`, nothing is written. */
export interface MeasurementFacts {
  outcomes: FigureOutcome[]
  findings: Finding[]
  writes: string[]
  check: boolean
}

/** `opsx/figures@1` of `opsx figures measure` (FORMATS.md). */
export function measurementDocument({
  outcomes,
  findings,
  writes,
  check,
}: MeasurementFacts): Record<string, unknown> {
  const figures = outcomes.map(({ figure, outcome, unit, value, before, agrees, reason }) => ({
    figure,
    outcome,
    value,
    before,
    unit,
    agrees,
    reason: reason === '' ? null : reason,
  }))
  return { figures, check, findings: findings.map(findingDocument), writes }
}

/** A line per figure that changed or failed, and one for all others. */
export function formatMeasurement(facts: MeasurementFacts, style: Style): string {
  const { outcomes, findings, writes, check } = facts
  const quiet = outcomes.filter(each => each.outcome === 'same' || (check && each.agrees))
  const shown = outcomes.filter(each => !quiet.includes(each))
  const lines = shown.flatMap(each => formatOutcome(each, check, style))
  if (quiet.length > 0) {
    const what = quiet.length === 1 ? `${quiet[0]?.figure} is` : `${quiet.length} figures are`
    lines.push(`${style.green(style.ok)} ${printable(what)} as recorded.`)
  }
  if (outcomes.length === 0) lines.push(`${style.dot} There is nothing to measure.`)
  lines.push(...writes.map(path => `${style.green(style.ok)} wrote ${printable(path)}`))
  return `${formatFindings(findings, style)}${lines.join('\n')}\n`
}

function formatOutcome(measured: FigureOutcome, check: boolean, style: Style): string[] {
  const { outcome, value, before, unit, reason } = measured
  const figure = printable(measured.figure)
  const now = valueText(value, unit)
  const then = valueText(before, unit)
  if (outcome === 'failed') return paragraph(style.red(style.bad), `${figure}: ${printable(reason)}`, style)
  if (outcome === 'elsewhere') {
    const symbol = check && !measured.agrees ? style.red(style.bad) : style.yellow(style.warn)
    return paragraph(
      symbol,
      `${figure}: ${now} here, ${then} recorded; ${printable(reason)} and is kept`,
      style,
    )
  }
  if (check) return paragraph(style.red(style.bad), `${figure}: ${now} measured, ${then} recorded`, style)
  const change = before === null || outcome === 'confirmed' ? now : `${then} ${style.arrow} ${now}`
  const note = outcome === 'confirmed' ? ' (confirmed)' : ''
  return paragraph(style.green(style.ok), `${figure}: ${change}${note}`, style)
}

function paragraph(symbol: string, text: string, style: Style): string[] {
  const [first = '', ...rest] = wrap(text, style.columns - 2)
  return [`${symbol} ${first}`, ...rest.map(line => `    ${line}`)]
}

/** A value as text: `26 checks`, `3 names`, the beginning of a digest. */
export function valueText(value: FigureValue | null, unit: string): string {
  if (value === null) return 'nothing'
  if (Array.isArray(value)) return `${value.length} names`
  if (typeof value === 'string') return printable(value.slice(0, 19))
  if (unit === '') return String(value)
  return `${value}${unit === '%' || unit === 'x' ? '' : ' '}${printable(unit)}`
}
