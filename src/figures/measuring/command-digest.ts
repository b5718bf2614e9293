import { hash } from 'node:crypto'
import type { Definition, Figure } from '../definitions/definition.ts'

/**
 * `sha256:…` of the command, its parser and its number of runs, or of the expression of a derived figure. Null for a
 * manual value.
 */
export function commandDigest({ measure }: Pick<Definition, 'measure'>, figure: Figure): string | null {
  if (figure.derive !== null) return digestOf(['derive', figure.derive.replace(/\s+/g, ' ').trim()])
  if (measure?.type !== 'command') return null
  const { run, parser, runs, aggregate } = measure
  const name = figure.name.split('.')[1] ?? ''
  const yielded = parser.type === 'junit' && figure.parser === null ? name : ''
  return digestOf(['run', run, sorted(figure.parser ?? parser), runs, runs > 1 ? aggregate : '', yielded])
}

function digestOf(parts: unknown): string {
  return `sha256:${hash('sha256', JSON.stringify(parts))}`
}

function sorted(parser: object): [string, unknown][] {
  return Object.entries(parser).sort(([one], [other]) => (one < other ? -1 : 1))
}
