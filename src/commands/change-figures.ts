import type { Change } from '../change/change.ts'
import { countedFigures } from '../figures/counted.ts'
import type { DefinitionSource } from '../figures/definitions/parse-definitions.ts'
import type { MeasuredFigures } from '../figures/measured.ts'
import { figuresOfChange, type RepositoryFigures } from '../figures/read-figures.ts'
import type { Finding } from '../finding.ts'
import type { Workspace } from '../ports.ts'
import type { DeltaFile } from '../specs/read-specs.ts'

export interface ChangeFigureParts {
  change: Change
  deltas: readonly DeltaFile[]
  files: Pick<Workspace, 'read'>
}

/** The figures that count in one change: those of the repository, its own on top, and what is counted in it. */
export function readChangeFigures(
  figures: RepositoryFigures,
  { change, deltas, files }: ChangeFigureParts,
): { measured: MeasuredFigures; overlaid: boolean; findings: Finding[] } {
  const stated = deltas.flatMap(({ delta }) => [...delta.added, ...delta.modified])
  const counted = countedFigures({
    tasks: change.tasks,
    requirements: stated.length,
    scenarios: stated.reduce((sum, { scenarios }) => sum + scenarios.length, 0),
  })
  const overlay = overlayOf(files, change)
  return { ...figuresOfChange(figures, { overlay, counted }), overlaid: overlay !== undefined }
}

function overlayOf(files: Pick<Workspace, 'read'>, { directory }: Change): DefinitionSource | undefined {
  const path = `${directory}/figures.yaml`
  const text = files.read(path)
  return text === undefined ? undefined : { path, text }
}
