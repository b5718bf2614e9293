import type { Shell } from '../../ports/shell.ts'
import type { Workspace } from '../../ports/workspace.ts'
import type { Definition, Figure, FigureValue, Measure } from '../definitions/definition.ts'
import { rounded } from '../definitions/derive.ts'
import type { MatchingFiles } from './matching-files.ts'
import { createMatchingFiles } from './matching-files.ts'
import { type Read, shortened } from './read.ts'
import { readOutput } from './read-output.ts'

/** The measured values of one definition. Derived figures are not included. */
export interface Measurement {
  definition: Definition
  figures: { figure: Figure; read: Read }[]
  /** Total duration of all runs. */
  seconds: number
  runs: number
}

export interface MeasuringPorts {
  shell: Shell
  workspace: Pick<Workspace, 'list' | 'read' | 'stamp'>
  /** Whether a value of 0 is accepted for this figure. */
  allowsZero(name: string): boolean
}

type Command = Extract<Measure, { type: 'command' }>

/** Maximum number of bytes of output, per stream. */
const MOST_OUTPUT = 10 * 2 ** 20

/** Runs the command of a definition `runs` times. A failed command becomes the `problem` of its figures. */
export async function measureDefinition(definition: Definition, ports: MeasuringPorts): Promise<Measurement> {
  const figures = definition.figures.filter(({ derive }) => derive === null)
  const { measure } = definition
  if (measure === null) return { definition, figures: [], seconds: 0, runs: 0 }
  if (measure.type === 'manual') {
    const read = { value: measure.value, raw: `${measure.by}, ${measure.evidence}` }
    return { definition, figures: figures.map(figure => ({ figure, read })), seconds: 0, runs: 1 }
  }
  const reads = new Map<Figure, Read[]>(figures.map(figure => [figure, []]))
  let seconds = 0
  for (let run = 0; run < measure.runs; run++) {
    const before = stampsOf(figures, measure, ports.workspace)
    const result = await ports.shell.run(measure.run, { timeoutSeconds: measure.timeout, limit: MOST_OUTPUT })
    seconds += result.seconds
    const output = { result, before, files: createMatchingFiles(ports.workspace), workspace: ports.workspace }
    for (const [figure, all] of reads) {
      all.push(
        readOutput(figure.parser ?? measure.parser, figure, {
          ...output,
          allowZero: ports.allowsZero(figure.name),
        }),
      )
    }
    if ([...reads.values()].every(all => all.some(read => 'problem' in read))) break
  }
  const together = [...reads].map(([figure, all]) => ({ figure, read: aggregated(all, measure.aggregate) }))
  return { definition, figures: together, seconds, runs: measure.runs }
}

/** Stamps of the reports before the command runs. A report with an unchanged stamp is from an earlier run. */
function stampsOf(
  figures: Figure[],
  measure: Command,
  workspace: MeasuringPorts['workspace'],
): Map<string, string> {
  const parsers = figures.map(({ parser }) => parser ?? measure.parser)
  const globs = parsers.flatMap(parser => (parser.type === 'junit' ? parser.files : []))
  const files: MatchingFiles = createMatchingFiles(workspace)
  return new Map(files.of([...new Set(globs)]).map(path => [path, workspace.stamp(path) ?? '']))
}

function aggregated(reads: Read[], aggregate: Command['aggregate']): Read {
  const values: FigureValue[] = []
  for (const read of reads) {
    if ('problem' in read) return read
    values.push(read.value)
  }
  const raw = reads.map(read => ('raw' in read ? read.raw : '')).join(' | ')
  const numbers = values.filter(value => typeof value === 'number')
  if (numbers.length === values.length) return { value: aggregateOf(numbers, aggregate), raw: shortened(raw) }
  const [first = ''] = values
  const same = values.every(value => JSON.stringify(value) === JSON.stringify(first))
  return same
    ? { value: first, raw: shortened(raw) }
    : { problem: `its ${values.length} runs gave different values` }
}

function aggregateOf(numbers: number[], aggregate: Command['aggregate']): number {
  if (aggregate === 'min') return Math.min(...numbers)
  if (aggregate === 'max') return Math.max(...numbers)
  if (aggregate === 'mean') return rounded(numbers.reduce((sum, number) => sum + number, 0) / numbers.length)
  const sorted = [...numbers].sort((one, other) => one - other)
  const middle = [
    sorted[Math.floor((sorted.length - 1) / 2)] ?? 0,
    sorted[Math.floor(sorted.length / 2)] ?? 0,
  ]
  return rounded(((middle[0] ?? 0) + (middle[1] ?? 0)) / 2)
}
