import { ARCHIVE } from '../change/change-directories.ts'
import { namedChanges } from '../change/named-changes.ts'
import { readEachChange } from '../change/read-changes.ts'
import { readRegistry } from '../change/registry/read-registry.ts'
import { sharedIssueFindings } from '../change/shared-issue.ts'
import { type Finding, finding } from '../findings/finding.ts'
import type { TrackedChange } from '../ledger/ledger.ts'
import { isParked } from '../ledger/rounds.ts'
import { recordedSyncState, type SyncState } from '../ledger/sync-state.ts'
import { trackChange } from '../ledger/track-change.ts'
import type { LinearPorts } from './remote-sync-states.ts'
import { type ArtifactPorts, type ChangeArtifacts, readArtifacts } from './status-artifacts.ts'

export interface StatusRequest {
  /** Undefined for every change. */
  change: string | undefined
  archived: boolean
  /** Asks Linear. */
  remote: boolean
}

export interface StatusRow {
  change: TrackedChange
  syncState: SyncState
  /** Review rounds. */
  maximum: number
  parked: boolean
}

export interface StatusOverview {
  rows: StatusRow[]
  findings: Finding[]
  /** Number of archived changes, when there is nothing else to show. */
  unlisted: number
  /** What the schema of the one change asks for that was named; reading it for all would cost a walk of each. */
  artifacts: (ChangeArtifacts & { change: string }) | null
}

/** What is known of every change from files, or of one with its artifacts. No network without `remote`, and no git. */
export async function runStatus(
  ports: LinearPorts & ArtifactPorts,
  { change: name, archived: withArchived, remote }: StatusRequest,
): Promise<StatusOverview> {
  const { workspace } = ports
  const registry = readRegistry(workspace)
  const archived = withArchived || name !== undefined ? 'all' : 'none'
  const all = readEachChange(workspace, { archived }, change => withoutTexts(trackChange(change)))
  const changes = namedChanges(all, name === undefined ? [] : [name])
  const syncStates = remote ? await readRemote(ports, changes) : null
  const rows = changes.map(change => ({
    change,
    syncState: syncStates?.get(change.directory) ?? recordedSyncState(change),
    maximum: change.ledger.maxReviewRounds ?? registry.maxReviewRounds,
    parked: !change.archived && isParked(change.ledger),
  }))
  const findings = [
    ...registry.findings,
    ...changes.flatMap(change => change.findings),
    ...sharedIssueFindings(changes),
    ...rows.filter(row => row.parked).map(parkedFinding),
  ]
  const nothing = rows.length === 0 && archived === 'none'
  const unlisted = nothing ? workspace.list(ARCHIVE).filter(({ directory }) => directory).length : 0
  const [first] = changes
  const artifacts = name !== undefined && first ? readArtifacts(ports, first) : null
  return {
    rows,
    findings,
    unlisted,
    artifacts: artifacts && first ? { ...artifacts, change: first.name } : null,
  }
}

/** Loads what reads Linear only when it is asked. */
async function readRemote(ports: LinearPorts, changes: TrackedChange[]): Promise<Map<string, SyncState>> {
  const { readSyncStates } = await import('./remote-sync-states.ts')
  return readSyncStates(ports, changes)
}

/** The table may be too narrow to show who has to decide. */
function parkedFinding({ change, maximum }: StatusRow): Finding {
  const round = change.ledger.reviewRound ?? 0
  return finding('sync/parked', 'warning', { round, maximum }, { change: change.name })
}

/** A change without the texts of its files: binding, ledger, counts and findings, which the table shows. */
function withoutTexts(change: TrackedChange): TrackedChange {
  const { proposal, tasks, verifyReport } = change
  const { file, decision, line } = verifyReport
  return {
    ...change,
    proposal: proposal && { ...proposal, text: '', frontmatter: { ...proposal.frontmatter, data: {} } },
    tasks: tasks && { ...tasks, boxes: [] },
    verifyReport: { file, decision, line, digest: null },
  }
}
