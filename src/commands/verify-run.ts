import { readChanges } from '../change/read-changes.ts'
import { readRegistry } from '../change/read-registry.ts'
import type { Context } from '../context.ts'
import { OpsxError } from '../errors.ts'
import { type Finding, finding } from '../finding.ts'
import { trackChange } from '../ledger/track-change.ts'
import type { Git, Workspace } from '../ports.ts'
import { readMainSpecs } from '../specs/read-specs.ts'
import { validateMainSpecs } from '../specs/validate-change.ts'
import { againstRef } from '../verify/against-ref.ts'
import { judge } from '../verify/judge.ts'
import { type KnownFindings, knownFindings } from '../verify/pre-existing.ts'
import type { Verification } from '../verify/verification.ts'
import { namedChanges } from './named-changes.ts'
import { readVerifyFacts, type VerifySources } from './verify-facts.ts'

export interface VerifyRequest {
  /** Empty for every active change. */
  names: string[]
  archived: boolean
  /** A commit or branch whose findings do not gate; null for the default of pull-request CI. */
  against: string | null
  /** With `--write` the digest covers what the branch holds now, not what an old report named. */
  fresh: boolean
}

export interface VerifyOutcome {
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
  const facts = port.facts('openspec/changes')
  const signals = facts && port.signals()
  const work = signals && { signals, hash: rememberingHash(port), since: port.since }
  const git = facts && work ? { facts, work } : null
  const sources = { workspace, registry: readRegistry(workspace), git, version: context.version }
  const now = verifyWorkspace(sources, request)
  const ref = request.against ?? againstRef(context.env, facts)
  const against = ref === null ? null : compareWith(ref, { port, sources, request })
  if (against?.known !== null) return { ...now, against }
  const incomparable = finding('verify/cannot-compare', 'warning', { ref: against.ref })
  return { ...now, repository: [...now.repository, incomparable], against }
}

/** Every file once: without recorded verdicts all changes of a branch share one list of files. */
function rememberingHash(port: Git): (paths: string[]) => (string | null)[] {
  const known = new Map<string, string | null>()
  return paths => {
    const fresh = paths.filter(path => !known.has(path))
    for (const [index, id] of port.hashFiles(fresh).entries()) known.set(fresh[index] ?? '', id)
    return paths.map(path => known.get(path) ?? null)
  }
}

function verifyWorkspace(sources: VerifySources, request: VerifyRequest): Omit<VerifyOutcome, 'against'> {
  const { workspace, registry } = sources
  const all = readChanges(workspace, {
    archived: request.archived || request.names.length > 0 ? 'all' : 'none',
  }).map(trackChange)
  const open = all.filter(change => !change.archived)
  const selected = request.names.length > 0 ? namedChanges(all, request.names) : request.archived ? all : open
  const facts = readVerifyFacts(sources, { open, selected }).map(each =>
    request.fresh ? withoutRecord(each) : each,
  )
  const main = request.names.length > 0 ? [] : validateMainSpecs(readMainSpecs(workspace))
  return {
    verifications: facts.map(judge),
    repository: [...registry.findings, ...main, ...frontDoor(workspace)],
  }
}

/** A new report rests on what the branch holds today. */
function withoutRecord(facts: ReturnType<typeof readVerifyFacts>[number]): typeof facts {
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
  port: Git
  sources: VerifySources
  request: VerifyRequest
}

/** The same walk over the files of the merge base with a ref; what it finds is nobody's new fault. */
function compareWith(ref: string, { port, sources, request }: Comparison): Against {
  const base = port.mergeBase(ref)
  const workspace = base === null ? undefined : port.workspaceAt(base, 'openspec')
  if (!workspace) {
    if (request.against === null || port.workspaceAt(ref, 'openspec')) return { ref, known: null }
    throw new OpsxError('GIT_FAILED', `--against ${ref}: no branch, tag or commit of that name is here.`, {
      hint: 'Fetch it (fetch-depth: 0 in GitHub Actions), or name a commit that is here.',
    })
  }
  const git = sources.git && { ...sources.git, work: null }
  const there = verifyWorkspace(
    { ...sources, workspace, registry: readRegistry(workspace), git },
    { ...request, names: [] },
  )
  return {
    ref,
    known: knownFindings([...there.repository, ...there.verifications.flatMap(({ findings }) => findings)]),
  }
}
