import type { RememberedFiles } from '../../change/remember-files.ts'
import { digestOf } from '../../change/verdict-digest.ts'
import { type Coverage, coverageOf } from '../../figures/bindings/coverage.ts'
import type { FigureText } from '../../figures/bindings/parse-bindings.ts'
import type { Assertion } from '../../figures/comparison/compare-text.ts'
import { type FormerIndex, formerIndexOf } from '../../figures/former-values/former-index.ts'
import { judgeChangeFigures } from '../../figures/judging/judge-change-figures.ts'
import { judgeRepositoryFigures } from '../../figures/judging/judge-repository-figures.ts'
import type { MeasuredFigure } from '../../figures/measured.ts'
import { artifactsOf, historyOf, repositoryTexts } from '../../figures/reading/figure-texts.ts'
import { type RepositoryFigures, readChangeFigures, readFigures } from '../../figures/reading/read-figures.ts'
import { WatchedFigures } from '../../figures/watched-figures.ts'
import type { Finding } from '../../findings/finding.ts'
import type { TrackedChange } from '../../ledger/ledger.ts'
import type { Workspace } from '../../ports/workspace.ts'
import type { DeltaFile, MainSpecs } from '../../specs/read-specs.ts'
import type { JudgedFigures } from '../figure-row.ts'

export interface FigureSubject {
  change: TrackedChange
  deltas: DeltaFile[]
  files: RememberedFiles
  /** Files of the change, relative to its directory. */
  list: string[]
  /** Is told of each figure whose freshness is looked at, and when the change has definitions of its own. */
  watch?: { looked(name: string): void; overlaid(): void }
}

/** The figures of a verification: first its changes, then what belongs to none. */
export interface VerifyFigures {
  judge(subject: FigureSubject): JudgedFigures
  /** Takes over what a change that need not be judged again says of figures. */
  recall(judged: Pick<JudgedFigures, 'assertions' | 'cited'>): void
  /** Whether a figure of the repository is fresh, and why not; undefined for a name that is none. */
  standingOf(name: string): Pick<MeasuredFigure, 'state' | 'reason'> | undefined
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

interface OpenParts {
  workspace: Workspace
  figures: RepositoryFigures
  /** Count what is bound and what is not. */
  covers: boolean
}

class OpenFigures implements VerifyFigures {
  readonly findings: Finding[]
  readonly coverage: Coverage = { bound: 0, unbound: 0 }
  readonly #parts: OpenParts
  /** Of the repository: what is counted in a change has no former value. */
  readonly #former: FormerIndex
  readonly #isHistory: (path: string) => boolean
  readonly #assertions: Assertion[] = []
  readonly #cited = new Set<string>()

  constructor(parts: OpenParts) {
    this.findings = parts.figures.findings
    this.#parts = parts
    this.#former = formerIndexOf(parts.figures.measured)
    this.#isHistory = historyOf(parts.figures)
  }

  judge({ change, deltas, files, list, watch }: FigureSubject): JudgedFigures {
    const { figures } = this.#parts
    const { measured, overlaid, findings } = readChangeFigures(figures, { change, deltas, files })
    if (overlaid) watch?.overlaid()
    const former = overlaid ? formerIndexOf(measured) : this.#former
    const { directory } = change
    const artifacts = artifactsOf(files, { directory, list, isHistory: this.#isHistory })
    this.#cover(artifacts.map(({ path, text }) => ({ file: path, text, kind: 'prose' })))
    const watched = watch
      ? { ...measured, figures: new WatchedFigures(measured.figures, watch.looked) }
      : measured
    const judged = judgeChangeFigures({ change, artifacts, measured: watched, former, definitions: findings })
    this.recall(judged)
    return { ...judged, digest: () => this.#digestOf(judged.cited) }
  }

  recall({ assertions, cited }: Pick<JudgedFigures, 'assertions' | 'cited'>): void {
    this.#assertions.push(...assertions)
    for (const name of cited) this.#cited.add(name)
  }

  standingOf(name: string): Pick<MeasuredFigure, 'state' | 'reason'> | undefined {
    const figure = this.#parts.figures.measured.figures.get(name)
    return figure && { state: figure.state, reason: figure.reason }
  }

  judgeRepository(main: MainSpecs): Finding[] {
    const { workspace, figures } = this.#parts
    const { texts, findings } = repositoryTexts(workspace, figures, main)
    this.#cover(texts)
    const judged = judgeRepositoryFigures({
      texts,
      measured: figures.measured,
      former: this.#former,
      deltas: this.#assertions,
      cited: this.#cited,
    })
    return [...findings, ...judged]
  }

  #cover(texts: FigureText[]): void {
    if (!this.#parts.covers) return
    for (const each of texts) {
      const { bound, unbound } = coverageOf(each)
      this.coverage.bound += bound
      this.coverage.unbound += unbound
    }
  }

  /** Of the values that the artifacts rest on, times and commits aside; null when they bind none. */
  #digestOf(cited: string[]): string | null {
    const { lock } = this.#parts.figures
    const lines = cited.map(name => `${name} ${JSON.stringify(lock.get(name)?.value ?? null)}\n`)
    return lines.length === 0 ? null : digestOf(lines.join(''))
  }
}
