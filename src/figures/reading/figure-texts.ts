import { OpsxError } from '../../errors.ts'
import { type Finding, finding } from '../../findings/finding.ts'
import { KeyLines } from '../../markdown/key-lines.ts'
import type { Workspace } from '../../ports/workspace.ts'
import type { MainSpecs } from '../../specs/read-specs.ts'
import type { ClaimPattern } from '../definitions/definition.ts'
import { FIGURES_FILE } from '../lock/lock.ts'
import type { TextKind } from '../measured.ts'
import { matcherOf } from '../measuring/matching-files.ts'
import type { RepositoryFigures } from './read-figures.ts'

/** One Markdown file of a change. */
export interface Artifact {
  /** Relative to the change's directory. */
  file: string
  /** Relative to the root. */
  path: string
  text: string
}

/** A file outside all changes: a main spec, or a file that `scan` or a claim names. */
export interface RepositoryText {
  file: string
  text: string
  kind: TextKind
  /** Claims of figures.yaml about this file. */
  claims: ClaimPattern[]
}

/** Files that report results. Their numbers are not claims of the change. */
const WITHOUT_CLAIMS = new Set(['verify.md', 'verification.md', 'retrospective.md', 'measurements.md'])

/** Returns whether a path matches the `history` globs of figures.yaml. */
export function historyOf({ definitions }: RepositoryFigures): (path: string) => boolean {
  const matchers = definitions.history.map(matcherOf)
  return path => matchers.some(matches => matches(path))
}

export function kindOf(file: string): TextKind {
  if (file.startsWith('specs/')) return 'spec'
  return file === 'tasks.md' || file === 'plan.md' ? 'tasks' : 'prose'
}

/** Reads the Markdown files of a change that make claims. `list` has its files, relative to `directory`. */
export function artifactsOf(
  files: Pick<Workspace, 'read'>,
  { directory, list, isHistory }: { directory: string; list: string[]; isHistory(path: string): boolean },
): Artifact[] {
  return list.flatMap(file => {
    const path = `${directory}/${file}`
    if (!file.endsWith('.md') || WITHOUT_CLAIMS.has(file) || isHistory(path)) return []
    const text = files.read(path)
    return text === undefined ? [] : [{ file, path, text }]
  })
}

/** Reads main specs and the files that `scan` or a claim names. An unreadable file becomes a finding; the rest is read. */
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
  const others = [...claimsByFile(figures, findings)].flatMap(([file, claims]): RepositoryText[] => {
    const text = readOrReport(workspace, file, findings)
    return text === undefined ? [] : [{ file, text, kind: 'prose', claims }]
  })
  return { texts: [...specs, ...others].filter(({ file }) => !isHistory(file)), findings }
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

function readOrReport(workspace: Workspace, file: string, findings: Finding[]): string | undefined {
  try {
    return workspace.read(file)
  } catch (error) {
    if (!(error instanceof OpsxError)) throw error
    findings.push(finding('figure/definition', 'warning', { reason: error.message }, { file }))
    return undefined
  }
}
