import type { TaskCount } from '../change/change.ts'
import type { Finding } from '../findings/finding.ts'
import type { TrackedChange } from '../ledger/ledger.ts'
import type { SyncState } from '../ledger/sync-state.ts'
import { type ArtifactsFacts, artifactsDocument, formatArtifacts } from './artifacts.ts'
import { findingDocument, formatFindings } from './findings.ts'
import { type Column, formatTable, printable, type Style } from './style.ts'

export interface StatusRow {
  change: TrackedChange
  syncState: SyncState
  maximum: number
  parked: boolean
}

export interface StatusFacts {
  rows: StatusRow[]
  findings: Finding[]
  /** Archived changes, when nothing else is there to be shown. */
  unlisted: number
  /** The artifacts of the first row; null unless the command names the change. */
  detail: ArtifactsFacts | null
}

/** `opsx/status@1` (FORMATS.md). */
export function statusDocument({ rows, findings, detail }: StatusFacts): Record<string, unknown> {
  const more = (index: number) => (detail && index === 0 ? artifactsDocument(detail) : {})
  return {
    changes: rows.map((row, index) => ({ ...changeDocument(row), ...more(index) })),
    findings: findings.map(findingDocument),
  }
}

function changeDocument({ change, syncState, maximum }: StatusRow): Record<string, unknown> {
  const { binding, ledger, tasks, verifyReport } = change
  return {
    change: change.name,
    path: change.directory,
    archived: change.archived,
    schema: change.schema,
    phase: change.phase,
    binding: {
      source: binding.source,
      id: binding.id,
      identifier: binding.identifier,
      url: binding.url,
      team: binding.team,
      project: binding.project,
    },
    board: syncState,
    ledger: {
      entries: ledger.entries.length,
      lastSyncedState: ledger.lastSyncedState,
      lastSyncedAt: ledger.lastSyncedAt,
      reviewRound: ledger.reviewRound,
      maxReviewRounds: ledger.maxReviewRounds ?? maximum,
    },
    tasks: tasks && { all: tasks.all, leaf: tasks.leaf, deferred: tasks.deferred, dropped: tasks.dropped },
    verify: { file: verifyReport.file, decision: verifyReport.decision },
  }
}

const CELLS = 5

/** A column without a single value is left out. */
const COLUMNS: Column[] = [
  { title: 'CHANGE', least: 16 },
  { title: 'ISSUE' },
  { title: 'PHASE' },
  { title: 'LAST SYNCED', least: 10 },
  { title: 'TASKS' },
  { title: 'VERIFY' },
  { title: 'ROUND', least: 5 },
]

/** The table, with the findings below it. */
export function formatStatus({ rows, findings, unlisted, detail }: StatusFacts, style: Style): string {
  if (rows.length === 0) {
    if (unlisted === 0) return 'There are no changes in openspec/changes. Start one with opsx new <change>.\n'
    return `No change is open; ${unlisted} ${unlisted === 1 ? 'is' : 'are'} archived: opsx status --archived. Start one with opsx new <change>.\n`
  }
  const cells = rows.map(row => cellsOf(row, style))
  const used = COLUMNS.map((_, index) => index === 0 || cells.some(row => row[index] !== '-'))
  const kept = <T>(items: T[]) => items.filter((_, index) => used[index])
  const table = formatTable(kept(COLUMNS), cells.map(kept), style)
  const problems = findings.length > 0 ? `\n${formatFindings(findings, style)}` : ''
  const artifacts = detail ? `\n${formatArtifacts(detail, style)}` : ''
  return `${table}\n${artifacts}${problems}`
}

function cellsOf({ change, syncState, maximum, parked }: StatusRow, style: Style): string[] {
  const { tasks, verifyReport, ledger } = change
  const round = ledger.reviewRound ?? 0
  return [
    printable(change.name),
    printable(change.binding.identifier ?? change.binding.id ?? '-') +
      (change.binding.source === 'link' ? '?' : ''),
    change.phase,
    syncedCell(syncState, style),
    tasks ? taskBar(tasks.leaf, style) : '-',
    verifyReport.decision === 'none' ? '-' : verifyReport.decision,
    parked ? `${round}/${maximum}, needs a person` : round > 0 ? `${round}/${maximum}` : '-',
  ]
}

/** The Linear state is left out when it equals the phase. */
function syncedCell({ state, relation }: SyncState, style: Style): string {
  const name = printable(state ?? '-')
  if (relation === 'in-step') return style.ok
  if (relation === 'unknown') return state ? `? ${name}` : '-'
  return `${style.warn} ${name}, ${relation}`
}

/** Five cells and the count. */
export function taskBar({ done, total }: TaskCount, style: Style): string {
  const filled = total === 0 ? 0 : Math.floor((done / total) * CELLS)
  return `${style.full.repeat(filled)}${style.empty.repeat(CELLS - filled)} ${done}/${total}`
}
