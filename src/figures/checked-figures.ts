import { changeDirectories } from '../change/change-directories.ts'
import { filesOf } from '../change/files-of.ts'
import { namedChanges } from '../change/named-changes.ts'
import { changeReader } from '../change/read-changes.ts'
import { rememberFiles } from '../change/remember-files.ts'
import type { Finding } from '../findings/finding.ts'
import { trackChange } from '../ledger/track-change.ts'
import type { Workspace } from '../ports/workspace.ts'
import { readDeltas, readMainSpecs } from '../specs/read-specs.ts'
import { openFigures } from '../verify/reading/verify-figures.ts'
import { severityNow } from '../verify/severity.ts'
import type { Coverage } from './bindings/coverage.ts'

export interface CheckedFigures {
  /** In no order; at the severity that the phase of their change gives them. */
  findings: Finding[]
  coverage: Coverage
}

/** Findings about figures of the named changes, or of all active ones with everything around them; null without figures.yaml. */
export function checkFigures(workspace: Workspace, names: string[]): CheckedFigures | null {
  const figures = openFigures(workspace, { coverage: true })
  if (!figures) return null
  const active = changeDirectories(workspace, { archived: 'none' }).map(each => ({
    ...each,
    directory: each.path,
  }))
  const read = changeReader(workspace)
  const findings = namedChanges(active, names).flatMap(directory => {
    const files = rememberFiles(workspace)
    const change = trackChange(read(directory, files))
    const { deltas } = readDeltas(files, directory.path)
    const list = filesOf(files, directory.path)
    const judged = figures.judge({ change, deltas, files, list })
    return judged.findings.map(each => ({ ...each, severity: severityNow(each, 'correctness', { change }) }))
  })
  if (names.length === 0) findings.push(...figures.judgeRepository(readMainSpecs(workspace)))
  return { findings: [...figures.findings, ...findings], coverage: figures.coverage }
}
