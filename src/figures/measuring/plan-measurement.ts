import type { Definition, FigureDefinitions } from '../definitions/definition.ts'
import { orderDerived } from '../definitions/derive.ts'
import type { MeasuredFigures } from '../measured.ts'

/**
 * Returns the definitions to measure. Those with missing or stale values come first. `names` are figures or definitions;
 * none means all. A derived figure adds the definitions of its operands.
 */
export function planMeasurement(
  { definitions, figures }: MeasuredFigures,
  names: readonly string[],
): Definition[] {
  const wanted = names.length === 0 ? null : wantedOf(definitions, names)
  const due = definitions.definitions.filter(({ name }) => wanted === null || wanted.has(name))
  const isFresh = (definition: Definition) =>
    definition.figures.every(({ name }) => figures.get(name)?.state === 'fresh')
  return [...due.filter(each => !isFresh(each)), ...due.filter(isFresh)]
}

function wantedOf({ definitions, figures }: FigureDefinitions, names: readonly string[]): Set<string> {
  const operands = new Map(
    orderDerived(figures).derivations.map(each => [each.figure.name, [...each.operands.values()]]),
  )
  const wanted = new Set<string>()
  const pending = names.flatMap(name => {
    const definition = definitions.find(each => each.name === name)
    return definition ? definition.figures.map(figure => figure.name) : [name]
  })
  const seen = new Set<string>()
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (seen.has(name)) continue
    seen.add(name)
    const owner = figures.get(name)?.definition
    if (owner) wanted.add(owner)
    pending.push(...(operands.get(name) ?? []))
  }
  return wanted
}
