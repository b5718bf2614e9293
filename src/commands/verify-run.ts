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
  against: { ref: string; known: ReadonlySet<string> } | null
}

/** Reads and judges; writes nothing. Throws CHANGE_NOT_FOUND, and GIT_FAILED for an unknown `--against`. */
export async function runVerify(context: Context, request: VerifyRequest): Promise<VerifyOutcome> {
  const workspace = context.workspace()
  const port = await context.git()
  const facts = port.facts('openspec/changes')
  const signals = facts && port.signals()
  const git = facts && signals ? { hash: rememberingHash(port), facts, signals } : null
  const sources = { workspace, registry: readRegistry(workspace), git, version: context.version }
  const now = verifyWorkspace(sources, request)
  const ref = request.against ?? againstRef(context.env, facts)
  return { ...now, against: ref === null ? null : compareWith(ref, { context, port, sources, request }) }
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
  context: Context
  port: Git
  sources: VerifySources
  request: VerifyRequest
}

/** The same walk over the files of the merge base with a ref; what it finds is nobody's new fault. */
function compareWith(ref: string, { port, sources, request }: Comparison): VerifyOutcome['against'] {
  const base = port.mergeBase(ref)
  const workspace = base === null ? undefined : port.workspaceAt(base, 'openspec')
  if (!workspace) {
    if (request.against === null) return null
    throw new OpsxError('GIT_FAILED', `--against ${ref}: this clone has no history in common with it.`, {
      hint: 'Fetch it (fetch-depth: 0 in GitHub Actions), or name a commit that is here.',
    })
  }
  const there = verifyWorkspace(
    { ...sources, workspace, registry: readRegistry(workspace), git: null },
    { ...request, names: [] },
  )
  const known = [...there.repository, ...there.verifications.flatMap(({ findings }) => findings)].map(
    fingerprintOf,
  )
  return { ref, known: new Set(known) }
}

/** A finding is the same one when only its line moved. */
export function fingerprintOf({ code, file, change, args }: Finding): string {
  return JSON.stringify([code, file ?? '', change ?? '', args])
}
