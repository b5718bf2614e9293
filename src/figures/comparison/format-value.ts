import type { FigureValue, Limit } from '../definitions/definition.ts'
import type { MeasuredFigure, MeasuredFigures } from '../measured.ts'
import { plain } from '../numbers/format-number.ts'

/** A number with its unit: `26 checks`, `1.23x`, `77.3%`. */
export function formatAmount(value: number, unit: string): string {
  if (unit === '') return plain(value)
  return unit === 'x' || unit === '%' ? `${plain(value)}${unit}` : `${plain(value)} ${unit}`
}

/** Any value as text: a set as its number of names, a digest as its first characters. */
export function formatValue(value: FigureValue, unit: string): string {
  if (typeof value === 'number') return formatAmount(value, unit)
  return typeof value === 'string' ? value.slice(0, 19) : `${value.length} ${unit === '' ? 'names' : unit}`
}

export function formatLimit({ comparison, value }: Limit, unit: string): string {
  return `${comparison} ${formatAmount(value, unit)}`
}

/** Command, commit and time of a measurement; empty without a measurement. */
export function formatSource({ figure, entry }: MeasuredFigure, { definitions }: MeasuredFigures): string {
  if (!entry) return ''
  const measure = definitions.definitions.find(({ name }) => name === figure.definition)?.measure
  const how = measure ? (measure.type === 'command' ? measure.run : `by ${measure.by}`) : ''
  return [figure.derive ?? how, entry.commit ?? '', entry.at].filter(part => part !== '').join(', ')
}
