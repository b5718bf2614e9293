import { parseTasks } from '../change/parse-tasks.ts'
import type { Finding } from '../findings/finding.ts'
import type { Clock } from '../ports/clock.ts'
import type { Workspace } from '../ports/workspace.ts'
import { renderVerify } from './render-verify.ts'
import type { Verification } from './verification.ts'

export interface WritePorts {
  workspace: Workspace
  clock: Clock
  /** Version of opsx. */
  version: string
}

export interface WriteRequest {
  verifications: Verification[]
  /** Specs outside openspec/, for section 6. */
  leaks: Finding[]
  /** Text of `templates/verify.md`. */
  template: string
}

/** Writes base locks and reports of all changes that are ready. Returns the paths of the files that changed. */
export function writeReports(ports: WritePorts, request: WriteRequest): string[] {
  return request.verifications
    .filter(({ ready }) => ready)
    .flatMap(verification => [
      ...verification.baseLocks.map(({ path, text }) => {
        ports.workspace.write(path, text)
        return path
      }),
      ...writeReport(ports, verification, request),
    ])
}

function writeReport(
  { workspace, clock, version }: WritePorts,
  verification: Verification,
  { template, leaks }: WriteRequest,
): string[] {
  const { change } = verification
  const path = `${change.directory}/${change.verifyReport.file ?? 'verify.md'}`
  const previous = workspace.read(path)
  const text = renderVerify({
    verification,
    previous,
    template,
    now: clock.now(),
    verifier: `opsx ${version}`,
    planRows: planRowsOf(workspace, change.directory),
    leaks,
  })
  if (text === previous) return []
  workspace.write(path, text, previous)
  return [path]
}

/** The `[~]` boxes of plan.md. */
function planRowsOf(workspace: Workspace, directory: string) {
  const path = `${directory}/plan.md`
  return parseTasks(workspace.read(path) ?? '', path)
    .tasks.boxes.filter(box => box.marker === '~')
    .map(({ id, text }) => ({ id, text }))
}
