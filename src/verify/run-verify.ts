import type { ChangeDirectory } from '../change/change-directories.ts'
import { OpsxError } from '../errors.ts'
import { type Finding, finding } from '../findings/finding.ts'
import type { Workspace } from '../ports/workspace.ts'
import { validateMainSpecs } from '../specs/validate-change.ts'
import { againstRef, type BaseEnvironment } from './against-ref.ts'
import type { JudgedFigures } from './facts.ts'
import { hasEnded, judgeChange, judgeUnreadable, withEvidence } from './judge-change.ts'
import { type ComparedChange, comparedChange, overlaps, readRivals, withOverlaps } from './overlaps.ts'
import { type KnownFindings, knownFindings } from './pre-existing.ts'
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
  /** Empty for every active change. */
  names: string[]
  archived: boolean
  /** A commit or branch whose findings do not gate; null for the default of pull-request CI. */
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
  /** Null without a comparison. */
  against: Against | null
}

export interface Against {
  ref: string
  /** The findings there; null when the clone does not reach back to where the branch began. */
  known: KnownFindings | null
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

interface JudgedChange {
  directory: ChangeDirectory
  result: Verified | Verification
  /** Overlap is reported for it. */
  active: boolean
}

/** `everything`: also judges main specs and the figures of the repository. */
function verifyRepository(repository: Repository, everything: boolean): Omit<VerifyOutcome, 'against'> {
  const { selection, workspace, main, figures } = repository
  const judged = new Map<string, JudgedChange>()
  const compared: ComparedChange[] = []
  const judgedFigures: Pick<JudgedFigures, 'assertions' | 'cited'>[] = []
  for (const directory of selection.selected) {
    if (judged.has(directory.path)) continue
    const reading = readChange(repository, directory)
    const judgment =
      reading.type === 'read' ? judgeChange(reading.facts) : judgeUnreadable(reading.change, reading.reason)
    const verification =
      reading.type === 'read' && repository.write ? withEvidence(judgment, reading.facts) : null
    const active = reading.type === 'read' && !hasEnded(judgment.change)
    judged.set(directory.path, { directory, result: verification ?? verifiedOf(judgment), active })
    compared.push(comparedChange(repository, directory, reading.deltas))
    if (reading.type !== 'read' || !reading.facts.figures) continue
    const { assertions, cited } = reading.facts.figures
    judgedFigures.push({ assertions, cited })
  }
  const found = overlaps(selection.open, [...compared, ...readRivals(repository, compared)])
  const results = selection.selected.flatMap(({ path, name }) => {
    const known = judged.get(path)
    return known ? [withOverlaps(known.result, (known.active && found.get(name)) || [])] : []
  })
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

/** Specs outside openspec/ (ARTIFACTS "Front-Door Routing Leak Detector"). */
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
    known: knownFindings([...there.repository, ...there.verified.flatMap(({ findings }) => findings)]),
  }
}
