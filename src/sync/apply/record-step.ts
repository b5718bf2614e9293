import type { DocumentEntry } from '../../change/registry/registry-edits.ts'
import { OpsxError } from '../../errors.ts'
import { appendLedger } from '../../ledger/append-ledger.ts'
import type { Tracker } from '../../ports/tracker.ts'
import type { Workspace } from '../../ports/workspace.ts'
import type { ChangePlan, LedgerLines, Step } from '../plan/sync-plan.ts'

export type ActionType = 'move' | 'comment' | 'describe' | 'mirror' | 'record' | 'escalate'

export interface ActionResult {
  change: string
  action: ActionType
  /** `existed`: the comment was there already, from a run that died. */
  outcome: 'done' | 'existed' | 'failed'
  error: string | null
}

export interface ApplyResult {
  results: ActionResult[]
  /** Ledger lines written, per proposal path, in order; publishing replays them on the committed text. */
  written: Map<string, LedgerLines[]>
  /** First failure of Linear that a step met; null when everything happened. */
  failure: OpsxError | null
  /** Documents created or updated, for the registry's commit. */
  registered: DocumentEntry[]
  /** Failure that ended the run before its end: the key was refused, or the budget is used up. */
  stopped: OpsxError | null
}

export interface ApplyPorts {
  workspace: Workspace
  /** Path of the registry, which lists documents. */
  registry: string
  /** Null when Linear cannot be reached; then a plan has no effects there. */
  tracker: Tracker | null
  /** Called before each change. */
  progress?: (change: string) => void
}

interface Writing {
  ports: ApplyPorts
  result: ApplyResult
}

/** A refused key or a used-up budget is not an attempt at this transition. Every other failure is recorded once. */
export function recordFailure(change: ChangePlan, step: Step, error: OpsxError, writing: Writing): void {
  const deferred = error.code === 'LINEAR_AUTH' || error.code === 'LINEAR_RATE_LIMITED'
  const at = step.record?.entries[0]?.at ?? step.mirror?.at
  if (!step.failure || deferred || !at) return
  const { why, ...entry } = step.failure
  const note = why === undefined ? error.message : `${why}; ${error.message}`
  writeLines(change.file, { entries: [{ at, ...entry, note }], keys: {} }, writing)
}

export function writeLines(file: string, lines: LedgerLines, { ports, result }: Writing): void {
  const { workspace } = ports
  const text = workspace.read(file)
  if (text === undefined) {
    throw new OpsxError('FILE_UNREADABLE', `${file} was removed while opsx was running.`, {
      hint: 'Run the command again. opsx finds the updates that already reached Linear.',
    })
  }
  const next = appendLedger(text, lines)
  if (next === text) return
  try {
    workspace.write(file, next, text)
  } catch (error) {
    // An editor saved the file in between: its text is the one to append to.
    if (!(error instanceof OpsxError) || error.code !== 'FILE_CHANGED') throw error
    writeLines(file, lines, { ports, result })
    return
  }
  result.written.set(file, [...(result.written.get(file) ?? []), lines])
}
