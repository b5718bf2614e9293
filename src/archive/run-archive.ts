import type { Change } from '../change/change.ts'
import { type ChangeDirectory, changeDirectories } from '../change/change-directories.ts'
import { namedChange } from '../change/named-changes.ts'
import { OpsxError } from '../errors.ts'
import { FIGURES_FILE } from '../figures/lock/lock.ts'
import { type Finding, finding } from '../findings/finding.ts'
import { appendLedger } from '../ledger/append-ledger.ts'
import type { GitFacts } from '../ports/git.ts'
import type { Workspace } from '../ports/workspace.ts'
import type { DeltaFile } from '../specs/read-specs.ts'
import { runSync, type SyncOutcome, type SyncPorts } from '../sync/run-sync.ts'
import { judgeChange } from '../verify/judge-change.ts'
import { comparedChange, overlaps, readOthers, withOverlaps } from '../verify/overlaps.ts'
import { readChange } from '../verify/reading/read-change.ts'
import { type Repository, readRepository } from '../verify/reading/read-repository.ts'
import { applyArchive, type Writing } from './apply-archive.ts'
import { liftCited } from './lift-cited.ts'
import { type ArchivePlan, isRefused, planArchive } from './plan-archive.ts'
import type { Forcing } from './refusals.ts'
import { type Resumed, resumeArchive } from './resume-archive.ts'

export interface ArchivePorts extends SyncPorts {
  /** Of opsx, for the facts of a verification. */
  version: string
}

export interface ArchiveRequest {
  change: string
  dryRun: boolean
  offline: boolean
  force: Forcing
}

export interface ArchiveOutcome {
  change: string
  /** Null when the change was in the archive already. */
  plan: ArchivePlan | null
  /** Of an earlier run. */
  resumed: Resumed | null
  /** Paths written, the moved directory last; empty when nothing moved. */
  writes: string[]
  /** Findings besides refusals. */
  findings: Finding[]
  /** The sync that followed, when this checkout may finish the change in Linear now. */
  board: SyncOutcome | null
  /** Why Linear could not be asked; the files are archived all the same. */
  failure: OpsxError | null
}

/**
 * One archive: lock, finish what an earlier run left, plan, apply, and the sync where it is due. Nothing
 * is written when the plan is refused. Throws CHANGE_NOT_FOUND, TRANSITION_REFUSED, LOCKED and FILE_NOT_WRITTEN.
 */
export async function runArchive(ports: ArchivePorts, request: ArchiveRequest): Promise<ArchiveOutcome> {
  const release = request.dryRun ? () => {} : await ports.lock.wait()
  try {
    return await archiveLocked(ports, request)
  } finally {
    release()
  }
}

async function archiveLocked(ports: ArchivePorts, request: ArchiveRequest): Promise<ArchiveOutcome> {
  const { workspace, lock } = ports
  const resumed = request.dryRun ? null : resumeArchive(workspace, lock)
  const known = changeDirectories(workspace, { archived: 'all' })
  const directory = namedChange(
    known.map(each => ({ ...each, directory: each.path })),
    request.change,
  )
  const change = directory.name
  const nothing = { plan: null, writes: [], findings: [], board: null, failure: null }
  const outcome: ArchiveOutcome = { change, resumed, ...nothing }
  if (directory.archived) return request.dryRun ? outcome : finishInLinear(ports, request, outcome)
  const { plan, facts, bound } = await readPlan(ports, { known, directory, request })
  outcome.plan = plan
  if (request.dryRun || isRefused(plan)) return outcome
  const forced = forcedProposal(plan, workspace)
  outcome.writes = [...applyArchive({ plan, forced }, workspace, lock), plan.to]
  if (!bound) return outcome
  if (!facts) return finishInLinear(ports, request, outcome)
  return { ...outcome, findings: [waitsFor(facts, change)] }
}

/** The proposal with the refusals that were forced in its ledger; null when none was. Throws EDIT_REFUSED. */
function forcedProposal({ from, entries }: ArchivePlan, workspace: Workspace): Writing | null {
  const path = `${from}/proposal.md`
  const before = workspace.read(path)
  if (entries.length === 0 || before === undefined) return null
  return { path, before, after: appendLedger(before, { entries, keys: {} }) }
}

/** The archive is not committed yet, so the issue is Done only after a later sync. */
function waitsFor({ defaultBranch }: Pick<GitFacts, 'defaultBranch'>, change: string): Finding {
  const branch = defaultBranch ?? 'the default branch'
  return finding('sync/waits-for-merge', 'info', { branch }, { change })
}

interface Reading {
  known: ChangeDirectory[]
  directory: ChangeDirectory
  request: ArchiveRequest
}

async function readPlan(ports: ArchivePorts, { known, directory, request }: Reading) {
  const { workspace, git, version, clock } = ports
  const open = known.filter(each => !each.archived)
  const repository = await readRepository(
    { workspace, git, version },
    {
      selection: { open, selected: [directory] },
      write: false,
      stillHolds: null,
      within: directory.path,
    },
  )
  const { judgment, deltas } = judgedChange(repository, directory)
  const { change } = judgment
  if (change.phase === 'Canceled' || change.phase === 'Duplicate') {
    throw new OpsxError('TRANSITION_REFUSED', `${change.name} has ended: it is ${change.phase}.`, {
      hint: `Reopen it first: opsx reopen ${change.name} --reason "…"`,
    })
  }
  const archived = known.filter(each => each.archived).map(({ path }) => path.split('/').at(-1) ?? path)
  const lifted = liftedFigures(workspace, change, deltas.deltas)
  const { registry, main } = repository
  const facts = { judgment, deltas, main, registry, figures: lifted, archived }
  const plan = planArchive(facts, { now: clock.now(), force: request.force })
  const source = change.binding.source
  const bound = source === 'frontmatter' || source === 'change-file'
  return { plan, facts: repository.git?.facts, bound: bound && registry.dialect !== 'none' }
}

function judgedChange(repository: Repository, directory: ChangeDirectory) {
  const reading = readChange(repository, directory)
  if (reading.type === 'unreadable') {
    throw new OpsxError('FILE_UNREADABLE', reading.reason, {
      hint: 'Make its files readable and UTF-8 first.',
    })
  }
  const { facts } = reading
  const compared = [comparedChange(repository, directory, reading.deltas)]
  const found = overlaps(repository.selection.open, [...compared, ...readOthers(repository, compared)])
  const judgment = withOverlaps(judgeChange(facts), found.get(directory.name) ?? [])
  return { judgment, deltas: facts.deltas }
}

function liftedFigures(workspace: Workspace, { name, directory }: Change, deltas: DeltaFile[]) {
  const path = `${directory}/figures.yaml`
  const text = workspace.read(path)
  if (text === undefined) return { lifted: null, findings: [] }
  return liftCited({ change: name, deltas, base: workspace.read(FIGURES_FILE), overlay: { path, text } })
}

/** Documents, Done and ledger by an ordinary sync; a failure of Linear does not undo the archive. */
async function finishInLinear(
  ports: ArchivePorts,
  { offline }: ArchiveRequest,
  outcome: ArchiveOutcome,
): Promise<ArchiveOutcome> {
  try {
    const board = await runSync(ports, { names: [outcome.change], archived: true, locked: true, offline })
    return { ...outcome, board }
  } catch (error) {
    if (!(error instanceof OpsxError)) throw error
    return error.code === 'NOT_CONFIGURED' ? outcome : { ...outcome, failure: error }
  }
}
