import type { Schema } from '../change/parse-schema.ts'
import { readSchema } from '../change/read-schema.ts'
import type { Registry } from '../change/registry.ts'
import { OpsxError } from '../errors.ts'
import type { Finding } from '../finding.ts'
import type { TrackedChange } from '../ledger/ledger.ts'
import type { GitFacts, Workspace } from '../ports.ts'
import { mergeDelta } from '../specs/merge.ts'
import { overlapFindings } from '../specs/overlap.ts'
import { type ChangeDeltas, type MainSpecs, readDeltas, readMainSpecs } from '../specs/read-specs.ts'
import { validateChange } from '../specs/validate-change.ts'
import type { Evidence } from '../verify/evidence.ts'
import { parseEvidence } from '../verify/evidence-block.ts'
import type { VerifyFacts } from '../verify/facts.ts'
import type { DeltaState } from '../verify/verification.ts'
import { evidenceOf, type GitWork, signalsOf } from './verify-evidence.ts'

/** What a verification reads from, shared by all changes of a run. */
export interface VerifySources {
  workspace: Workspace
  registry: Registry
  /** Null outside git. */
  git: {
    facts: GitFacts
    /** Null for a commit of the past: what git says of the work is of today. */
    work: GitWork | null
  } | null
  version: string
}

/** A change with its deltas, parsed once. */
interface Opened {
  change: TrackedChange
  deltas: ChangeDeltas
}

/** The facts of these changes; `open` are all active ones, which overlap is looked for in. */
export function readVerifyFacts(
  sources: VerifySources,
  { open, selected }: { open: TrackedChange[]; selected: TrackedChange[] },
): VerifyFacts[] {
  const { workspace } = sources
  const main = readMainSpecs(workspace)
  const opened = new Map(
    [...open, ...selected].map(change => [change.directory, openDeltas(workspace, change)]),
  )
  const active = open.flatMap(change => opened.get(change.directory) ?? [])
  const overlaps = groupByChange(
    overlapFindings(
      active.map(({ change, deltas }) => ({ name: change.name, deltas: deltas.deltas })),
      main,
    ),
  )
  const schemas = new Map<string, Schema | null>()
  return selected.flatMap(change => {
    const own = opened.get(change.directory)
    if (!own) return []
    const specs = [...specFindings(own, main), ...(overlaps.get(change.name) ?? [])]
    return [factsOf(sources, { ...own, specs, main, schema: schemaOf(workspace, change, schemas) })]
  })
}

function openDeltas(workspace: Workspace, change: TrackedChange): Opened {
  return { change, deltas: readDeltas(workspace, change.directory) }
}

function groupByChange(findings: Finding[]): Map<string, Finding[]> {
  const groups = new Map<string, Finding[]>()
  for (const finding of findings) {
    const name = finding.change ?? ''
    groups.set(name, [...(groups.get(name) ?? []), finding])
  }
  return groups
}

/** An archived change has been merged: validating it against the main specs would find it there already. */
function specFindings({ change, deltas }: Opened, main: MainSpecs): Finding[] {
  if (change.archived || !change.proposal) return []
  const { path, text } = change.proposal
  return validateChange(
    { name: change.name, directory: change.directory, specs: deltas, proposal: { path, text } },
    main,
  )
}

function schemaOf(
  workspace: Workspace,
  change: TrackedChange,
  known: Map<string, Schema | null>,
): Schema | null {
  const name = change.schema ?? 'spec-driven'
  const seen = known.get(name)
  if (seen !== undefined) return seen
  try {
    known.set(name, readSchema(workspace, name))
  } catch (error) {
    if (!(error instanceof OpsxError)) throw error
    known.set(name, null)
  }
  return known.get(name) ?? null
}

interface Parts extends Opened {
  specs: Finding[]
  main: MainSpecs
  schema: Schema | null
}

function factsOf(sources: VerifySources, parts: Parts): VerifyFacts {
  const { workspace, registry, git } = sources
  const { change, deltas, specs, main, schema } = parts
  const text = (file: string) => workspace.read(`${change.directory}/${file}`)
  const report = change.verdict.file === null ? undefined : text(change.verdict.file)
  const recorded = report === undefined ? null : parseEvidence(report)
  const signals = signalsOf(git?.work, change)
  const merged = git?.facts.merged.includes(change.directory) === true
  let files: string[] | undefined
  let today: Evidence | undefined
  const allFiles = () => (files ??= filesOf(workspace, change.directory, ''))
  return {
    change,
    schema,
    get files() {
      return allFiles()
    },
    text,
    capabilities: deltas.deltas.map(({ capability }) => capability),
    get deltas() {
      return deltas.deltas.map(each => deltaState(each.capability, each.delta, main))
    },
    specs,
    signals,
    merged,
    shallow: git?.work?.signals.shallow === true,
    maximum: change.ledger.maxReviewRounds ?? registry.maxReviewRounds,
    recorded,
    get today() {
      today ??= evidenceOf({
        workspace,
        work: git?.work,
        version: sources.version,
        change,
        files: allFiles(),
        signals,
        recorded,
        merged,
      })
      return today
    },
  }
}

function filesOf(workspace: Workspace, directory: string, prefix: string): string[] {
  return workspace.list(prefix === '' ? directory : `${directory}/${prefix}`).flatMap(entry => {
    const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`
    return entry.directory ? filesOf(workspace, directory, path) : [path]
  })
}

/** The main spec already says what the delta asks for, when merging changes nothing. */
function deltaState(
  capability: string,
  delta: Parameters<typeof mergeDelta>[0],
  main: MainSpecs,
): DeltaState {
  const base = main.get(capability)
  if (!base) return { capability, state: 'pending', notes: 'new capability' }
  try {
    const same = mergeDelta(delta, base.spec).text === base.spec.text
    return {
      capability,
      state: same ? 'synced' : 'pending',
      notes: same ? 'nothing left to fold' : 'folded at archive',
    }
  } catch {
    return { capability, state: 'pending', notes: 'cannot be folded yet' }
  }
}
