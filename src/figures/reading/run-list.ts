import type { Finding } from '../../findings/finding.ts'
import type { Workspace } from '../../ports/workspace.ts'
import { readLock } from '../lock/read-lock.ts'
import type { MeasuredFigure } from '../measured.ts'
import { isNamed, measuredFigures } from '../measured-figures.ts'
import { readMeasurable, requireFigures } from './read-measurable.ts'

/** Lists the named figures, or all, with their values. Runs no command. Throws FIGURE_NOT_FOUND. */
export function runList(
  { workspace }: { workspace: Workspace },
  { names, change }: { names: string[]; change?: string | undefined },
): { figures: MeasuredFigure[]; findings: Finding[] } {
  const { definitions, inputs, findings } = readMeasurable(workspace, change)
  requireFigures(definitions, names)
  const { lock } = readLock(workspace)
  const measured = measuredFigures({ definitions, lock, inputs: inputs.digest })
  const figures = [...measured.figures.values()].filter(
    ({ figure }) => names.length === 0 || isNamed(figure, names),
  )
  return { figures, findings }
}
