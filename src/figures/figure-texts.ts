import { OpsxError } from '../errors.ts'
import { type Finding, finding } from '../findings/finding.ts'
import type { Workspace } from '../ports/workspace.ts'
import type { MainSpecs } from '../specs/read-specs.ts'
import type { Artifact } from '../verify/rules/figures.ts'
import type { RepositoryText } from '../verify/rules/repository-figures.ts'
import type { ClaimPattern } from './definitions/definition.ts'
import { KeyLines } from './definitions/key-line.ts'
import { FIGURES_FILE } from './lock/lock.ts'
import { matcherOf } from './measuring/matching-files.ts'
import type { RepositoryFigures } from './read-figures.ts'

/** Written by opsx or after the work: what they say of a figure is no claim of the change. */
const LEFT_OUT = new Set(['verify.md', 'verification.md', 'retrospective.md', 'measurements.md'])

/** Tells files of the past from those that make claims (FIGURES "Files": `history`). */
export function historyOf({ definitions }: RepositoryFigures): (path: string) => boolean {
  const matchers = definitions.history.map(matcherOf)
  return path => matchers.some(matches => matches(path))
}

/** The Markdown files of a change that make claims; `list` are its files, relative to `directory`. */
export function artifactsOf(
  files: Pick<Workspace, 'read'>,
  { directory, list, isHistory }: { directory: string; list: string[]; isHistory(path: string): boolean },
): Artifact[] {
  return list.flatMap(file => {
    const path = `${directory}/${file}`
    if (!file.endsWith('.md') || LEFT_OUT.has(file) || isHistory(path)) return []
    const text = files.read(path)
    return text === undefined ? [] : [{ file, path, text }]
  })
}

/** Main specs, and the files that `scan` or a claim names; a file that cannot be read is a finding and stops no other. */
export function repositoryTexts(
  workspace: Workspace,
  figures: RepositoryFigures,
  main: MainSpecs,
): { texts: RepositoryText[]; findings: Finding[] } {
  const isHistory = historyOf(figures)
  const findings: Finding[] = []
  const specs = main.capabilities().flatMap((name): RepositoryText[] => {
    const known = main.get(name)
    return known ? [{ file: known.path, text: known.spec.text, kind: 'spec', claims: [] }] : []
  })
  const around = [...claimsByFile(figures, findings)].flatMap(([file, claims]): RepositoryText[] => {
    const text = readable(workspace, file, findings)
    return text === undefined ? [] : [{ file, text, kind: 'prose', claims }]
  })
  return { texts: [...specs, ...around].filter(({ file }) => !isHistory(file)), findings }
}

function claimsByFile(
  { definitions, inputs, source }: RepositoryFigures,
  findings: Finding[],
): Map<string, ClaimPattern[]> {
  const claims = new Map<string, ClaimPattern[]>(inputs.files.of(definitions.scan).map(path => [path, []]))
  for (const claim of definitions.claims) {
    const paths = inputs.files.of([claim.file])
    for (const path of paths) claims.set(path, [...(claims.get(path) ?? []), claim])
    if (paths.length > 0) continue
    const args = { figure: claim.figure, pattern: `${claim.file}: ${claim.pattern}`, matches: 0 }
    const line = new KeyLines(source.text).of(['claims', 'file'])
    findings.push(finding('figure/claim', 'critical', args, { file: FIGURES_FILE, line }))
  }
  return claims
}

function readable(workspace: Workspace, file: string, findings: Finding[]): string | undefined {
  try {
    return workspace.read(file)
  } catch (error) {
    if (!(error instanceof OpsxError)) throw error
    findings.push(finding('figure/definition', 'warning', { reason: error.message }, { file }))
    return undefined
  }
}
