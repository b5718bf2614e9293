import { registerDocuments } from '../../change/registry/registry-edits.ts'
import { OpsxError } from '../../errors.ts'
import type { LinearDocument, Tracker } from '../../ports/tracker.ts'
import { contentDigest, type MirrorAction } from '../mirror.ts'
import type { ChangePlan, Step } from '../plan/sync-plan.ts'
import type { ApplyPorts, ApplyResult } from './record-step.ts'

/** How many documents were written, and what went wrong. */
export interface AppliedMirror {
  done: number
  /** The first failure; Done follows all the same. */
  failure: OpsxError | null
  /** A refused key or a used-up budget, which ends the run. */
  stopped: OpsxError | null
}

/**
 * Writes the documents of one change, and their ids into the registry. One that Linear refuses does not stop the others;
 * when Linear is unavailable, the rest is left for another run.
 */
export async function applyMirror(
  mirror: NonNullable<Step['mirror']>,
  { change }: ChangePlan,
  ports: ApplyPorts,
  result: ApplyResult,
): Promise<AppliedMirror> {
  const applied: AppliedMirror = { done: 0, failure: null, stopped: null }
  const entries: ApplyResult['registered'] = []
  for (const action of mirror.actions) {
    const written = await tryWrite(action, ports.tracker)
    if (written instanceof OpsxError) {
      result.results.push({ change, action: 'mirror', outcome: 'failed', error: written.message })
      applied.failure ??= written
      if (written.code === 'LINEAR_AUTH' || written.code === 'LINEAR_RATE_LIMITED') applied.stopped = written
      if (written.code === 'LINEAR_REFUSED') continue
      break
    }
    applied.done += 1
    result.results.push({ change, action: 'mirror', outcome: 'done', error: null })
    const { capability, title, digest } = action.source
    const { id, url, content } = written
    entries.push({
      project: mirror.project,
      capability,
      id,
      url,
      title,
      digest,
      seen: contentDigest(content),
    })
  }
  remember(entries, ports, result)
  result.failure ??= applied.failure
  return applied
}

/** The document as Linear shows it now. An id of ours that is there already is a run that lost its answer. */
async function tryWrite(action: MirrorAction, tracker: Tracker | null): Promise<LinearDocument | OpsxError> {
  const { id, source } = action
  const { title, content } = source
  try {
    if (!tracker) throw new OpsxError('LINEAR_UNAVAILABLE', 'opsx did not contact Linear.')
    if (action.kind === 'create') {
      const created = await tracker.createDocument({ id, projectId: action.projectId, title, content })
      if (created) return created
    }
    return await tracker.updateDocument({ id, title, content })
  } catch (error) {
    if (error instanceof OpsxError && error.code.startsWith('LINEAR_')) return error
    throw error
  }
}

/** Without the ids, the next run finds the documents by their titles; so this file may fail. */
function remember(entries: ApplyResult['registered'], ports: ApplyPorts, result: ApplyResult): void {
  const { workspace, registry } = ports
  const text = workspace.read(registry)
  if (entries.length === 0 || text === undefined) return
  try {
    const next = registerDocuments(text, entries)
    if (next !== text) workspace.write(registry, next, text)
    result.registered.push(...entries)
    result.written.set(registry, result.written.get(registry) ?? [])
  } catch (error) {
    if (!(error instanceof OpsxError)) throw error
    result.failure ??= error
  }
}
