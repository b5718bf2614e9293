import { hash } from 'node:crypto'
import type { Definition, Figure } from '../definitions/definition.ts'

/**
 * Digest of all that makes a figure's value out of the repository: the command, how its output is read, how often it runs;
 * or the expression of a derived figure. `sha256:…`; null for a value that a person vouches for.
 */
export function commandDigest({ measure }: Pick<Definition, 'measure'>, figure: Figure): string | null {
  if (figure.derive !== null) return digestOf(['derive', figure.derive.replace(/\s+/g, ' ').trim()])
  if (measure?.type !== 'command') return null
  const { run, parser, runs, aggregate } = measure
  const name = figure.name.split('.')[1] ?? ''
  const yielded = parser.type === 'junit' && figure.parser === null ? name : ''
  return digestOf(['run', run, sorted(figure.parser ?? parser), runs, runs > 1 ? aggregate : '', yielded])
}

/** What a person accepts: the command line alone, since nothing else of a definition runs. */
export function trustDigest(run: string): string {
  return digestOf(['trust', run])
}

function digestOf(parts: unknown): string {
  return `sha256:${hash('sha256', JSON.stringify(parts))}`
}

function sorted(parser: object): [string, unknown][] {
  return Object.entries(parser).sort(([one], [other]) => (one < other ? -1 : 1))
}
