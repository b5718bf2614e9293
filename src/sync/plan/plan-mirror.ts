import { projectOf } from '../../change/registry/resolve-team.ts'
import { rankOf } from '../../change/states.ts'
import { type Finding, finding } from '../../findings/finding.ts'
import type { NewEntry } from '../../ledger/append-ledger.ts'
import { timestampOf } from '../../ledger/timestamp.ts'
import { decideMirror, isMirrored, type MirrorAction, type MirrorRefusal, mirrorId } from '../mirror.ts'
import { isRecorded, MIRROR } from '../recorded.ts'
import {
  type BoundFacts,
  NOTHING_NEEDED,
  only,
  type PlannedChange,
  placeOf,
  recordOnly,
} from './change-facts.ts'
import type { MirrorNeed, Step } from './sync-plan.ts'

/**
 * Brings the project documents of an archived change up to date before the issue is Done. Only
 * for a change that is archived on the default branch, and until it once succeeded.
 */
export function planMirror(facts: BoundFacts): PlannedChange {
  const { change, snapshot } = facts
  const { registry } = snapshot
  if (!change.archived || !registry.archiveDocuments.enabled || !isDue(facts)) return only()
  const { project } = projectOf(change.binding, registry)
  const sources = snapshot.mirrors.get(change.name) ?? []
  if (sources.length === 0) return only()
  if (!project?.id) return notMirrored(facts, 'dropped', unboundReason(facts, project?.slug))
  const open = sources.filter(({ capability, digest }) => {
    return facts.mirrored.get(`${project.slug}/${capability}`) !== digest
  })
  if (open.every(source => isMirrored(source, project.documents[source.capability]))) return finished(facts)
  const seen = snapshot.documents.get(project.id)
  if (!seen) {
    const ids = open.flatMap(({ capability }) => [
      mirrorId(project.id ?? '', capability),
      project.documents[capability]?.id ?? [],
    ])
    const need: MirrorNeed = { project: project.id, ids: ids.flat(), titles: open.map(({ title }) => title) }
    return { ...only(), needs: { ...NOTHING_NEEDED, documents: [need] } }
  }
  if (seen.project === null) {
    const reason = `Linear has no project ${project.id} that this key may see`
    return notMirrored(facts, 'failed', reason)
  }
  const decided = open.flatMap(source => {
    return decideMirror(source, { project, seen, force: facts.options.force === true }) ?? []
  })
  const actions = decided.filter(isAction)
  for (const { source } of actions) facts.mirrored.set(`${project.slug}/${source.capability}`, source.digest)
  return planned(facts, { slug: project.slug, actions, refusals: decided.filter(each => !isAction(each)) })
}

function isAction(decided: MirrorAction | MirrorRefusal): decided is MirrorAction {
  return decided.kind === 'create' || decided.kind === 'update'
}

/** Once with the transition; again after a failure, and after a refusal with `--force`. */
function isDue({ recorded, change, options }: BoundFacts): boolean {
  if (recorded === null || rankOf(recorded) < rankOf('Done')) return true
  const last = change.ledger.entries.findLast(({ transition }) => transition === MIRROR)
  return last?.outcome === 'failed' || (last?.outcome === 'dropped' && options.force === true)
}

function unboundReason({ change }: BoundFacts, slug: string | undefined): string {
  if (slug !== undefined) return `project ${slug} has no id in openspec/linear.yaml`
  const { project } = change.binding
  return project === null ? 'no project is bound' : `project ${project} is not in openspec/linear.yaml`
}

/** Recorded once per outcome, and no obstacle for Done. */
function notMirrored(facts: BoundFacts, outcome: 'dropped' | 'failed', note: string): PlannedChange {
  const severity = outcome === 'failed' ? 'warning' : 'info'
  const found = finding('mirror/not-written', severity, { reason: note }, placeOf(facts.change))
  if (isRecorded(facts.change.ledger, MIRROR, outcome)) return only(found)
  const entry: NewEntry = { at: timestampOf(facts.options.now), transition: MIRROR, outcome, note }
  const step = { ...recordOnly('mirror', null, null), reason: note, record: { entries: [entry], keys: {} } }
  return { ...only(found), steps: [step] }
}

/** Nothing to send; a failure that the log still shows is over. */
function finished(facts: BoundFacts): PlannedChange {
  const entries = successEntries(facts, 'the documents are up to date')
  if (entries.length === 0) return only()
  const record = { entries, keys: {} }
  return {
    ...only(),
    steps: [{ ...recordOnly('mirror', null, null), reason: 'nothing left to mirror', record }],
  }
}

function planned(
  facts: BoundFacts,
  { slug, actions, refusals }: { slug: string; actions: MirrorAction[]; refusals: MirrorRefusal[] },
): PlannedChange {
  const findings = refusals.map(refusal => refusalFinding(refusal, facts))
  if (actions.length === 0 && refusals.length === 0) return finished(facts)
  const note = `${refusals.length} of ${refusals.length + actions.length} documents left alone: ${refusals
    .map(({ title }) => title)
    .slice(0, 3)
    .join(', ')}`
  const at = timestampOf(facts.options.now)
  const { ledger } = facts.change
  const dropped: NewEntry[] =
    refusals.length === 0 || isRecorded(ledger, MIRROR, 'dropped')
      ? []
      : [{ at, transition: MIRROR, outcome: 'dropped', note }]
  const entries =
    refusals.length > 0 ? dropped : successEntries(facts, `${actions.length} documents mirrored`)
  const step: Step = {
    ...recordOnly('mirror', null, null),
    reason: actions.length > 0 ? 'the main specs have changed' : note,
    mirror: actions.length > 0 ? { project: slug, actions, at } : null,
    record: entries.length > 0 ? { entries, keys: {} } : null,
    failure: isRecorded(ledger, MIRROR, 'failed') ? null : { transition: MIRROR, outcome: 'failed' },
  }
  return { ...only(), findings, steps: [step] }
}

/** Success is logged only after an entry that it was missing. */
function successEntries(facts: BoundFacts, note: string): NewEntry[] {
  const { ledger } = facts.change
  const missing = isRecorded(ledger, MIRROR, 'failed') || isRecorded(ledger, MIRROR, 'dropped')
  if (!missing) return []
  return [{ at: timestampOf(facts.options.now), transition: MIRROR, outcome: 'posted', note }]
}

function refusalFinding(refusal: MirrorRefusal, { change }: BoundFacts): Finding {
  const place = placeOf(change)
  return refusal.kind === 'foreign'
    ? finding('mirror/foreign-edit', 'warning', { title: refusal.title, who: refusal.who }, place)
    : finding('mirror/unresolved-comments', 'warning', { title: refusal.title, count: refusal.count }, place)
}
