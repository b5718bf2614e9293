import { cachedFiles } from '../../change/cached-files.ts'
import type { Change } from '../../change/change.ts'
import { type ChangeDirectory, changeDirectories } from '../../change/change-directories.ts'
import { filesOf } from '../../change/files-of.ts'
import { namedChanges } from '../../change/named-changes.ts'
import { changeReader } from '../../change/read-changes.ts'
import type { Finding } from '../../findings/finding.ts'
import type { Workspace } from '../../ports/workspace.ts'
import { readDeltas, readMainSpecs } from '../../specs/read-specs.ts'
import type { FigureText } from '../bindings/parse-bindings.ts'
import { type Assertion, compareText, fixesOf } from '../comparison/compare-text.ts'
import type { ClaimPattern } from '../definitions/definition.ts'
import type { MeasuredFigures } from '../measured.ts'
import { type Artifact, artifactsOf, historyOf, kindOf, repositoryTexts } from './figure-texts.ts'
import { type RepositoryFigures, readChangeFigures, requireRepositoryFigures } from './read-figures.ts'

/** A change with its figures and the texts that state them. */
export interface FigureChange {
  change: Change
  measured: MeasuredFigures
  /** Whether the change has its own figures.yaml. */
  overlaid: boolean
  /** Findings about its own figures.yaml. */
  findings: Finding[]
  artifacts: Artifact[]
}

/** A text with the figures that it may state. */
export interface FigureSource extends FigureText {
  measured: MeasuredFigures
  /** Claims of figures.yaml about this file. */
  claims: ClaimPattern[]
}

/** Maps the named active changes, or all. Reads one at a time, so that the texts of only one are in memory. */
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
  const files = cachedFiles(workspace)
  const change = changeReader(workspace)(directory, files)
  const { deltas } = readDeltas(files, directory.path)
  const list = filesOf(files, directory.path)
  const artifacts = artifactsOf(files, { directory: directory.path, list, isHistory })
  return { change, ...readChangeFigures(figures, { change, deltas, files }), artifacts }
}

/**
 * Reads the texts of the named changes. Without names, it reads all active changes, main specs and scanned files. For
 * main specs, it omits a figure when an active change already states its measured value: archiving that change updates
 * the spec. Throws FIGURES_UNREADABLE when there is no figures.yaml.
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
