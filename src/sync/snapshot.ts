import { readChanges } from '../change/read-changes.ts'
import { readRegistry } from '../change/registry/read-registry.ts'
import type { Registry } from '../change/registry/registry.ts'
import { phaseNamed } from '../change/states.ts'
import { OpsxError } from '../errors.ts'
import { withoutFigureComments } from '../figures/bindings/marked-comments.ts'
import type { TrackedChange } from '../ledger/ledger.ts'
import { trackChange } from '../ledger/track-change.ts'
import type { GitFacts } from '../ports/git.ts'
import type { LinearData, ProjectDocuments, Tracker } from '../ports/tracker.ts'
import type { Workspace } from '../ports/workspace.ts'
import { readDeltaNames, SPECS } from '../specs/read-specs.ts'
import { contentDigest, type MirrorSource, mirrorTitle } from './mirror.ts'
import type { PlanOptions, Snapshot } from './plan/change-facts.ts'
import { planSync } from './plan/plan-sync.ts'
import { isNeedy, type MirrorNeed, type SyncPlan } from './plan/sync-plan.ts'
import { isMirrorMissing } from './recorded.ts'

export interface SnapshotRequest {
  workspace: Workspace
  git: GitFacts | undefined
  /** Names asked for; empty for all. */
  names: string[]
  /** Take every archived change, not only those with an unfinished log. */
  archived?: boolean
}

/** The files' half of a snapshot: registry, changes, git facts, and the description sections that may be due. */
export function takeFileSnapshot(request: SnapshotRequest): Snapshot {
  const { workspace, names } = request
  const registry = readRegistry(workspace)
  const known = readChanges(workspace, { archived: 'all' }).map(trackChange)
  const named = new Set(names)
  const changes = known.filter(change => isLive(change) || request.archived || named.has(change.name))
  const selected = changes.filter(change => named.size === 0 || named.has(change.name))
  return {
    registry,
    changes,
    selected: new Set(selected.map(change => change.name)),
    git: request.git,
    linear: null,
    details: new Map(),
    comments: new Map(),
    sections: new Map(),
    mirrors: mirrorsOf(workspace, selected, registry),
    documents: new Map(),
    outage: '',
  }
}

/** Active, or archived with a log that has not reached Done: `sync` finishes those. */
function isLive(change: TrackedChange): boolean {
  if (!change.archived) return !change.twin
  const { entries, lastSyncedState: recorded } = change.ledger
  const finished = recorded !== null && phaseNamed(recorded) === 'Done'
  return entries.length > 0 && (!finished || isMirrorMissing(entries))
}

/** The snapshot with the section of each described change; the Markdown parser is loaded only when there is one. */
export async function withSections(
  workspace: Workspace,
  snapshot: Snapshot,
  always: boolean,
): Promise<Snapshot> {
  const described = describedChanges(snapshot, always)
  if (described.length === 0) return snapshot
  const { readSections } = await import('./read-sections.ts')
  return { ...snapshot, sections: readSections(workspace, described) }
}

/** Open changes whose description opsx maintains, or with `always` each one that has a proposal. */
export function describedChanges({ changes, selected }: Snapshot, always: boolean): TrackedChange[] {
  return changes.filter(
    ({ name, proposal, archived, ledger }) =>
      selected.has(name) &&
      !archived &&
      proposal?.hasContent === true &&
      (always || Boolean(ledger.descriptionDigest)),
  )
}

/** The main specs of today that archived changes touched; a capability that has ended has none. */
function mirrorsOf(
  workspace: Workspace,
  changes: TrackedChange[],
  registry: Registry,
): Map<string, MirrorSource[]> {
  const archived = registry.archiveDocuments.enabled ? changes.filter(isMirrorable) : []
  return new Map(
    archived.map(({ name, directory }) => {
      const sources = readDeltaNames(workspace, directory).flatMap((capability): MirrorSource[] => {
        const text = workspace.read(`${SPECS}/${capability}/spec.md`)
        if (text === undefined) return []
        const content = withoutFigureComments(text)
        const title = mirrorTitle(registry, capability)
        return [{ capability, title, content, digest: contentDigest(content) }]
      })
      return [name, sources]
    }),
  )
}

function isMirrorable({ archived, binding, proposal }: TrackedChange): boolean {
  return (
    archived && proposal !== null && (binding.source === 'frontmatter' || binding.source === 'change-file')
  )
}

/** Throws NOT_CONFIGURED when there is no linear.yaml with a workspace and teams. */
export function requireRegistry(registry: Registry): void {
  if (registry.dialect !== 'none') return
  throw new OpsxError(
    'NOT_CONFIGURED',
    `${registry.path} is missing or empty, so opsx does not know which Linear workspace to sync with.`,
    {
      hint: 'Run opsx init --local for the embedded Linear, or opsx init --workspace SLUG --team KEY for a real one.',
    },
  )
}

/** UUIDs where known, else identifiers. */
function issueRefsOf(changes: TrackedChange[]): string[] {
  const refs = changes.map(change => change.binding.id ?? change.binding.identifier)
  return [...new Set(refs.filter(ref => ref !== null))]
}

/**
 * The state of Linear for these changes: organization, every registered team (an issue may have moved to another one) and all
 * issues, in one request per 3,500 issues.
 */
export function readLinearData(
  tracker: Tracker,
  changes: TrackedChange[],
  registry: Registry,
): Promise<LinearData> {
  const teams = registry.teams.map(team => team.key)
  return tracker.readLinearData({ teams, issues: issueRefsOf(changes) })
}

/** Adds what Linear has; when it cannot be reached `board` stays null, and the plan records what is due as failed. */
export async function withLinearData(tracker: Tracker, snapshot: Snapshot): Promise<Snapshot> {
  const asked = snapshot.changes.filter(
    change => change.binding.source !== 'link' && change.proposal !== null,
  )
  try {
    return { ...snapshot, linear: await readLinearData(tracker, asked, snapshot.registry) }
  } catch (error) {
    if (error instanceof OpsxError && error.code === 'LINEAR_UNAVAILABLE')
      return { ...snapshot, outage: error.message }
    throw error
  }
}

/**
 * Plans, reads what the plan still needs from Linear (comments that prove a transition, who moved an
 * issue, the text around our section), and plans again. Without needs there is no second request.
 */
export async function planWithDetails(
  tracker: Tracker,
  snapshot: Snapshot,
  options: PlanOptions,
): Promise<SyncPlan> {
  const first = planSync(snapshot, options)
  if (first.gate || !isNeedy(first.needs)) return first
  const { issues, comments: asked, documents: mirrored = [] } = first.needs
  const documents = await readMirrors(tracker, mirrored)
  if (issues.length + asked.length === 0) return planSync({ ...snapshot, documents }, options)
  const seen = await tracker.inspect(first.needs)
  const details = new Map(seen.issues.map(detail => [detail.id, detail]))
  const comments = new Map(seen.comments.map(comment => [comment.id, comment]))
  return planSync({ ...snapshot, details, comments, documents }, options)
}

/** One look per project, whatever number of changes ask. */
async function readMirrors(
  tracker: Tracker,
  needs: readonly MirrorNeed[],
): Promise<Map<string, ProjectDocuments>> {
  const documents = new Map<string, ProjectDocuments>()
  for (const project of new Set(needs.map(need => need.project))) {
    const all = needs.filter(need => need.project === project)
    const ids = [...new Set(all.flatMap(need => need.ids))]
    const titles = [...new Set(all.flatMap(need => need.titles))]
    documents.set(project, await tracker.readDocuments({ project, ids, titles }))
  }
  return documents
}
