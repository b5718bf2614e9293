import { FIGURES_FILE } from '../../figures/lock/lock.ts'
import type { Workspace } from '../../ports/workspace.ts'
import type { VerifyFigures } from './verify-figures.ts'

export type FiguresOpener = (workspace: Workspace) => VerifyFigures | null

/** Figures cost a cold start what they load, so that a repository without any does not load them. */
export async function figuresOpener(workspace: Workspace): Promise<FiguresOpener | null> {
  if (workspace.read(FIGURES_FILE) === undefined) return null
  return (await import('./verify-figures.ts')).openFigures
}
