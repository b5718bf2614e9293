import { parseBindings } from '../figures/bindings/parse-bindings.ts'
import { formatValue } from '../figures/comparison/format-value.ts'
import type { FigureLock } from '../figures/lock/lock.ts'

/**
 * What was last measured of the figures that these texts bind, a line each, by name (LIFECYCLE §5). What opsx counts
 * itself is left out: the issue would be described anew with every tick.
 */
export function boundValues(texts: string[], lock: FigureLock): string[] {
  if (lock.size === 0) return []
  const bound = texts.flatMap(text => parseBindings({ text, kind: 'prose', file: '' }).bindings)
  const names = [...new Set(bound.map(({ figure }) => figure))].sort()
  return names.flatMap(name => {
    const entry = lock.get(name)
    return entry ? [`\`${name}\`: ${formatValue(entry.value, entry.unit)}`] : []
  })
}
