import type { Change } from '../change/change.ts'
import type { Finding } from '../findings/finding.ts'
import type { Workspace } from '../ports/workspace.ts'
import type { DeltaFile } from '../specs/read-specs.ts'
import { countedFigures } from './counted.ts'
import type { DefinitionSource } from './definitions/parse-definitions.ts'
import type { MeasuredFigures } from './measured.ts'
import { figuresOfChange, type RepositoryFigures } from './read-figures.ts'

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
