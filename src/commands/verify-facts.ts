import type { ChangeDirectory } from '../change/change-directories.ts'
import type { Schema } from '../change/parse-schema.ts'
import { changeReader } from '../change/read-changes.ts'
import { readSchema } from '../change/read-schema.ts'
import type { Registry } from '../change/registry.ts'
import { type RememberedFiles, rememberFiles } from '../change/remember-files.ts'
import { OpsxError } from '../errors.ts'
import type { Finding } from '../finding.ts'
import type { TrackedChange } from '../ledger/ledger.ts'
import { trackChange } from '../ledger/track-change.ts'
import type { GitFacts, Workspace } from '../ports.ts'
import { mergeDelta } from '../specs/merge.ts'
import { overlapFindings } from '../specs/overlap.ts'
import { type ChangeDeltas, type MainSpecs, readDeltas, readMainSpecs } from '../specs/read-specs.ts'
import { validateChange } from '../specs/validate-change.ts'
import type { Evidence } from '../verify/evidence.ts'
import { parseEvidence } from '../verify/evidence-block.ts'
import type { VerifyFacts } from '../verify/facts.ts'
import type { DeltaState, Signals } from '../verify/verification.ts'
import { evidenceOf, type GitWork, signalsOf } from './verify-evidence.ts'

/** What a verification reads from, shared by all changes of a run. */
export interface VerifySources {
  registry: Registry
  /** Null outside git. */
  git: {
    facts: GitFacts
    /** Null for a commit of the past: what git says of the work is of today. */
    work: GitWork | null
  } | null
  version: string
}

/** A change with its deltas, parsed once; its other files are read when it is judged, and then let go. */
export interface OpenedChange {
  directory: ChangeDirectory
  files: RememberedFiles
  deltas: ChangeDeltas
}

/** What is read of all changes before any is judged: overlap is between all active ones. */
export interface OpenedWorkspace {
  workspace: Workspace
  main: MainSpecs
  selected: OpenedChange[]
  /** By name of the change. */
  overlaps: ReadonlyMap<string, Finding[]>
}

/** `open` are all active changes, which overlap is looked for in. */
export function openWorkspace(
  workspace: Workspace,
  { open, selected }: { open: ChangeDirectory[]; selected: ChangeDirectory[] },
): OpenedWorkspace {
  const main = readMainSpecs(workspace)
  const opened = new Map<string, OpenedChange>()
  for (const directory of [...open, ...selected]) {
    if (opened.has(directory.path)) continue
    const files = rememberFiles(workspace)
    opened.set(directory.path, { directory, files, deltas: readDeltas(files, directory.path) })
  }
  const ofDirectory = ({ path }: ChangeDirectory) => opened.get(path) ?? []
  const active = open
    .flatMap(ofDirectory)
    .map(({ directory: { name }, deltas }) => ({ name, deltas: deltas.deltas }))
  const overlaps = groupByChange(overlapFindings(active, main))
  return { workspace, main, selected: selected.flatMap(ofDirectory), overlaps }
}

/** Hands the facts of each selected change to `take`, and takes it out of `selected`: what only it needs can go. */
export function readVerifyFacts<T>(
  sources: VerifySources,
  { workspace, main, selected, overlaps }: OpenedWorkspace,
  take: (facts: VerifyFacts) => T,
): T[] {
  const schemas = new Map<string, Schema | null>()
  const read = changeReader(workspace)
  const taken: T[] = []
  for (const { directory, files: known, deltas } of drained(selected)) {
    const files = known.copy()
    const change = trackChange(read(directory, files))
    const specs = [...specFindings(change, { deltas, main }), ...(overlaps.get(change.name) ?? [])]
    const schema = schemaOf(workspace, change, schemas)
    taken.push(take(new ReadFacts(sources, { change, files, deltas, specs, main, schema })))
  }
  return taken
}

function* drained<T>(list: T[]): Generator<T> {
  for (let next = list.shift(); next !== undefined; next = list.shift()) yield next
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
function specFindings(
  change: TrackedChange,
  { deltas, main }: { deltas: ChangeDeltas; main: MainSpecs },
): Finding[] {
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

interface Parts {
  change: TrackedChange
  files: RememberedFiles
  deltas: ChangeDeltas
  specs: Finding[]
  main: MainSpecs
  schema: Schema | null
}

/** A class, because an object with a getter of its own would hold what it closes over while the engine knows its shape. */
class ReadFacts implements VerifyFacts {
  readonly change: TrackedChange
  readonly schema: Schema | null
  readonly capabilities: string[]
  readonly specs: Finding[]
  readonly signals: Signals | null
  readonly merged: boolean
  readonly shallow: boolean
  readonly maximum: number
  readonly recorded: Evidence | null
  readonly #sources: VerifySources
  readonly #parts: Parts
  readonly #named: Evidence | null
  #files: string[] | undefined
  #today: Evidence | undefined

  constructor(sources: VerifySources, parts: Parts) {
    const { registry, git } = sources
    const { change, deltas, specs, schema } = parts
    this.#sources = sources
    this.#parts = parts
    this.change = change
    this.schema = schema
    this.capabilities = deltas.deltas.map(({ capability }) => capability)
    this.specs = specs
    this.signals = signalsOf(git?.work, change)
    this.merged = git?.facts.merged.includes(change.directory) === true
    this.shallow = git?.work?.signals.shallow === true
    this.maximum = change.ledger.maxReviewRounds ?? registry.maxReviewRounds
    const report = change.verdict.file === null ? undefined : this.text(change.verdict.file)
    this.#named = report === undefined ? null : parseEvidence(report)
    this.recorded = this.#named
  }

  text(file: string): string | undefined {
    return this.#parts.files.read(`${this.change.directory}/${file}`)
  }

  get files(): string[] {
    this.#files ??= filesOf(this.#parts.files, this.change.directory, '')
    return this.#files
  }

  get deltas(): DeltaState[] {
    const { deltas, main } = this.#parts
    return deltas.deltas.map(each => deltaState(each.capability, each.delta, main))
  }

  get today(): Evidence {
    const { change, files, signals, merged } = this
    this.#today ??= evidenceOf({
      workspace: this.#parts.files,
      work: this.#sources.git?.work,
      version: this.#sources.version,
      change,
      files,
      signals,
      recorded: this.#named,
      merged,
    })
    return this.#today
  }
}

function filesOf(workspace: RememberedFiles, directory: string, prefix: string): string[] {
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
