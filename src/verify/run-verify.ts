import type { ChangeDirectory } from '../change/change-directories.ts'
import { OpsxError } from '../errors.ts'
import { type Finding, finding } from '../findings/finding.ts'
import type { Workspace } from '../ports/workspace.ts'
import { validateMainSpecs } from '../specs/validate-change.ts'
import { againstRef, type BaseEnvironment } from './against-ref.ts'
import type { JudgedFigures } from './facts.ts'
import { hasEnded, judgeChange, judgeUnreadable, withEvidence } from './judge-change.ts'
import { type ComparedChange, comparedChange, overlaps, readOthers, withOverlaps } from './overlaps.ts'
import { readChange } from './reading/read-change.ts'
import {
  type Repository,
  readRepository,
  readRepositoryAt,
  type VerifyPorts,
} from './reading/read-repository.ts'
import { selectChanges } from './select-changes.ts'
import { type Verification, type Verified, verifiedOf } from './verification.ts'

export interface VerifyRequest {
  /** Names of changes; empty for every active change. */
  names: string[]
  archived: boolean
  /** A branch or commit; findings that exist there do not fail the run. Null for the default of pull-request CI. */
  against: string | null
  /** Reports will be written, so evidence is read and the code digest covers what the branch touches now. */
  write: boolean
  /** Why the delta specs are still valid although an upstream artifact changed; null when no person confirmed it. */
  stillHolds: string | null
}

export interface VerifyOutcome {
  verified: Verified[]
  /** The reports to write; empty without `write`. */
  verifications: Verification[]
  /** Findings that belong to no change: main specs, registry, specs outside openspec/. */
  repository: Finding[]
  /** Result of the comparison with a reference; null without one. */
  against: Against | null
}

export interface Against {
  ref: string
  /** The findings at the merge base; null when the clone does not contain it. */
  known: Finding[] | null
}

/** Reads and judges changes; writes nothing. Throws CHANGE_NOT_FOUND, and GIT_FAILED for an unknown `--against`. */
export async function runVerify(
  { env, ...ports }: VerifyPorts & { env: BaseEnvironment },
  request: VerifyRequest,
): Promise<VerifyOutcome> {
  const { write, stillHolds } = request
  const selection = selectChanges(ports.workspace, request)
  const repository = await readRepository(ports, { selection, write, stillHolds })
  const outcome = verifyRepository(repository, request.names.length === 0)
  const ref = request.against ?? againstRef(env, repository.git?.facts)
  const against = ref === null ? null : await compareWith(ref, { ports, repository, request })
  if (against?.known !== null) return { ...outcome, against }
  const incomparable = finding('verify/cannot-compare', 'warning', { ref: against.ref })
  return { ...outcome, repository: [...outcome.repository, incomparable], against }
}

/** `everything`: also judges main specs and the figures of the repository. */
function verifyRepository(repository: Repository, everything: boolean): Omit<VerifyOutcome, 'against'> {
  const { selection, workspace, main, figures } = repository
  const judged = selection.selected.map(directory => verifyChange(repository, directory))
  const compared = judged.map(each => each.compared)
  const found = overlaps(selection.open, [...compared, ...readOthers(repository, compared)])
  const results = judged.map(({ result, active }) =>
    withOverlaps(result, (active && found.get(result.change.name)) || []),
  )
  const judgedFigures = judged.flatMap(each => each.figures ?? [])
  return {
    verified: results.map(verifiedOf),
    verifications: results.filter(each => 'evidence' in each),
    repository: [
      ...repository.registry.findings,
      ...(figures?.findings ?? []),
      ...(everything ? validateMainSpecs(main) : []),
      ...(everything ? (figures?.judgeRepository(main, judgedFigures) ?? []) : []),
      ...frontDoor(workspace),
    ],
  }
}

interface VerifiedChange {
  result: Verified | Verification
  /** True for a change that was read and has not ended; only for these overlap is reported. */
  active: boolean
  compared: ComparedChange
  figures: Pick<JudgedFigures, 'assertions' | 'cited'> | null
}

function verifyChange(repository: Repository, directory: ChangeDirectory): VerifiedChange {
  const reading = readChange(repository, directory)
  const compared = comparedChange(repository, directory, reading.deltas)
  if (reading.type === 'unreadable') {
    const result = verifiedOf(judgeUnreadable(reading.change, reading.reason))
    return { result, active: false, compared, figures: null }
  }
  const { facts } = reading
  const judgment = judgeChange(facts)
  return {
    result: (repository.write ? withEvidence(judgment, facts) : null) ?? verifiedOf(judgment),
    active: !hasEnded(judgment.change),
    compared,
    figures: facts.figures && { assertions: facts.figures.assertions, cited: facts.figures.cited },
  }
}

/** Specs outside openspec/. */
function frontDoor(workspace: Workspace): Finding[] {
  const directory = 'docs/superpowers/specs'
  return workspace
    .list(directory)
    .filter(entry => !entry.directory && entry.name.endsWith('.md'))
    .map(({ name }) => {
      const path = `${directory}/${name}`
      return finding('implementation/front-door', 'warning', { path }, { file: path, line: 1 })
    })
}

interface Comparison {
  ports: VerifyPorts
  repository: Repository
  request: VerifyRequest
}

/** Verifies the files at the merge base with a ref. */
async function compareWith(ref: string, { ports, repository, request }: Comparison): Promise<Against> {
  const { git } = ports
  const base = git.mergeBase(ref)
  const workspace = base === null ? undefined : git.workspaceAt(base, 'openspec')
  if (!workspace) {
    if (request.against === null || git.workspaceAt(ref, 'openspec')) return { ref, known: null }
    throw new OpsxError('GIT_FAILED', `--against ${ref}: this clone has no such branch, tag or commit.`, {
      hint: 'Fetch it (fetch-depth: 0 in GitHub Actions), or name a commit of this clone.',
    })
  }
  const selection = selectChanges(workspace, { names: [], archived: request.archived })
  const there = verifyRepository(await readRepositoryAt(repository, { workspace, selection }), true)
  return {
    ref,
    known: [...there.repository, ...there.verified.flatMap(({ findings }) => findings)],
  }
}
