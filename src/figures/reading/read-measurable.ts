import { changeDirectories } from '../../change/change-directories.ts'
import { bareName } from '../../change/named-changes.ts'
import { OpsxError } from '../../errors.ts'
import type { Finding } from '../../findings/finding.ts'
import { nearestOf } from '../../findings/nearest-name.ts'
import type { Workspace } from '../../ports/workspace.ts'
import type { Definition, FigureDefinitions } from '../definitions/definition.ts'
import { type DefinitionSource, parseDefinitions } from '../definitions/parse-definitions.ts'
import { FIGURES_FILE } from '../lock/lock.ts'
import { createInputs, type Inputs } from '../measuring/inputs.ts'
import { noFigures } from './read-figures.ts'

/** The figures that can be measured in a working tree or a commit. */
export interface Measurable {
  definitions: FigureDefinitions
  /** Definitions that cannot be read. */
  findings: Finding[]
  inputs: Inputs
  sources: DefinitionSource[]
}

/**
 * Reads `openspec/figures.yaml` and the definitions that active changes add. The figures.yaml of `change` also replaces
 * existing definitions. Throws FIGURES_UNREADABLE without any figures.yaml, and CHANGE_NOT_FOUND when `change` has none.
 */
export function readMeasurable(workspace: Workspace, change?: string): Measurable {
  const text = workspace.read(FIGURES_FILE)
  const base = text === undefined ? undefined : { path: FIGURES_FILE, text }
  const overlays = overlaysOf(workspace)
  if (!base && overlays.length === 0) throw noFigures()
  const named = change === undefined ? undefined : overlayOf(overlays, bareName(change))
  const { definitions, findings } = parseDefinitions({ base, overlay: named })
  const all = new Map(definitions.definitions.map((each): [string, Definition] => [each.name, each]))
  for (const overlay of overlays) {
    if (overlay === named) continue
    const own = parseDefinitions({ overlay })
    findings.push(...own.findings)
    for (const each of own.definitions.definitions) if (!all.has(each.name)) all.set(each.name, each)
  }
  const list = [...all.values()]
  const figures = new Map(list.flatMap(each => each.figures.map(figure => [figure.name, figure] as const)))
  const sources = [...(base ? [base] : []), ...overlays]
  return {
    definitions: { ...definitions, definitions: list, figures },
    findings,
    inputs: createInputs(workspace),
    sources,
  }
}

function overlaysOf(workspace: Workspace): DefinitionSource[] {
  return changeDirectories(workspace, { archived: 'none' }).flatMap(directory => {
    const path = `${directory.path}/figures.yaml`
    const text = directory.archived ? undefined : workspace.read(path)
    return text === undefined ? [] : [{ path, text }]
  })
}

function overlayOf(overlays: DefinitionSource[], change: string): DefinitionSource {
  const found = overlays.find(({ path }) => path.split('/').at(-2) === change)
  if (found) return found
  throw new OpsxError('CHANGE_NOT_FOUND', `${change} is not an active change with its own figures.yaml.`, {
    hint: 'To measure the figures of the repository, omit --change.',
  })
}

/** Throws FIGURE_NOT_FOUND for a name that is neither a figure nor a definition. The hint suggests the nearest name. */
export function requireFigures({ definitions, figures }: FigureDefinitions, names: readonly string[]): void {
  const known = [...new Set([...definitions.map(({ name }) => name), ...figures.keys()])]
  const missing = names.find(name => !known.includes(name))
  if (missing === undefined) return
  const nearest = nearestOf(missing, known)
  throw new OpsxError('FIGURE_NOT_FOUND', `There is no figure ${missing}.`, {
    hint: nearest ? `Did you mean ${nearest}?` : `The figures are ${known.slice(0, 20).join(', ')}.`,
  })
}
