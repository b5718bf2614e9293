import type { RememberedFiles } from '../../change/remember-files.ts'
import { digestOf } from '../../change/verdict-digest.ts'
import { readChangeFigures } from '../../figures/change-figures.ts'
import { artifactsOf, historyOf, repositoryTexts } from '../../figures/figure-texts.ts'
import { type RepositoryFigures, readFigures } from '../../figures/read-figures.ts'
import { type FormerIndex, formerIndexOf } from '../../figures/sweep/former-index.ts'
import type { Finding } from '../../findings/finding.ts'
import type { TrackedChange } from '../../ledger/ledger.ts'
import type { Workspace } from '../../ports/workspace.ts'
import type { DeltaFile, MainSpecs } from '../../specs/read-specs.ts'
import type { JudgedFigures } from '../figure-row.ts'
import { judgeFigures } from '../rules/figures.ts'
import { judgeRepositoryFigures } from '../rules/repository-figures.ts'

export interface FigureSubject {
  change: TrackedChange
  deltas: DeltaFile[]
  files: RememberedFiles
  /** Files of the change, relative to its directory. */
  list: string[]
}

/** The figures of a repository. */
export interface FigureFacts {
  /** What is wrong with definitions and values. */
  findings: Finding[]
  judge(subject: FigureSubject): JudgedFigures
  /** Main specs, scanned files and claims; a change among `judged` may already fix a value. */
  judgeRepository(main: MainSpecs, judged: Pick<JudgedFigures, 'assertions' | 'cited'>[]): Finding[]
}

/** Reads definitions and lock; null without figures.yaml. Runs no command. */
export function readFigureFacts(workspace: Workspace): FigureFacts | null {
  const figures = readFigures(workspace)
  if (!figures) return null
  const parts = { figures, former: formerIndexOf(figures.measured), isHistory: historyOf(figures) }
  return {
    findings: figures.findings,
    judge: subject => judgeChange(parts, subject),
    judgeRepository(main, judged) {
      const { texts, findings } = repositoryTexts(workspace, figures, main)
      return [
        ...findings,
        ...judgeRepositoryFigures({
          texts,
          measured: figures.measured,
          former: parts.former,
          deltas: judged.flatMap(({ assertions }) => assertions),
          cited: judged.flatMap(({ cited }) => cited),
        }),
      ]
    },
  }
}

interface FigureParts {
  figures: RepositoryFigures
  /** Of the repository: what is counted in a change has no former value. */
  former: FormerIndex
  isHistory(path: string): boolean
}

function judgeChange(
  { figures, former, isHistory }: FigureParts,
  { change, deltas, files, list }: FigureSubject,
): JudgedFigures {
  const { measured, overlaid, findings } = readChangeFigures(figures, { change, deltas, files })
  const { directory } = change
  const judged = judgeFigures({
    change,
    artifacts: artifactsOf(files, { directory, list, isHistory }),
    measured,
    former: overlaid ? formerIndexOf(measured) : former,
    definitions: findings,
  })
  return { ...judged, digest: () => valueDigest(judged.cited, figures) }
}

/** Of the values of figures, without times and commits; null without figures. */
function valueDigest(names: string[], { lock }: RepositoryFigures): string | null {
  const lines = names.map(name => `${name} ${JSON.stringify(lock.get(name)?.value ?? null)}\n`)
  return lines.length === 0 ? null : digestOf(lines.join(''))
}
