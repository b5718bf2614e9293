import { type Finding, finding } from '../finding.ts'
import type { Workspace } from '../ports.ts'
import type { FigureDefinitions } from './definitions/definition.ts'
import { type DefinitionSource, parseDefinitions } from './definitions/parse-definitions.ts'
import { FIGURES_FILE, type FigureLock, LOCK_FILE } from './lock/lock.ts'
import { readLock } from './lock/read-lock.ts'
import type { MeasuredFigure, MeasuredFigures } from './measured.ts'
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
  const own = counted.map((each): [string, MeasuredFigure] => [each.figure.name, each])
  return { definitions, figures: new Map([...figures, ...own]) }
}
