import type { CachedFiles } from '../../change/cached-files.ts'
import { digestOf } from '../../change/decision-digest.ts'
import { type FormerIndex, formerIndexOf } from '../../figures/former-values/former-index.ts'
import { judgeChangeFigures } from '../../figures/judging/judge-change-figures.ts'
import { judgeRepositoryFigures } from '../../figures/judging/judge-repository-figures.ts'
import { artifactsOf, historyOf, repositoryTexts } from '../../figures/reading/figure-texts.ts'
import { type RepositoryFigures, readChangeFigures, readFigures } from '../../figures/reading/read-figures.ts'
import type { Finding } from '../../findings/finding.ts'
import type { TrackedChange } from '../../ledger/ledger.ts'
import type { Workspace } from '../../ports/workspace.ts'
import type { DeltaFile, MainSpecs } from '../../specs/read-specs.ts'
import type { JudgedFigures } from '../facts.ts'

export interface FigureSubject {
  change: TrackedChange
  deltas: DeltaFile[]
  files: CachedFiles
  /** Files of the change, relative to its directory. */
  list: string[]
}

/** The figures of a repository. */
export interface FigureFacts {
  /** Problems of definitions and values. */
  findings: Finding[]
  judge(subject: FigureSubject): JudgedFigures
  /** Findings in main specs, scanned files and claims; a change among `judged` may already fix a value. */
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
  /** Former values of the figures of the repository; figures counted in a change have none. */
  former: FormerIndex
  isHistory(path: string): boolean
}

function judgeChange(
  { figures, former, isHistory }: FigureParts,
  { change, deltas, files, list }: FigureSubject,
): JudgedFigures {
  const { measured, overlaid, findings } = readChangeFigures(figures, { change, deltas, files })
  const { directory } = change
  const judged = judgeChangeFigures({
    change,
    artifacts: artifactsOf(files, { directory, list, isHistory }),
    measured,
    former: overlaid ? formerIndexOf(measured) : former,
    definitions: findings,
  })
  return { ...judged, digest: () => valueDigest(judged.cited, figures) }
}

/** Digest of the values of figures, without times and commits; null without figures. */
function valueDigest(names: string[], { lock }: RepositoryFigures): string | null {
  const lines = names.map(name => `${name} ${JSON.stringify(lock.get(name)?.value ?? null)}\n`)
  return lines.length === 0 ? null : digestOf(lines.join(''))
}
