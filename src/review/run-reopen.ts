import { parseVerifyReport } from '../change/parse-verify-report.ts'
import { isTerminal, type Phase } from '../change/states.ts'
import { OpsxError } from '../errors.ts'
import type { TrackedChange } from '../ledger/ledger.ts'
import type { Workspace } from '../ports/workspace.ts'
import { recordedPhaseOf } from '../sync/recorded.ts'
import { runSync, type SyncOutcome, type SyncPorts } from '../sync/run-sync.ts'
import { requireReason, requireRecorded, trackedChange } from './decision.ts'
import { readSuperseded, renewBaseLocks } from './reopened-change.ts'

/**
 * Plans first, so that a checkout or a key that may not update Linear changes no file; then moves an archived directory
 * back, unchecks the decision of its old verify.md, and syncs. A run that was killed is finished by the next one.
 */
export async function runReopen(
  ports: SyncPorts,
  request: { change: string; reason: string | undefined; offline: boolean },
): Promise<SyncOutcome> {
  const reason = requireReason(request.reason)
  const { workspace } = ports
  const release = ports.lock.acquire()
  try {
    const change = trackedChange(workspace, request.change)
    const from = endOf(change)
    const intent = { change: change.name, to: 'In Progress' as const, from, note: `reopened: ${reason}` }
    const sync = { names: [change.name], intent, locked: true, offline: request.offline }
    requireRecorded(await runSync(ports, { ...sync, dryRun: true }))
    const directory = `openspec/changes/${change.name}`
    const superseded = change.archived ? readSuperseded(workspace, change) : []
    if (change.archived) workspace.move(change.directory, directory)
    uncheckDecision(workspace, directory, change)
    renewBaseLocks(workspace, directory)
    const outcome = requireRecorded(await runSync(ports, sync))
    const plan = { ...outcome.plan, findings: [...superseded, ...outcome.plan.findings] }
    return { ...outcome, plan }
  } finally {
    release()
  }
}

/** The old decision stays readable; the next `opsx verify --write`, or a person, checks a new one. */
function uncheckDecision(workspace: Workspace, directory: string, { verifyReport }: TrackedChange): void {
  const path = `${directory}/${verifyReport.file}`
  const before = verifyReport.file === null ? undefined : workspace.read(path)
  if (before === undefined || verifyReport.file === null) return
  let text = before
  for (let round = 0; round < 5; round += 1) {
    const { line } = parseVerifyReport(text, verifyReport.file).report
    const lines = text.split('\n')
    const checked = line === null ? undefined : lines[line - 1]
    if (line === null || checked === undefined || !/\[[xX]\]/.test(checked)) break
    lines[line - 1] = checked.replace(/\[[xX]\]/, '[ ]')
    text = lines.join('\n')
  }
  if (text !== before) workspace.write(path, text, before)
}

/** What the change is taken back from; TRANSITION_REFUSED when it has not ended. */
function endOf(change: TrackedChange): Phase {
  if (change.archived) return 'Done'
  const recorded = recordedPhaseOf(change)
  if (isTerminal(change.phase)) return change.phase
  if (recorded !== null && recorded !== 'unknown' && isTerminal(recorded)) return recorded
  throw new OpsxError('TRANSITION_REFUSED', `${change.name} has not ended: it is ${change.phase}.`, {
    hint: 'opsx reopen works for archived, canceled and duplicate changes.',
  })
}
