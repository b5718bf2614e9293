import { type Finding, finding } from '../../findings/finding.ts'
import { formatAmount, formatLimit, formatSource } from '../comparison/format-value.ts'
import { isNear, isWithinLimit, numberOf } from '../comparison/judge-claim.ts'
import type { MeasuredFigure, MeasuredFigures } from '../measured.ts'

/**
 * Findings about the definitions themselves: a value that exceeds its budget or is close to it, and a cited definition
 * that has a command but no inputs.
 *
 * @param cited full names of the figures that texts bind
 */
export function checkDefinitions(measured: MeasuredFigures, cited: ReadonlySet<string>): Finding[] {
  return measured.definitions.definitions.flatMap(({ name, measure, inputs, figures, file, line }) => {
    const place = { file, line }
    const known = figures.flatMap(figure => measured.figures.get(figure.name) ?? [])
    const findings = known.flatMap(each => checkBudget(each, measured, place))
    if (
      measure?.type === 'command' &&
      inputs.length === 0 &&
      figures.some(figure => cited.has(figure.name))
    ) {
      findings.push(finding('figure/no-inputs', 'info', { figure: name }, place))
    }
    return findings
  })
}

function checkBudget(
  known: MeasuredFigure,
  measured: MeasuredFigures,
  place: { file: string; line: number },
): Finding[] {
  const { figure, state, value } = known
  const number = numberOf(value)
  if (!figure.budget || state !== 'fresh' || number === null) return []
  const args = {
    figure: figure.name,
    asserted: formatLimit(figure.budget, figure.unit),
    measured: formatAmount(number, figure.unit),
  }
  if (!isWithinLimit(figure.budget, number)) {
    return [finding('figure/budget', 'critical', { ...args, source: formatSource(known, measured) }, place)]
  }
  return isNear(figure.budget, number) ? [finding('figure/near-budget', 'suggestion', args, place)] : []
}
