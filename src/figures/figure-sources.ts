import { changeDirectories } from '../change/change-directories.ts'
import { filesOf } from '../change/files-of.ts'
import { namedChanges } from '../change/named-changes.ts'
import { changeReader } from '../change/read-changes.ts'
import { rememberFiles } from '../change/remember-files.ts'
import { OpsxError } from '../errors.ts'
import type { Workspace } from '../ports/workspace.ts'
import { readDeltas, readMainSpecs } from '../specs/read-specs.ts'
import { kindOf } from '../verify/rules/figures.ts'
import type { FigureText } from './bindings/parse-bindings.ts'
import { readChangeFigures } from './change-figures.ts'
import { type Assertion, carriersOf, compareText } from './comparison/compare-text.ts'
import type { ClaimPattern } from './definitions/definition.ts'
import { artifactsOf, historyOf, repositoryTexts } from './figure-texts.ts'
import { FIGURES_FILE } from './lock/lock.ts'
import type { MeasuredFigures } from './measured.ts'
import { type RepositoryFigures, readFigures } from './read-figures.ts'

/** A text that makes claims, with the figures that count in it. */
export interface FigureSource extends FigureText {
  measured: MeasuredFigures
  /** Claims about this very file. */
  claims: ClaimPattern[]
}

/**
 * Texts of the named changes, or of all active ones and everything around them. In a main spec the figures whose value an
 * active change already brings are left out: archiving that change corrects it. Throws FIGURES_UNREADABLE.
 */
export function readFigureSources(workspace: Workspace, names: string[]): FigureSource[] {
  const figures = requireRepositoryFigures(workspace)
  const active = changeDirectories(workspace, { archived: 'none' }).map(each => ({
    ...each,
    directory: each.path,
  }))
  const own = namedChanges(active, names).flatMap(directory => sourcesOf(workspace, figures, directory))
  if (names.length > 0) return own
  const around = repositoryTexts(workspace, figures, readMainSpecs(workspace)).texts
  const open = withoutCarried(figures.measured, own)
  return [
    ...own,
    ...around.map(each => ({ ...each, measured: each.kind === 'spec' ? open : figures.measured })),
  ]
}

export function requireRepositoryFigures(workspace: Workspace): RepositoryFigures {
  const figures = readFigures(workspace)
  if (figures) return figures
  throw new OpsxError('FIGURES_UNREADABLE', `There is no ${FIGURES_FILE}.`, {
    hint: 'Write one with a figure in it; opsx explain FIGURES_UNREADABLE shows how.',
  })
}

function sourcesOf(
  workspace: Workspace,
  figures: RepositoryFigures,
  directory: { name: string; path: string; archived: boolean; twin: boolean },
): FigureSource[] {
  const files = rememberFiles(workspace)
  const change = changeReader(workspace)(directory, files)
  const { deltas } = readDeltas(files, directory.path)
  const { measured } = readChangeFigures(figures, { change, deltas, files })
  const list = filesOf(files, directory.path)
  const artifacts = artifactsOf(files, { directory: directory.path, list, isHistory: historyOf(figures) })
  return artifacts.map(({ file, path, text }) => ({
    file: path,
    text,
    kind: kindOf(file),
    change: change.name,
    measured,
    claims: [],
  }))
}

function withoutCarried(measured: MeasuredFigures, sources: FigureSource[]): MeasuredFigures {
  const assertions = sources
    .filter(({ kind }) => kind === 'spec')
    .flatMap((source): Assertion[] => compareText(source, source.measured).assertions)
  const carried = carriersOf(assertions, measured)
  const figures = new Map([...measured.figures].filter(([name]) => !carried.has(name)))
  return { ...measured, figures }
}
