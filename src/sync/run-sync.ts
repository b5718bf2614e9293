import type { Context } from '../adapters/context.ts'
import { changeDirectories } from '../change/change-directories.ts'
import { namedChanges, nameIn } from '../change/named-changes.ts'
import { OpsxError } from '../errors.ts'
import type { Finding } from '../findings/finding.ts'
import type { PublishResult } from '../ports/git.ts'
import type { Board, Tracker, TrackerUsage } from '../ports/tracker.ts'
import type { Workspace } from '../ports/workspace.ts'
import { printable } from '../report/style.ts'
import { type ApplyResult, applyPlan } from './apply.ts'
import type { Intent, PlanOptions, Snapshot } from './change-facts.ts'
import type { SyncPlan } from './plan.ts'
import { planUnchecked } from './plan-outage.ts'
import { proposedTexts, readingAs } from './proposed-texts.ts'
import { type Publishing, publishLedger } from './publish.ts'
import { isBound } from './shared-issue.ts'
import { planWithDetails, requireRegistry, takeFileSnapshot, withBoard, withSections } from './snapshot.ts'

export interface SyncRequest {
  names: string[]
  archived?: boolean
  dryRun?: boolean
  offline?: boolean
  describe?: boolean
  force?: boolean
  publishing?: Publishing
  intent?: Intent
  /** The caller already holds the run lock. */
  locked?: boolean
  /** A board that the caller has just read, with the tracker that read it. */
  seen?: { tracker: Tracker; board: Board }
}

export interface SyncOutcome {
  plan: SyncPlan
  applied: ApplyResult
  published: PublishResult | null
  usage: TrackerUsage
  /** Names of the bound changes among those asked for. */
  looked: string[]
}

const UNTOUCHED: ApplyResult = {
  results: [],
  written: new Map(),
  registered: [],
  failure: null,
  stopped: null,
}

/**
 * One sync: lock, snapshot, plan, apply, publish. Throws the gate's refusal before anything is written, and whatever
 * ends a run (a refused key, a used-up budget while reading).
 */
export async function runSync(context: Context, request: SyncRequest): Promise<SyncOutcome> {
  const release = request.dryRun || request.locked ? () => {} : (await context.lock()).acquire()
  try {
    return await syncLocked(context, request)
  } finally {
    release()
  }
}

async function syncLocked(context: Context, request: SyncRequest): Promise<SyncOutcome> {
  const workspace = context.workspace()
  const git = await context.git()
  const taken = request.publishing === 'pull-request' ? proposedTexts(git, workspace) : NOTHING_PROPOSED
  const known = changeDirectories(workspace, { archived: 'all' })
  const names = request.names.map(name => nameIn(known, name))
  const seen = { workspace: readingAs(workspace, taken), git: git.facts('openspec/changes') }
  const files = takeFileSnapshot({ ...request, names, ...seen })
  const snapshot = await withSections(seen.workspace, files, request.describe === true)
  requireRegistry(snapshot.registry)
  namedChanges(snapshot.changes, names)
  const looked = snapshot.changes
    .filter(change => snapshot.selected.has(change.name) && isBound(change))
    .map(({ name }) => name)
  const broken = brokenFindings(snapshot)
  const how = request.publishing ?? 'none'
  const publish = (applied: ApplyResult) =>
    publishLedger(git, { how, taken: [...taken.keys()], ...writtenBy(applied), snapshot, workspace })
  const reason = looked.length === 0 ? UNBOUND : await unchecked(context, snapshot, request)
  if (reason !== null) {
    const planned = planUnchecked(snapshot, planOptions(context, request), reason)
    const said =
      looked.length === 0
        ? planned.findings.filter(({ code }) => code !== 'board/not-checked')
        : planned.findings
    const plan = { ...planned, findings: [...broken, ...said] }
    if (request.dryRun) return { plan, applied: UNTOUCHED, published: null, usage: UNUSED, looked }
    writeAll(workspace, taken)
    const applied = await applyPlan(plan, { workspace, registry: snapshot.registry.path, tracker: null })
    return { plan, applied, published: publish(applied), usage: UNUSED, looked }
  }
  const tracker = request.seen?.tracker ?? (await context.tracker({ slug: snapshot.registry.workspace.slug }))
  const decided = await decide(context, { tracker, snapshot, request })
  if (decided.gate) throw decided.gate
  const plan = { ...decided, findings: [...broken, ...decided.findings] }
  if (request.dryRun) return { plan, applied: UNTOUCHED, published: null, usage: tracker.usage(), looked }
  writeAll(workspace, taken)
  const applied = await applyPlan(plan, {
    workspace,
    registry: snapshot.registry.path,
    tracker,
    progress: progressOf(context, plan),
  })
  return { plan, applied, published: publish(applied), usage: tracker.usage(), looked }
}

const NOTHING_PROPOSED: ReadonlyMap<string, string> = new Map()

function writeAll(workspace: Workspace, texts: ReadonlyMap<string, string>): void {
  for (const [path, text] of texts) workspace.write(path, text)
}

function writtenBy({ written, registered }: ApplyResult): Pick<ApplyResult, 'written' | 'registered'> {
  return { written, registered }
}

const UNUSED: TrackerUsage = { requests: 0, mutations: 0 }

/** Changes that may be bound and cannot be read: silence would look like being in step. */
function brokenFindings({ changes, selected }: Snapshot): Finding[] {
  const told = changes.filter(({ name }) => selected.has(name)).flatMap(({ findings }) => findings)
  return told.filter(({ code }) => code === 'binding/unreadable' || code === 'change/unreadable')
}

const UNBOUND = 'the change is not bound to an issue'

/** Why the board is not asked; null when it is. A checkout without a key is no error (LIFECYCLE §1). */
async function unchecked(context: Context, snapshot: Snapshot, request: SyncRequest): Promise<string | null> {
  if (request.offline) return '--offline was given'
  const hasKey = await context.hasCredential({ slug: snapshot.registry.workspace.slug })
  return hasKey ? null : 'there is no LINEAR_API_KEY'
}

async function decide(
  context: Context,
  { tracker, snapshot, request }: { tracker: Tracker; snapshot: Snapshot; request: SyncRequest },
): Promise<SyncPlan> {
  context.terminal.progress('reading the board…')
  const options = planOptions(context, request)
  const seen = request.seen ? { ...snapshot, board: request.seen.board } : await withBoard(tracker, snapshot)
  try {
    return await planWithDetails(tracker, seen, options)
  } catch (error) {
    if (!(error instanceof OpsxError) || error.code !== 'LINEAR_UNAVAILABLE') throw error
    return planWithDetails(tracker, { ...snapshot, board: null, outage: error.message }, options)
  }
}

function planOptions(context: Context, { describe, force, intent }: SyncRequest): PlanOptions {
  const decided = intent ? { intent } : {}
  return { now: context.clock.now(), describe: describe === true, force: force === true, ...decided }
}

function progressOf(context: Context, plan: SyncPlan): (change: string) => void {
  let at = 0
  return change => {
    at += 1
    context.terminal.progress(`${at}/${plan.changes.length} ${printable(change)}`)
  }
}
