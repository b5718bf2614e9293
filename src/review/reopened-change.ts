import { readArchivedDeltas } from '../archive/archived-deltas.ts'
import { reopenedFingerprints } from '../archive/reopened-lock.ts'
import { supersededFindings } from '../archive/superseded.ts'
import type { Finding } from '../findings/finding.ts'
import type { Workspace } from '../ports/workspace.ts'
import { formatBaseLock, parseBaseLock } from '../specs/base-lock.ts'
import { readDeltas, readMainSpecs } from '../specs/read-specs.ts'

/** Requirements of an archived change that later archives have touched again; read before it moves back. */
export function readSuperseded(
  workspace: Workspace,
  { name, directory }: { name: string; directory: string },
): Finding[] {
  const archived = readArchivedDeltas(workspace)
  const own = archived.findIndex(({ archive }) => directory.endsWith(`/${archive}`))
  const change = archived[own]
  return change ? supersededFindings({ name, deltas: change.deltas }, archived.slice(own + 1)) : []
}

/** Lets the delta of a reopened change go on from its own folded text; see reopenedFingerprints. */
export function renewBaseLocks(workspace: Workspace, directory: string): void {
  const main = readMainSpecs(workspace)
  for (const { capability, delta, lock } of readDeltas(workspace, directory).deltas) {
    const recorded = lock && parseBaseLock(lock.text).lock
    if (!lock || !recorded) continue
    const spec = main.get(capability)?.spec ?? null
    const requirements = reopenedFingerprints(delta, spec, recorded.requirements)
    const text = formatBaseLock({ ...recorded, requirements })
    if (text !== lock.text) workspace.write(lock.path, text)
  }
}
