import * as z from 'zod/mini'
import { type Finding, finding } from '../../findings/finding.ts'
import { KeyLines, problemsOf } from '../../markdown/key-lines.ts'
import { parseYaml, recordOf } from '../../markdown/parse-yaml.ts'
import type { ClaimPattern, Definition, Figure, FigureDefinitions } from './definition.ts'
import { CLAIM, LISTS } from './definition-file.ts'
import { parseDefinition } from './parse-definition.ts'

/** A file with definitions. `path` is relative to the root. */
export interface DefinitionSource {
  path: string
  text: string
}

/** Globs of history files when figures.yaml lists none. */
const HISTORY = ['**/brainstorm.md', '**/retrospective.md', 'openspec/changes/archive/**', '**/CHANGELOG*']

export const NO_DEFINITIONS: FigureDefinitions = {
  definitions: [],
  figures: new Map(),
  claims: [],
  scan: [],
  history: HISTORY,
}

/**
 * Reads `openspec/figures.yaml` and, over it, the figures.yaml of a change. An entry of the change replaces the whole
 * entry of the same name; lists are joined. What cannot be read becomes a `figure/definition` finding. Never throws.
 */
export function parseDefinitions({
  base,
  overlay,
}: {
  base?: DefinitionSource | undefined
  overlay?: DefinitionSource | undefined
}): { definitions: FigureDefinitions; findings: Finding[] } {
  const findings: Finding[] = []
  const byName = new Map<string, Definition>()
  const joined = { claims: [] as ClaimPattern[], scan: [] as string[], history: [] as string[] }
  for (const source of [base, overlay]) {
    if (!source) continue
    const report = (line: number, reason: string) =>
      findings.push(finding('figure/definition', 'critical', { reason }, { file: source.path, line }))
    const read = readSource(source, report)
    for (const definition of read.definitions) byName.set(definition.name, definition)
    joined.claims.push(...read.claims)
    joined.scan.push(...read.scan)
    joined.history.push(...read.history)
  }
  const definitions = [...byName.values()]
  const history = joined.history.length > 0 ? joined.history : HISTORY
  return {
    definitions: { ...joined, history, definitions, figures: figuresOf(definitions) },
    findings,
  }
}

function figuresOf(definitions: Definition[]): Map<string, Figure> {
  return new Map(definitions.flatMap(({ figures }) => figures.map(figure => [figure.name, figure])))
}

type Report = (line: number, reason: string) => void

function readSource(
  { path, text }: DefinitionSource,
  report: Report,
): Pick<FigureDefinitions, 'claims' | 'scan' | 'history'> & { definitions: Definition[] } {
  const { value, problem } = parseYaml(text)
  if (problem) report(problem.line, problem.reason)
  const lines = new KeyLines(text)
  const file = recordOf(value) ?? {}
  if (value !== undefined && value !== null && !recordOf(value)) report(1, 'it is not a mapping')
  const entries = recordOf(file.figures) ?? {}
  if (file.figures !== undefined && file.figures !== null && !recordOf(file.figures)) {
    report(lines.of(['figures']), 'figures is not a mapping of names')
  }
  const definitions = Object.entries(entries).flatMap(([name, entry]) => {
    const line = lines.of(['figures', name])
    const read = parseDefinition(name, entry, { file: path, line })
    for (const { line: at, reason } of problemsOf(lines, read.issues, ['figures', name])) report(at, reason)
    return read.definition ? [read.definition] : []
  })
  return {
    definitions,
    claims: claimsOf(file.claims, reason => report(lines.of(['claims']), reason)),
    ...z.parse(LISTS, file),
  }
}

function claimsOf(value: unknown, report: (reason: string) => void): ClaimPattern[] {
  return [value ?? []].flat().flatMap(item => {
    const { data, error } = z.safeParse(CLAIM, item)
    if (error) report(error.issues[0]?.message ?? '')
    return data ? [data] : []
  })
}
