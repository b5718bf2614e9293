import { OpsxError } from '../../errors.ts'
import { appendLedger } from '../../ledger/append-ledger.ts'
import type { Tracker } from '../../ports/tracker.ts'
import type { ChangePlan, LedgerLines, Step, SyncPlan } from '../plan/sync-plan.ts'
import { applyMirror } from './apply-mirror.ts'
import {
  type ActionResult,
  type ActionType,
  type ApplyPorts,
  type ApplyResult,
  recordFailure,
  writeLines,
} from './record-step.ts'

/**
 * Performs a plan: per change in order, each step's effects and then its ledger lines, for exactly what happened. A
 * failure ends that change only; a refused key or an exhausted budget ends the run.
 */
export async function applyPlan(plan: SyncPlan, ports: ApplyPorts): Promise<ApplyResult> {
  const result: ApplyResult = {
    results: [],
    written: new Map(),
    registered: [],
    failure: null,
    stopped: null,
  }
  for (const change of plan.changes) {
    ports.progress?.(change.change)
    const failure = await applyChange(change, ports, result)
    if (!failure) continue
    result.failure ??= failure
    if (failure.code === 'LINEAR_AUTH' || failure.code === 'LINEAR_RATE_LIMITED') {
      result.stopped = failure
      break
    }
  }
  return result
}

async function applyChange(
  change: ChangePlan,
  ports: ApplyPorts,
  result: ApplyResult,
): Promise<OpsxError | null> {
  let mirrored = 0
  for (const planned of change.steps) {
    const step = withMirrored(planned, mirrored)
    try {
      tryEdit(change.file, step, ports)
      if (step.mirror && ports.tracker) {
        const applied = await applyMirror(step.mirror, change, ports, result)
        mirrored = applied.done
        if (applied.stopped) return applied.stopped
        if (applied.failure) {
          recordFailure(change, step, applied.failure, { ports, result })
          continue
        }
      }
      const failure = await applyStep(change, step, ports, result)
      if (failure) return failure
    } catch (error) {
      if (!(error instanceof OpsxError) || !isAboutFile(error)) throw error
      const withFile = new OpsxError(error.code, `${change.file}: ${error.message}`, {
        hint: error.hint ?? '',
      })
      result.results.push({
        change: change.change,
        action: 'record',
        outcome: 'failed',
        error: withFile.message,
      })
      return withFile
    }
  }
  return null
}

async function applyStep(
  change: ChangePlan,
  step: Step,
  ports: ApplyPorts,
  result: ApplyResult,
): Promise<OpsxError | null> {
  const { tracker } = ports
  const report = (action: ActionType, outcome: ActionResult['outcome'], error: string | null = null) =>
    result.results.push({ change: change.change, action, outcome, error })
  let running: ActionType = 'record'
  let missing: OpsxError | null = null
  try {
    if (step.comment && tracker) {
      running = step.kind === 'escalate' ? 'escalate' : 'comment'
      const said = await tryComment(step.comment, tracker)
      missing = typeof said === 'string' ? null : said
      report(running, typeof said === 'string' ? said : 'failed', missing?.message ?? null)
    }
    if (step.move && tracker) {
      running = 'move'
      await moveIssue(step.move, tracker)
      report('move', 'done')
    }
    if (step.describe && tracker) {
      running = 'describe'
      await tracker.describe(step.describe.issueId, step.describe.text)
      report('describe', 'done')
    }
  } catch (error) {
    if (!(error instanceof OpsxError) || !error.code.startsWith('LINEAR_')) throw error
    report(running, 'failed', error.message)
    recordFailure(change, step, error, { ports, result })
    return error
  }
  if (step.record) {
    writeLines(change.file, withMissingComment(step, missing), { ports, result })
    report('record', 'done')
  }
  return missing
}

/** The note of a transition has the number of documents that were written before it. */
function withMirrored(step: Step, count: number): Step {
  const [first, ...rest] = step.record?.entries ?? []
  if (count === 0 || step.to !== 'Done' || !step.record || !first) return step
  const note = `${first.note}; ${count} document${count === 1 ? '' : 's'} mirrored`
  return { ...step, record: { ...step.record, entries: [{ ...first, note }, ...rest] } }
}

function isAboutFile({ code }: OpsxError): boolean {
  return code === 'EDIT_REFUSED' || code === 'FILE_UNREADABLE' || code === 'FILE_NOT_WRITTEN'
}

/** The ledger lines are checked before anything is sent to Linear. */
function tryEdit(file: string, { record }: Step, { workspace }: ApplyPorts): void {
  const text = workspace.read(file)
  if (record && text !== undefined) appendLedger(text, record)
}

/** The move follows although Linear refused the comment; any other failure stops it. */
async function tryComment(
  comment: NonNullable<Step['comment']>,
  tracker: Tracker,
): Promise<'done' | 'existed' | OpsxError> {
  try {
    return (await tracker.comment(comment)) === 'created' ? 'done' : 'existed'
  } catch (error) {
    if (error instanceof OpsxError && error.code === 'LINEAR_REFUSED') return error
    throw error
  }
}

async function moveIssue(move: NonNullable<Step['move']>, tracker: Tracker): Promise<void> {
  const state = await tracker.move(move.issueId, move.stateId)
  if (state.id === move.stateId) return
  throw new OpsxError(
    'LINEAR_REFUSED',
    `Linear was asked for state "${move.to}" and answered "${state.name}".`,
  )
}

/** Effects other than the transition are logged only when they did not happen. */
function withMissingComment(step: Step, missing: OpsxError | null): LedgerLines {
  const lines = step.record ?? { entries: [], keys: {} }
  const [first] = lines.entries
  if (!missing || !first) return lines
  const entry = {
    at: first.at,
    transition: `${step.to ?? step.kind} milestone comment`,
    outcome: 'failed' as const,
    note: missing.message,
  }
  return { ...lines, entries: [...lines.entries, entry] }
}
