import type { Finding } from '../../findings/finding.ts'
import type { TrackedChange } from '../../ledger/ledger.ts'
import { trackChange } from '../../ledger/track-change.ts'
import type { Workspace } from '../../ports/workspace.ts'
import { readMainSpecs } from '../../specs/read-specs.ts'
import { type Coverage, coverageOf } from '../bindings/coverage.ts'
import type { FigureText } from '../bindings/parse-bindings.ts'
import type { Assertion } from '../comparison/compare-text.ts'
import { isUnbuilt } from '../comparison/text-severity.ts'
import { formerIndexOf } from '../former-values/former-index.ts'
import { repositoryTexts } from '../reading/figure-texts.ts'
import { type FigureChange, readEachFigureChange } from '../reading/read-figure-sources.ts'
import { requireRepositoryFigures } from '../reading/read-figures.ts'
import { type ChangeFigureFindings, judgeChangeFigures } from './judge-change-figures.ts'
import { judgeRepositoryFigures } from './judge-repository-figures.ts'

export interface CheckedFigures {
  /** Unsorted. The severity of a finding depends on the phase of its change. */
  findings: Finding[]
  coverage: Coverage
}

/**
 * Checks the figures of the named changes. Without names, it checks all active changes, main specs and scanned files.
 * Runs no command. Throws FIGURES_UNREADABLE when there is no figures.yaml.
 */
export function runCheck({ workspace }: { workspace: Workspace }, names: string[]): CheckedFigures {
  const figures = requireRepositoryFigures(workspace)
  const { measured } = figures
  const former = formerIndexOf(measured)
  const coverage = { bound: 0, unbound: 0 }
  const changes = readEachFigureChange(workspace, { figures, names }, each => {
    count(coverage, textsOf(each))
    return judged(each, each.overlaid ? formerIndexOf(each.measured) : former)
  })
  const findings = [...figures.findings, ...changes.flatMap(each => each.findings)]
  if (names.length > 0) return { findings, coverage }
  const around = repositoryTexts(workspace, figures, readMainSpecs(workspace))
  count(coverage, around.texts)
  const deltas: Assertion[] = changes.flatMap(each => each.assertions)
  const cited = changes.flatMap(each => each.cited)
  findings.push(...around.findings)
  findings.push(...judgeRepositoryFigures({ texts: around.texts, measured, former, deltas, cited }))
  return { findings, coverage }
}

function judged(
  { change, artifacts, measured, findings: definitions }: FigureChange,
  former: ReturnType<typeof formerIndexOf>,
): Omit<ChangeFigureFindings, 'rows'> {
  const { findings, assertions, cited } = judgeChangeFigures({
    change,
    artifacts,
    measured,
    former,
    definitions,
  })
  const tracked = trackChange(change)
  return { findings: findings.map(each => inPhase(each, tracked)), assertions, cited }
}

/** Lowers the severity as `opsx verify` does: in a new change, and for values that open tasks may still change. */
function inPhase(finding: Finding, change: TrackedChange): Finding {
  return change.phase === 'Backlog' || isUnbuilt(finding, change) ? { ...finding, severity: 'info' } : finding
}

function textsOf({ artifacts }: FigureChange): FigureText[] {
  return artifacts.map(({ path, text }) => ({ file: path, text, kind: 'prose' }))
}

function count(coverage: Coverage, texts: FigureText[]): void {
  for (const each of texts) {
    const { bound, unbound } = coverageOf(each)
    coverage.bound += bound
    coverage.unbound += unbound
  }
}
