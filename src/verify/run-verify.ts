import type { Context } from '../adapters/context.ts'
import { changeDirectories } from '../change/change-directories.ts'
import { namedChanges } from '../change/named-changes.ts'
import { readRegistry } from '../change/read-registry.ts'
import { OpsxError } from '../errors.ts'
import { type Finding, finding } from '../findings/finding.ts'
import type { GitReader } from '../ports/git.ts'
import type { Workspace } from '../ports/workspace.ts'
import { validateMainSpecs } from '../specs/validate-change.ts'
import { againstRef } from './against-ref.ts'
import type { VerifyFacts } from './facts.ts'
import { judge, judgeUnreadable, judgeWithEvidence } from './judge.ts'
import { type KnownFindings, knownFindings } from './pre-existing.ts'
import { type FiguresOpener, figuresOpener } from './reading/figures-opener.ts'
import { readVerifyFacts, type Takers, type VerifySources } from './reading/verify-facts.ts'
import { openScope, type Selection, type VerifyScope } from './reading/verify-scope.ts'
import { sourcesOf } from './reading/verify-sources.ts'
import type { Verdict, Verification } from './verification.ts'
import { withOverlaps } from './with-overlaps.ts'

export interface VerifyRequest {
  /** Empty for every active change. */
  names: string[]
  archived: boolean
  /** A commit or branch whose findings do not gate; null for the default of pull-request CI. */
  against: string | null
  /** With `--write` the digest covers what the branch holds now, not what an old report named. */
  fresh: boolean
  /** The reason for which a person says that the delta specs hold although something they rest on moved; else null. */
  holds: string | null
}

/** As much of a verdict as a report shows; the rest of a thousand changes is not held. */
export type Verified = Pick<Verdict, 'decision' | 'ready' | 'findings' | 'judged'> & {
  change: Pick<Verdict['change'], 'name' | 'phase'>
}

export interface VerifyOutcome {
  verified: Verified[]
  /** All of each verdict, to be written; empty unless the request is `fresh`. */
  verifications: Verification[]
  /** Findings that belong to no change: main specs, registry, specs outside openspec/. */
  repository: Finding[]
  /** What was compared with, and the findings that stood there; null without a comparison. */
  against: Against | null
}

export interface Against {
  ref: string
  /** Null when the clone does not reach back to where the branch began. */
  known: KnownFindings | null
}

/** Reads and judges; writes nothing. Throws CHANGE_NOT_FOUND, and GIT_FAILED for an unknown `--against`. */
export async function runVerify(context: Context, request: VerifyRequest): Promise<VerifyOutcome> {
  const workspace = context.workspace()
  const port = await context.git()
  const survey = port.survey('openspec/changes')
  const scope = openScope(workspace, selectIn(workspace, request))
  const openFigures = await figuresOpener(workspace)
  const facts = survey?.facts
  const figures = openFigures?.(workspace) ?? null
  const sources = sourcesOf(context, { port, survey, figures, holds: request.holds })
  const now = verifyScope(sources, scope, request)
  const ref = request.against ?? againstRef(context.env, facts)
  const against = ref === null ? null : compareWith(ref, { port, sources, request, openFigures })
  if (against?.known !== null) return { ...now, against }
  const incomparable = finding('verify/cannot-compare', 'warning', { ref: against.ref })
  return { ...now, repository: [...now.repository, incomparable], against }
}

function selectIn(workspace: Workspace, request: VerifyRequest): Selection {
  const all = changeDirectories(workspace, {
    archived: request.archived || request.names.length > 0 ? 'all' : 'none',
  })
  const open = all.filter(change => !change.archived)
  if (request.names.length === 0) return { open, selected: request.archived ? all : open }
  const named = namedChanges(
    all.map(each => ({ ...each, directory: each.path })),
    request.names,
  )
  return { open, selected: named }
}

function verifyScope(
  sources: VerifySources,
  scope: VerifyScope,
  request: VerifyRequest,
): Omit<VerifyOutcome, 'against'> {
  const { workspace, main } = scope
  const take: Takers<Verified | Verification> = {
    read: facts => (request.fresh ? judgeWithEvidence(withoutRecord(facts)) : verifiedOf(judge(facts))),
    unreadable: (change, reason) => verifiedOf(judgeUnreadable(change, reason)),
    overlapping: withOverlaps,
  }
  const taken = readVerifyFacts<Verified | Verification>(sources, scope, take)
  const everything = request.names.length === 0
  const specs = everything ? validateMainSpecs(main) : []
  const figures = everything ? (sources.figures?.judgeRepository(main) ?? []) : []
  return {
    verified: taken.map(verifiedOf),
    verifications: taken.filter(each => 'evidence' in each),
    repository: [
      ...sources.registry.findings,
      ...(sources.figures?.findings ?? []),
      ...specs,
      ...figures,
      ...frontDoor(workspace),
    ],
  }
}

function verifiedOf({ change: { name, phase }, decision, ready, findings, judged }: Verified): Verified {
  return { change: { name, phase }, decision, ready, findings, judged }
}

/** A new report rests on what the branch holds today. */
function withoutRecord(facts: VerifyFacts): VerifyFacts {
  return Object.defineProperty(facts, 'recorded', { value: null })
}

/** Specs that went around openspec/ (ARTIFACTS "Front-Door Routing Leak Detector"); never blocking. */
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
  port: GitReader
  sources: VerifySources
  request: VerifyRequest
  openFigures: FiguresOpener | null
}

/** The same walk over the files of the merge base with a ref; what it finds is nobody's new fault. */
function compareWith(ref: string, { port, sources, request, openFigures }: Comparison): Against {
  const base = port.mergeBase(ref)
  const workspace = base === null ? undefined : port.workspaceAt(base, 'openspec')
  if (!workspace) {
    if (request.against === null || port.workspaceAt(ref, 'openspec')) return { ref, known: null }
    throw new OpsxError('GIT_FAILED', `--against ${ref}: no branch, tag or commit of that name is here.`, {
      hint: 'Fetch it (fetch-depth: 0 in GitHub Actions), or name a commit that is here.',
    })
  }
  const git = sources.git && { ...sources.git, work: null }
  const everything = { ...request, names: [] }
  const selection = selectIn(workspace, everything)
  const there = verifyScope(
    {
      ...sources,
      registry: readRegistry(workspace),
      git,
      figures: openFigures?.(workspace) ?? null,
      holds: null,
    },
    openScope(workspace, selection),
    everything,
  )
  return {
    ref,
    known: knownFindings([...there.repository, ...there.verified.flatMap(({ findings }) => findings)]),
  }
}
