import type { Change } from '../../change/change.ts'
import { OpsxError } from '../../errors.ts'
import { type Finding, finding } from '../../findings/finding.ts'
import type { Workspace } from '../../ports/workspace.ts'
import type { DeltaFile } from '../../specs/read-specs.ts'
import { builtInFigures } from '../built-in-figures.ts'
import type { FigureDefinitions } from '../definitions/definition.ts'
import { type DefinitionSource, parseDefinitions } from '../definitions/parse-definitions.ts'
import { FIGURES_FILE, type FigureLock, LOCK_FILE } from '../lock/lock.ts'
import { readLock } from '../lock/read-lock.ts'
import type { MeasuredFigure, MeasuredFigures } from '../measured.ts'
import { measuredFigures } from '../measured-figures.ts'
import { createInputs, type Inputs } from '../measuring/inputs.ts'

type Files = Pick<Workspace, 'list' | 'read' | 'digest'>

/** The figures of a repository as one run reads them. */
export interface RepositoryFigures {
  definitions: FigureDefinitions
  lock: FigureLock
  inputs: Inputs
  /** Findings about figures.yaml and the lock. */
  findings: Finding[]
  /** Without the figures of changes, and without built-in figures. */
  measured: MeasuredFigures
  source: DefinitionSource
}

/** Reads definitions and values of a repository, and runs no command. Null when it has no figures.yaml. */
export function readFigures(workspace: Files): RepositoryFigures | null {
  const text = workspace.read(FIGURES_FILE)
  if (text === undefined) return null
  const source = { path: FIGURES_FILE, text }
  const { definitions, findings } = parseDefinitions({ base: source })
  const { lock, problems } = readLock(workspace)
  const inputs = createInputs(workspace)
  const broken = problems.map(({ reason, line }) =>
    finding('figure/lock', 'critical', { reason }, { file: LOCK_FILE, line }),
  )
  const measured = measuredFigures({ definitions, lock, inputs: inputs.digest })
  return { definitions, lock, inputs, findings: [...findings, ...broken], measured, source }
}

/** Like `readFigures`, but throws FIGURES_UNREADABLE when there is no figures.yaml. */
export function requireRepositoryFigures(workspace: Files): RepositoryFigures {
  const figures = readFigures(workspace)
  if (figures) return figures
  throw noFigures()
}

export function noFigures(): OpsxError {
  return new OpsxError('FIGURES_UNREADABLE', `There is no ${FIGURES_FILE}.`, {
    hint: 'Create it and define a figure; opsx explain FIGURES_UNREADABLE shows how.',
  })
}

/** Reads the figures of one change: those of the repository, of its own figures.yaml, and the built-in ones. */
export function readChangeFigures(
  figures: RepositoryFigures,
  { change, deltas, files }: { change: Change; deltas: readonly DeltaFile[]; files: Pick<Workspace, 'read'> },
): { measured: MeasuredFigures; overlaid: boolean; findings: Finding[] } {
  const requirements = deltas.flatMap(({ delta }) => [...delta.added, ...delta.modified])
  const builtIn = builtInFigures({
    tasks: change.tasks,
    requirements: requirements.length,
    scenarios: requirements.reduce((sum, { scenarios }) => sum + scenarios.length, 0),
  })
  const path = `${change.directory}/figures.yaml`
  const text = files.read(path)
  const overlay = text === undefined ? undefined : { path, text }
  return { ...figuresOfChange(figures, { overlay, builtIn }), overlaid: overlay !== undefined }
}

/** Combines the figures of the repository with those of one change. */
export function figuresOfChange(
  { lock, inputs, source, measured }: RepositoryFigures,
  { overlay, builtIn }: { overlay: DefinitionSource | undefined; builtIn: MeasuredFigure[] },
): { measured: MeasuredFigures; findings: Finding[] } {
  if (overlay === undefined) return { measured: withFigures(measured, builtIn), findings: [] }
  const { definitions, findings } = parseDefinitions({ base: source, overlay })
  const own = measuredFigures({ definitions, lock, inputs: inputs.digest })
  return {
    measured: withFigures(own, builtIn),
    findings: findings.filter(({ file }) => file === overlay.path),
  }
}

function withFigures({ definitions, figures }: MeasuredFigures, more: MeasuredFigure[]): MeasuredFigures {
  return {
    definitions,
    figures: new Map([...figures, ...more.map(each => [each.figure.name, each] as const)]),
  }
}
