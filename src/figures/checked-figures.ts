import { changeDirectories } from '../change/change-directories.ts'
import { filesOf } from '../change/files-of.ts'
import { namedChanges } from '../change/named-changes.ts'
import { changeReader } from '../change/read-changes.ts'
import { rememberFiles } from '../change/remember-files.ts'
import type { Finding } from '../findings/finding.ts'
import { trackChange } from '../ledger/track-change.ts'
import type { Workspace } from '../ports/workspace.ts'
import { readDeltas, readMainSpecs } from '../specs/read-specs.ts'
import { readFigureFacts } from '../verify/reading/read-figure-facts.ts'
import { severityNow } from '../verify/severity.ts'
import { type Coverage, coverageOf } from './bindings/coverage.ts'
import type { FigureText } from './bindings/parse-bindings.ts'
import { artifactsOf, historyOf, repositoryTexts } from './figure-texts.ts'
import { readFigures } from './read-figures.ts'

export interface CheckedFigures {
  /** In no order; at the severity that the phase of their change gives them. */
  findings: Finding[]
  coverage: Coverage
}

/** Findings about figures of the named changes, or of all active ones with everything around them; null without figures.yaml. */
export function checkFigures(workspace: Workspace, names: string[]): CheckedFigures | null {
  const repository = readFigures(workspace)
  const figures = readFigureFacts(workspace)
  if (!figures || !repository) return null
  const coverage: Coverage = { bound: 0, unbound: 0 }
  const count = (text: FigureText) => {
    const { bound, unbound } = coverageOf(text)
    coverage.bound += bound
    coverage.unbound += unbound
  }
  const active = changeDirectories(workspace, { archived: 'none' }).map(each => ({
    ...each,
    directory: each.path,
  }))
  const isHistory = historyOf(repository)
  const read = changeReader(workspace)
  const main = readMainSpecs(workspace)
  const judged = namedChanges(active, names).map(directory => {
    const files = rememberFiles(workspace)
    const change = trackChange(read(directory, files))
    const { deltas } = readDeltas(files, directory.path)
    const list = filesOf(files, directory.path)
    for (const { path, text } of artifactsOf(files, { directory: directory.path, list, isHistory }))
      count({ file: path, text, kind: 'prose' })
    const found = figures.judge({ change, deltas, files, list })
    const findings = found.findings.map(each => ({
      ...each,
      severity: severityNow(each, 'correctness', { change }),
    }))
    return { assertions: found.assertions, cited: found.cited, findings }
  })
  const findings = [...figures.findings, ...judged.flatMap(each => each.findings)]
  if (names.length > 0) return { findings, coverage }
  for (const each of repositoryTexts(workspace, repository, main).texts) count(each)
  return { findings: [...findings, ...figures.judgeRepository(main, judged)], coverage }
}
