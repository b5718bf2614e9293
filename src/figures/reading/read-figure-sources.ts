import type { Change } from '../../change/change.ts'
import { type ChangeDirectory, changeDirectories } from '../../change/change-directories.ts'
import { filesOf } from '../../change/files-of.ts'
import { namedChanges } from '../../change/named-changes.ts'
import { changeReader } from '../../change/read-changes.ts'
import { rememberFiles } from '../../change/remember-files.ts'
import type { Finding } from '../../findings/finding.ts'
import type { Workspace } from '../../ports/workspace.ts'
import { readDeltas, readMainSpecs } from '../../specs/read-specs.ts'
import type { FigureText } from '../bindings/parse-bindings.ts'
import { type Assertion, compareText, fixesOf } from '../comparison/compare-text.ts'
import type { ClaimPattern } from '../definitions/definition.ts'
import type { MeasuredFigures } from '../measured.ts'
import { type Artifact, artifactsOf, historyOf, kindOf, repositoryTexts } from './figure-texts.ts'
import { type RepositoryFigures, readChangeFigures, requireRepositoryFigures } from './read-figures.ts'

/** A change with its figures and the texts that make claims about them. */
export interface FigureChange {
  change: Change
  measured: MeasuredFigures
  /** The change has a figures.yaml of its own. */
  overlaid: boolean
  /** What is wrong with it. */
  findings: Finding[]
  artifacts: Artifact[]
}

/** A text that makes claims, with the figures that they are about. */
export interface FigureSource extends FigureText {
  measured: MeasuredFigures
  /** Claims by pattern about this file. */
  claims: ClaimPattern[]
}

/** Calls back with the named active changes, or all, one after the other, so that their texts are never in memory together. */
export function readEachFigureChange<T>(
  workspace: Workspace,
  { figures, names }: { figures: RepositoryFigures; names: string[] },
  take: (change: FigureChange) => T,
): T[] {
  const active = changeDirectories(workspace, { archived: 'none' }).map(each => ({
    ...each,
    directory: each.path,
  }))
  const isHistory = historyOf(figures)
  return namedChanges(active, names).map(directory =>
    take(readFigureChange(workspace, figures, { directory, isHistory })),
  )
}

function readFigureChange(
  workspace: Workspace,
  figures: RepositoryFigures,
  { directory, isHistory }: { directory: ChangeDirectory; isHistory(path: string): boolean },
): FigureChange {
  const files = rememberFiles(workspace)
  const change = changeReader(workspace)(directory, files)
  const { deltas } = readDeltas(files, directory.path)
  const list = filesOf(files, directory.path)
  const artifacts = artifactsOf(files, { directory: directory.path, list, isHistory })
  return { change, ...readChangeFigures(figures, { change, deltas, files }), artifacts }
}

/**
 * Texts of the named changes, or of all active ones with main specs and scanned files. In a main spec the figures whose
 * measured value an active change states already are left out: archiving that change corrects it. Throws FIGURES_UNREADABLE.
 */
export function readFigureSources(workspace: Workspace, names: string[]): FigureSource[] {
  const figures = requireRepositoryFigures(workspace)
  const own = readEachFigureChange(workspace, { figures, names }, sourcesOf).flat()
  if (names.length > 0) return own
  const { measured } = figures
  const others = repositoryTexts(workspace, figures, readMainSpecs(workspace)).texts
  const unfixed = withoutFixed(measured, own)
  return [...own, ...others.map(each => ({ ...each, measured: each.kind === 'spec' ? unfixed : measured }))]
}

function sourcesOf({ change, measured, artifacts }: FigureChange): FigureSource[] {
  return artifacts.map(({ file, path, text }) => ({
    file: path,
    text,
    kind: kindOf(file),
    change: change.name,
    measured,
    claims: [],
  }))
}

function withoutFixed(measured: MeasuredFigures, sources: FigureSource[]): MeasuredFigures {
  const assertions = sources
    .filter(({ kind }) => kind === 'spec')
    .flatMap((source): Assertion[] => compareText(source, source.measured).assertions)
  const fixed = fixesOf(assertions, measured)
  return { ...measured, figures: new Map([...measured.figures].filter(([name]) => !fixed.has(name))) }
}
