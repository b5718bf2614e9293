import type { RememberedFiles } from '../change/remember-files.ts'
import { digestOf } from '../change/verdict-digest.ts'
import { OpsxError } from '../errors.ts'
import type { Assertion } from '../figures/compare-text.ts'
import { type Coverage, coverageOf } from '../figures/coverage.ts'
import type { ClaimPattern } from '../figures/definition.ts'
import { type FormerIndex, formerIndexOf } from '../figures/former-index.ts'
import { keyLine } from '../figures/key-line.ts'
import { FIGURES_FILE } from '../figures/lock.ts'
import { matcherOf } from '../figures/matching-files.ts'
import type { FigureText } from '../figures/parse-bindings.ts'
import { type RepositoryFigures, readFigures } from '../figures/read-figures.ts'
import { type Finding, finding } from '../finding.ts'
import type { TrackedChange } from '../ledger/ledger.ts'
import type { Workspace } from '../ports.ts'
import type { DeltaFile, MainSpecs } from '../specs/read-specs.ts'
import type { JudgedFigures } from '../verify/figure-row.ts'
import { judgeFigures } from '../verify/rules/figures.ts'
import { judgeRepositoryFigures, type RepositoryText } from '../verify/rules/repository-figures.ts'
import { readChangeFigures } from './change-figures.ts'

/** Written by opsx or after the work: what they say of a figure is no claim of the change. */
const LEFT_OUT = new Set(['verify.md', 'verification.md', 'retrospective.md', 'measurements.md'])

export interface FigureSubject {
  change: TrackedChange
  deltas: DeltaFile[]
  files: RememberedFiles
  /** Files of the change, relative to its directory. */
  list: string[]
}

/** The figures of a verification: first its changes, then what belongs to none. */
export interface VerifyFigures {
  judge(subject: FigureSubject): JudgedFigures
  /** What is wrong with definitions and values, whatever is looked at. */
  readonly findings: Finding[]
  /** Main specs, scanned files and claims; the changes that were judged before may already bring a value. */
  judgeRepository(main: MainSpecs): Finding[]
  /** Of all texts looked at so far; zero unless it was asked for. */
  readonly coverage: Coverage
}

/** Reads definitions and lock of a workspace; null when it has no figures.yaml. Runs no command. */
export function openFigures(
  workspace: Workspace,
  { coverage = false }: { coverage?: boolean } = {},
): VerifyFigures | null {
  const figures = readFigures(workspace)
  return figures && new OpenFigures({ workspace, figures, covers: coverage })
}

class OpenFigures implements VerifyFigures {
  readonly findings: Finding[]
  readonly #workspace: Workspace
  readonly #figures: RepositoryFigures
  /** Of the repository: what is counted in a change has no former value. */
  readonly #former: FormerIndex
  readonly #isHistory: (path: string) => boolean
  readonly #assertions: Assertion[] = []
  readonly #cited = new Set<string>()

  readonly #covers: boolean
  readonly coverage: Coverage = { bound: 0, unbound: 0 }

  constructor({
    workspace,
    figures,
    covers,
  }: {
    workspace: Workspace
    figures: RepositoryFigures
    covers: boolean
  }) {
    const history = figures.definitions.history.map(matcherOf)
    this.findings = figures.findings
    this.#workspace = workspace
    this.#figures = figures
    this.#covers = covers
    this.#former = formerIndexOf(figures.measured)
    this.#isHistory = path => history.some(matches => matches(path))
  }

  judge({ change, deltas, files, list }: FigureSubject): JudgedFigures {
    const { measured, overlaid, findings } = readChangeFigures(this.#figures, { change, deltas, files })
    const former = overlaid ? formerIndexOf(measured) : this.#former
    const artifacts = list.flatMap(file => {
      const path = `${change.directory}/${file}`
      if (!file.endsWith('.md') || LEFT_OUT.has(file) || this.#isHistory(path)) return []
      const text = files.read(path)
      return text === undefined ? [] : [{ file, path, text }]
    })
    this.#cover(artifacts.map(({ path, text }) => ({ file: path, text, kind: 'prose' })))
    const judged = judgeFigures({ change, artifacts, measured, former, definitions: findings })
    this.#assertions.push(...judged.assertions)
    for (const name of judged.cited) this.#cited.add(name)
    return { ...judged, digest: this.#digestOf(judged.cited) }
  }

  judgeRepository(main: MainSpecs): Finding[] {
    const { measured } = this.#figures
    const specs = main.capabilities().flatMap(name => {
      const known = main.get(name)
      return known ? [{ file: known.path, text: known.spec.text, kind: 'spec' as const, claims: [] }] : []
    })
    const { texts, findings } = this.#around()
    const all = [...specs, ...texts].filter(({ file }) => !this.#isHistory(file))
    this.#cover(all)
    const judged = judgeRepositoryFigures({
      texts: all,
      measured,
      former: this.#former,
      deltas: this.#assertions,
      cited: this.#cited,
    })
    return [...findings, ...judged]
  }

  #cover(texts: FigureText[]): void {
    if (!this.#covers) return
    for (const each of texts) {
      const { bound, unbound } = coverageOf(each)
      this.coverage.bound += bound
      this.coverage.unbound += unbound
    }
  }

  /** Files outside openspec/ that `scan` or a claim names. */
  #around(): { texts: RepositoryText[]; findings: Finding[] } {
    const { definitions, inputs } = this.#figures
    const claims = new Map<string, ClaimPattern[]>(inputs.files.of(definitions.scan).map(path => [path, []]))
    const findings: Finding[] = []
    for (const claim of definitions.claims) {
      const paths = inputs.files.of([claim.file])
      for (const path of paths) claims.set(path, [...(claims.get(path) ?? []), claim])
      if (paths.length === 0) findings.push(this.#unmatched(claim))
    }
    const texts = [...claims].flatMap(([file, own]): RepositoryText[] => {
      const text = readable(this.#workspace, file, findings)
      return text === undefined ? [] : [{ file, text, kind: 'prose', claims: own }]
    })
    return { texts, findings }
  }

  #unmatched({ figure, pattern, file }: ClaimPattern): Finding {
    const line = keyLine(this.#figures.source.text, ['claims', 'file'])
    const args = { figure, pattern: `${file}: ${pattern}`, matches: 0 }
    return finding('figure/claim', 'critical', args, { file: FIGURES_FILE, line })
  }

  /** Of the values that the artifacts rest on, times and commits aside; null when they bind none. */
  #digestOf(cited: string[]): string | null {
    const lines = cited.map(
      name => `${name} ${JSON.stringify(this.#figures.lock.get(name)?.value ?? null)}\n`,
    )
    return lines.length === 0 ? null : digestOf(lines.join(''))
  }
}

/** One file that cannot be read stops no other. */
function readable(workspace: Workspace, file: string, findings: Finding[]): string | undefined {
  try {
    return workspace.read(file)
  } catch (error) {
    if (!(error instanceof OpsxError)) throw error
    findings.push(finding('figure/definition', 'warning', { reason: error.message }, { file }))
    return undefined
  }
}
