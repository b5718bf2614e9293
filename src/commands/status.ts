import type { Context } from '../adapters/context.ts'
import { ARCHIVE } from '../change/change-directories.ts'
import { namedChanges } from '../change/named-changes.ts'
import { readEachChange } from '../change/read-changes.ts'
import { readRegistry } from '../change/read-registry.ts'
import { sharedIssueFindings } from '../change/shared-issue.ts'
import { EXIT } from '../errors.ts'
import { type Finding, finding } from '../findings/finding.ts'
import type { TrackedChange } from '../ledger/ledger.ts'
import { isParked } from '../ledger/rounds.ts'
import { recordedStanding, type Standing } from '../ledger/standing.ts'
import { trackChange } from '../ledger/track-change.ts'
import { withoutTexts } from '../ledger/without-texts.ts'
import type { Report } from '../report/report.ts'
import { formatStatus, type StatusFacts, type StatusRow, statusDocument } from '../report/status.ts'
import type { GlobalOptions, Verb } from './verb.ts'

export interface StatusOptions extends GlobalOptions {
  archived?: boolean
  remote?: boolean
}

export const statusVerb: Verb<[change: string | undefined], StatusOptions> = {
  usage: 'status [change]',
  summary: 'where every change stands: issue, phase, state of record, tasks, review round',
  about:
    'Reads files only: no git, and no network without --remote. With the name of a change it also shows which artifacts its schema asks for and what is next.',
  example: 'opsx status\nopsx status add-dark-mode --remote\nopsx status --archived --json',
  roots: true,
  flags: command =>
    command
      .option('--archived', 'archived changes too')
      .option('--remote', 'ask Linear for the states of the issues'),
  run: (context, [change], options) => status(context, change, options),
}

/** No network without `--remote`, no git, no editing modules: this is the command that must start fastest. */
export async function status(
  context: Context,
  name: string | undefined,
  options: StatusOptions,
): Promise<Report> {
  const workspace = context.workspace()
  const registry = readRegistry(workspace)
  const archived = options.archived || name !== undefined ? 'all' : 'none'
  const all = readEachChange(workspace, { archived }, change => withoutTexts(trackChange(change)))
  const changes = namedChanges(all, name === undefined ? [] : [name])
  const standings = options.remote && !options.offline ? await remoteStandings(context, changes) : null
  const rows = changes.map(change => ({
    change,
    standing: standings?.get(change.directory) ?? recordedStanding(change),
    maximum: change.ledger.maxReviewRounds ?? registry.maxReviewRounds,
    parked: !change.archived && isParked(change.ledger),
  }))
  const findings = [
    ...registry.findings,
    ...changes.flatMap(change => change.findings),
    ...sharedIssueFindings(changes),
    ...rows.filter(row => row.parked).map(parkedFinding),
  ]
  const unlisted =
    rows.length === 0 && archived === 'none' ? workspace.list(ARCHIVE).filter(isDirectory).length : 0
  const [row] = rows
  const detail = name !== undefined && row ? await artifactsOf(context, row) : null
  const facts: StatusFacts = { rows, findings, unlisted, detail }
  return {
    schema: 'opsx/status@1',
    exitCode: EXIT.ok,
    get document() {
      return statusDocument(facts)
    },
    text: style => formatStatus(facts, style),
  }
}

/** Of one change asked for by name: reading them for every change would cost a walk of each. */
async function artifactsOf(context: Context, { change }: StatusRow): Promise<StatusFacts['detail']> {
  const { readArtifacts } = await import('../overview/status-artifacts.ts')
  const read = readArtifacts(context, change)
  return read && { ...read, change: change.name }
}

function isDirectory({ directory }: { directory: boolean }): boolean {
  return directory
}

/** The table may be too narrow to say who is waited for. */
function parkedFinding({ change, maximum }: StatusRow): Finding {
  const round = change.ledger.reviewRound ?? 0
  return finding('sync/parked', 'warning', { round, maximum }, { change: change.name })
}

async function remoteStandings(context: Context, changes: TrackedChange[]): Promise<Map<string, Standing>> {
  const { readStandings } = await import('../overview/remote-standings.ts')
  return readStandings(context, changes)
}
