import { CHANGES, changeDirectories } from '../change/change-directories.ts'
import { namedChanges, nameIn } from '../change/named-changes.ts'
import { OpsxError } from '../errors.ts'
import type { Finding } from '../findings/finding.ts'
import type { Clock } from '../ports/clock.ts'
import type { Git, PublishResult } from '../ports/git.ts'
import type { RunLock } from '../ports/lock.ts'
import type { LinearData, Tracker, TrackerAccess, TrackerUsage } from '../ports/tracker.ts'
import type { Workspace } from '../ports/workspace.ts'
import { applyPlan } from './apply/apply-plan.ts'
import type { ApplyResult } from './apply/record-step.ts'
import { isBound } from './bound-issue.ts'
import type { Intent, PlanOptions, Snapshot } from './plan/change-facts.ts'
import { planUnchecked } from './plan/plan-outage.ts'
import type { SyncPlan } from './plan/sync-plan.ts'
import { proposedTexts, readingAs } from './proposed-texts.ts'
import { type Publishing, publishLedger } from './publish.ts'
import {
  planWithDetails,
  requireRegistry,
  takeFileSnapshot,
  withLinearData,
  withSections,
} from './snapshot.ts'

export interface SyncPorts {
  workspace: Workspace
  git: Git
  lock: RunLock
  clock: Clock
  linear: TrackerAccess
  /** Shows what is being done. */
  progress(text: string): void
}

export interface SyncRequest {
  names: string[]
  archived?: boolean
  dryRun?: boolean
  offline?: boolean
  describe?: boolean
  force?: boolean
  publishing?: Publishing
  intent?: Intent
  /** The caller already has the run lock. */
  locked?: boolean
  /** What the caller has just read from Linear, with the tracker that read it. */
  seen?: { tracker: Tracker; linear: LinearData }
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
export async function runSync(ports: SyncPorts, request: SyncRequest): Promise<SyncOutcome> {
  const release = request.dryRun || request.locked ? () => {} : ports.lock.acquire()
  try {
    return await syncLocked(ports, request)
  } finally {
    release()
  }
}

async function syncLocked(ports: SyncPorts, request: SyncRequest): Promise<SyncOutcome> {
  const { workspace, git } = ports
  const how = request.publishing ?? 'none'
  const taken = how === 'pull-request' ? proposedTexts(git, workspace) : NOTHING_PROPOSED
  const snapshot = await snapshotOf(ports, request, taken)
  const looked = snapshot.changes
    .filter(change => snapshot.selected.has(change.name) && isBound(change))
    .map(({ name }) => name)
  const reason = looked.length === 0 ? UNBOUND : await unchecked(ports, snapshot, request)
  const decided =
    reason === null
      ? await planWithLinear(ports, snapshot, request)
      : { plan: planWithoutLinear(snapshot, planOptions(ports, request), reason), tracker: null }
  const { tracker } = decided
  const plan = { ...decided.plan, findings: [...unreadableFindings(snapshot), ...decided.plan.findings] }
  const usage = () => tracker?.usage() ?? UNUSED
  if (request.dryRun) return { plan, applied: UNTOUCHED, published: null, usage: usage(), looked }
  for (const [path, text] of taken) workspace.write(path, text)
  const progress = tracker ? { progress: progressOf(ports, plan) } : {}
  const applied = await applyPlan(plan, { workspace, registry: snapshot.registry.path, tracker, ...progress })
  const { written, registered } = applied
  const publication = { how, taken: [...taken.keys()], written, registered, snapshot, workspace }
  return { plan, applied, published: publishLedger(git, publication), usage: usage(), looked }
}

async function snapshotOf(
  { workspace, git }: SyncPorts,
  request: SyncRequest,
  taken: ReadonlyMap<string, string>,
): Promise<Snapshot> {
  const known = changeDirectories(workspace, { archived: 'all' })
  const names = request.names.map(name => nameIn(known, name))
  const seen = { workspace: readingAs(workspace, taken), git: git.facts(CHANGES) }
  const snapshot = takeFileSnapshot({ ...request, names, ...seen })
  requireRegistry(snapshot.registry)
  namedChanges(snapshot.changes, names)
  return withSections(seen.workspace, snapshot, request.describe === true)
}

const NOTHING_PROPOSED: ReadonlyMap<string, string> = new Map()

const UNUSED: TrackerUsage = { requests: 0, mutations: 0 }

/** Of changes that cannot be read: without a finding the run would look complete. */
function unreadableFindings({ changes, selected }: Snapshot): Finding[] {
  const all = changes.filter(({ name }) => selected.has(name)).flatMap(({ findings }) => findings)
  return all.filter(({ code }) => code === 'binding/unreadable' || code === 'change/unreadable')
}

const UNBOUND = 'the change is not bound to an issue'

/** Why Linear is not read; null when it is. A checkout without a key is not an error. */
async function unchecked(ports: SyncPorts, snapshot: Snapshot, request: SyncRequest): Promise<string | null> {
  if (request.offline) return '--offline was given'
  const hasKey = await ports.linear.hasCredential({ slug: snapshot.registry.workspace.slug })
  return hasKey ? null : 'there is no LINEAR_API_KEY'
}

/** Changes without an issue need no answer of Linear, so their absence is not a finding. */
function planWithoutLinear(snapshot: Snapshot, options: PlanOptions, reason: string): SyncPlan {
  const plan = planUnchecked(snapshot, options, reason)
  if (reason !== UNBOUND) return plan
  return { ...plan, findings: plan.findings.filter(({ code }) => code !== 'board/not-checked') }
}

async function planWithLinear(
  ports: SyncPorts,
  snapshot: Snapshot,
  request: SyncRequest,
): Promise<{ plan: SyncPlan; tracker: Tracker }> {
  const slug = snapshot.registry.workspace.slug
  const tracker = request.seen?.tracker ?? (await ports.linear.tracker({ slug }))
  ports.progress('reading the board…')
  const linear = request.seen?.linear
  const options = planOptions(ports, request)
  const seen = linear ? { ...snapshot, linear } : await withLinearData(tracker, snapshot)
  const plan = await planWithDetails(tracker, seen, options).catch(error => {
    if (!(error instanceof OpsxError) || error.code !== 'LINEAR_UNAVAILABLE') throw error
    return planWithDetails(tracker, { ...snapshot, linear: null, outage: error.message }, options)
  })
  if (plan.gate) throw plan.gate
  return { plan, tracker }
}

function planOptions({ clock }: SyncPorts, { describe, force, intent }: SyncRequest): PlanOptions {
  const decided = intent ? { intent } : {}
  return { now: clock.now(), describe: describe === true, force: force === true, ...decided }
}

function progressOf(ports: SyncPorts, plan: SyncPlan): (change: string) => void {
  let at = 0
  return change => {
    at += 1
    ports.progress(`${at}/${plan.changes.length} ${change}`)
  }
}
