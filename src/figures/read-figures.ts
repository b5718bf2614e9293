import { type Finding, finding } from '../findings/finding.ts'
import type { Workspace } from '../ports/workspace.ts'
import type { FigureDefinitions } from './definitions/definition.ts'
import { type DefinitionSource, parseDefinitions } from './definitions/parse-definitions.ts'
import { FIGURES_FILE, type FigureLock, LOCK_FILE } from './lock/lock.ts'
import { readLock } from './lock/read-lock.ts'
import type { FigureLookup, MeasuredFigure, MeasuredFigures } from './measured.ts'
import { measuredFigures } from './measured-figures.ts'
import { createInputs, type Inputs } from './measuring/inputs.ts'

type Files = Pick<Workspace, 'list' | 'read' | 'digest'>

/** The figures of a repository, read once; the overlay of a change comes on top. */
export interface RepositoryFigures {
  definitions: FigureDefinitions
  lock: FigureLock
  inputs: Inputs
  /** What is wrong with figures.yaml and the lock. */
  findings: Finding[]
  /** Without an overlay and without what is counted in a change. */
  measured: MeasuredFigures
  source: DefinitionSource
}

/** Definitions and values of a repository; null when it has no figures.yaml. Runs no command (FIGURES "Measuring"). */
export function readFigures(workspace: Files): RepositoryFigures | null {
  const text = workspace.read(FIGURES_FILE)
  return text === undefined ? null : figuresOf(workspace, { path: FIGURES_FILE, text })
}

function figuresOf(workspace: Files, source: DefinitionSource): RepositoryFigures {
  const { definitions, findings } = parseDefinitions({ base: source })
  const { lock, problems } = readLock(workspace)
  const inputs = createInputs(workspace)
  const broken = problems.map(({ reason, line }) =>
    finding('figure/lock', 'critical', { reason }, { file: LOCK_FILE, ...(line === null ? {} : { line }) }),
  )
  return {
    definitions,
    lock,
    inputs,
    findings: [...findings, ...broken],
    measured: measuredFigures({ definitions, lock, inputs: inputs.digest }),
    source,
  }
}

/** The same for one change: with its own figures.yaml over the repository's, and with what is counted in it. */
export function figuresOfChange(
  { lock, inputs, source, measured }: RepositoryFigures,
  { overlay, counted }: { overlay: DefinitionSource | undefined; counted: MeasuredFigure[] },
): { measured: MeasuredFigures; findings: Finding[] } {
  if (overlay === undefined) return { measured: withCounted(measured, counted), findings: [] }
  const { definitions, findings } = parseDefinitions({ base: source, overlay })
  const own = measuredFigures({ definitions, lock, inputs: inputs.digest })
  return {
    measured: withCounted(own, counted),
    findings: findings.filter(({ file }) => file === overlay.path),
  }
}

function withCounted({ definitions, figures }: MeasuredFigures, counted: MeasuredFigure[]): MeasuredFigures {
  const own = new Map(counted.map((each): [string, MeasuredFigure] => [each.figure.name, each]))
  return { definitions, figures: new LayeredFigures(own, figures) }
}

/** A few figures over many that all changes share: nothing is copied for each of a thousand changes. */
class LayeredFigures implements FigureLookup {
  readonly #own: ReadonlyMap<string, MeasuredFigure>
  readonly #shared: FigureLookup

  constructor(own: ReadonlyMap<string, MeasuredFigure>, shared: FigureLookup) {
    this.#own = own
    this.#shared = shared
  }

  get(name: string): MeasuredFigure | undefined {
    return this.#own.get(name) ?? this.#shared.get(name)
  }

  has(name: string): boolean {
    return this.#own.has(name) || this.#shared.has(name)
  }

  keys(): MapIterator<string> {
    return this.#all().keys()
  }

  values(): MapIterator<MeasuredFigure> {
    return this.#all().values()
  }

  [Symbol.iterator](): MapIterator<[string, MeasuredFigure]> {
    return this.#all()[Symbol.iterator]()
  }

  #all(): Map<string, MeasuredFigure> {
    return new Map([...this.#shared, ...this.#own])
  }
}
