import type { Context } from '../adapters/context.ts'
import type { Change } from '../change/change.ts'
import { type ChangeDirectory, changeDirectories } from '../change/change-directories.ts'
import { namedChange } from '../change/named-changes.ts'
import { OpsxError } from '../errors.ts'
import { FIGURES_FILE } from '../figures/lock/lock.ts'
import { type Finding, finding } from '../findings/finding.ts'
import type { GitFacts } from '../ports/git.ts'
import type { RunLock } from '../ports/lock.ts'
import type { Workspace } from '../ports/workspace.ts'
import type { DeltaFile } from '../specs/read-specs.ts'
import type { SyncOutcome } from '../sync/run-sync.ts'
import { judgeChange } from '../verify/judge-change.ts'
import { comparedChange, overlaps, readRivals, withOverlaps } from '../verify/overlaps.ts'
import { readChange } from '../verify/reading/read-change.ts'
import { type Repository, readRepository } from '../verify/reading/read-repository.ts'
import { applyArchive } from './apply-archive.ts'
import { type ArchivePlan, isRefused, planArchive } from './plan-archive.ts'
import type { Forcing } from './refusals.ts'
import { type Resumed, resumeArchive } from './resume-archive.ts'

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
  /** What is to be said besides refusals. */
  findings: Finding[]
  /** The board's side, when this checkout may finish it now. */
  board: SyncOutcome | null
  /** Why the board could not be asked; the files are archived all the same. */
  failure: OpsxError | null
}

/**
 * One archive: lock, finish what an earlier run left, plan, apply, and the board where it is due (LIFECYCLE §5). Nothing
 * is written when the plan is refused. Throws CHANGE_NOT_FOUND, TRANSITION_REFUSED, LOCKED and FILE_NOT_WRITTEN.
 */
export async function runArchive(context: Context, request: ArchiveRequest): Promise<ArchiveOutcome> {
  const lock = await context.lock()
  const release = request.dryRun ? () => {} : await lock.wait()
  try {
    return await archiveLocked(context, request, lock)
  } finally {
    release()
  }
}

async function archiveLocked(
  context: Context,
  request: ArchiveRequest,
  lock: RunLock,
): Promise<ArchiveOutcome> {
  const workspace = context.workspace()
  const resumed = request.dryRun ? null : resumeArchive(workspace, lock)
  const known = changeDirectories(workspace, { archived: 'all' })
  const directory = namedChange(
    known.map(each => ({ ...each, directory: each.path })),
    request.change,
  )
  const outcome: ArchiveOutcome = {
    change: directory.name,
    plan: null,
    resumed,
    writes: [],
    findings: [],
    board: null,
    failure: null,
  }
  if (directory.archived) return request.dryRun ? outcome : finishBoard(context, request, outcome)
  const { plan, facts, bound } = await readPlan(context, { workspace, known, directory, request })
  outcome.plan = plan
  if (request.dryRun || isRefused(plan)) return outcome
  const forced = plan.entries.length === 0 ? null : await recordForced(plan, workspace)
  outcome.writes = [...applyArchive({ plan, forced }, workspace, lock.self()), plan.to]
  if (!bound) return outcome
  if (!facts) return finishBoard(context, request, outcome)
  return { ...outcome, findings: [waitsFor(facts, outcome.change)] }
}

/** Editing YAML takes long to load, and most archives force nothing. */
async function recordForced(plan: ArchivePlan, workspace: Workspace) {
  const { forcedProposal } = await import('./forced-proposal.ts')
  return forcedProposal(plan, workspace)
}

/** What was archived a moment ago is on no branch yet, so the board waits for its commit (LIFECYCLE §1). */
function waitsFor({ defaultBranch }: Pick<GitFacts, 'defaultBranch'>, change: string): Finding {
  const branch = defaultBranch ?? 'the default branch'
  return finding('sync/waits-for-merge', 'info', { branch }, { change })
}

interface Reading {
  workspace: Workspace
  known: ChangeDirectory[]
  directory: ChangeDirectory
  request: ArchiveRequest
}

async function readPlan(context: Context, { workspace, known, directory, request }: Reading) {
  const git = await context.git()
  const open = known.filter(each => !each.archived)
  const repository = await readRepository(
    { workspace, git, version: context.version },
    {
      selection: { open, selected: [directory] },
      write: false,
      stillHolds: null,
      within: directory.path,
      skipUncommitted: true,
    },
  )
  const { verdict, deltas } = judgedChange(repository, directory)
  const { change } = verdict
  if (change.phase === 'Canceled' || change.phase === 'Duplicate') {
    throw new OpsxError('TRANSITION_REFUSED', `${change.name} has ended: it is ${change.phase}.`, {
      hint: `Take it back first: opsx reopen ${change.name} --reason "…"`,
    })
  }
  const archived = known.filter(each => each.archived).map(({ path }) => path.split('/').at(-1) ?? path)
  const lifted = await liftedFigures(workspace, change, deltas.deltas)
  const { registry, main } = repository
  const facts = { verdict, deltas, main, registry, figures: lifted, archived }
  const plan = planArchive(facts, { now: context.clock.now(), force: request.force })
  const source = change.binding.source
  const bound = source === 'frontmatter' || source === 'change-file'
  return { plan, facts: repository.git?.facts, bound: bound && registry.dialect !== 'none' }
}

function judgedChange(repository: Repository, directory: ChangeDirectory) {
  const reading = readChange(repository, directory)
  if (reading.type === 'unreadable') {
    throw new OpsxError('FILE_UNREADABLE', reading.reason, {
      hint: 'Make its files readable UTF-8 text first.',
    })
  }
  const { facts } = reading
  const compared = [comparedChange(repository, directory, reading.deltas)]
  const found = overlaps(repository.selection.open, [...compared, ...readRivals(repository, compared)])
  const verdict = withOverlaps(judgeChange(facts), found.get(directory.name) ?? [])
  return { verdict, deltas: facts.deltas }
}

async function liftedFigures(workspace: Workspace, { name, directory }: Change, deltas: DeltaFile[]) {
  const path = `${directory}/figures.yaml`
  const text = workspace.read(path)
  if (text === undefined) return { lifted: null, findings: [] }
  const { liftCited } = await import('./lift-cited.ts')
  return liftCited({ change: name, deltas, base: workspace.read(FIGURES_FILE), overlay: { path, text } })
}

/** Mirror, Done and ledger by an ordinary sync; that Linear fails takes nothing back. */
async function finishBoard(
  context: Context,
  request: ArchiveRequest,
  outcome: ArchiveOutcome,
): Promise<ArchiveOutcome> {
  try {
    const names = [outcome.change]
    const { runSync } = await import('../sync/run-sync.ts')
    const board = await runSync(context, { names, archived: true, locked: true, offline: request.offline })
    return { ...outcome, board }
  } catch (error) {
    if (!(error instanceof OpsxError)) throw error
    return error.code === 'NOT_CONFIGURED' ? outcome : { ...outcome, failure: error }
  }
}
