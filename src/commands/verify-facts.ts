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
import type { GitSurvey, Workspace } from '../ports.ts'
import { overlapFindings } from '../specs/overlap.ts'
import {
  type ChangeDeltas,
  type MainSpecs,
  readDeltas,
  readDeltasOf,
  readMainSpecs,
} from '../specs/read-specs.ts'
import { validateChange } from '../specs/validate-change.ts'
import type { VerifyFacts } from '../verify/facts.ts'
import { ReadFacts } from './read-facts.ts'
import type { BranchStart } from './rested-on.ts'
import type { GitWork } from './verify-evidence.ts'
import type { VerifyFigures } from './verify-figures.ts'

/** What a verification reads from, shared by all changes of a run. */
export interface VerifySources {
  registry: Registry
  /** Null outside git. */
  git: {
    facts: GitSurvey['facts']
    /** Null for a commit of the past: what git says of the work is of today. */
    work: (GitWork & { start: BranchStart }) | null
  } | null
  /** Null in a repository without figures.yaml. */
  figures: VerifyFigures | null
  version: string
  /** Why the delta specs hold although something they rest on moved; null when nobody says so. */
  holds: string | null
}

/** A change with its deltas, parsed once; its other files are read when it is judged, and then let go. */
export interface OpenedChange {
  directory: ChangeDirectory
  files: RememberedFiles
  deltas: ChangeDeltas
  /** Why its deltas cannot be read, as a sentence; then there are none. */
  problem: string | null
}

/** What becomes of a change that was read, and of one that cannot be, with the reason as a sentence. */
export interface Takers<T> {
  read(facts: VerifyFacts): T
  unreadable(change: TrackedChange, reason: string): T
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
export interface Selection {
  open: ChangeDirectory[]
  selected: ChangeDirectory[]
}

export function openWorkspace(workspace: Workspace, { open, selected }: Selection): OpenedWorkspace {
  const main = readMainSpecs(workspace)
  const opened = new Map<string, OpenedChange>()
  for (const directory of selected) {
    if (opened.has(directory.path)) continue
    const files = rememberFiles(workspace)
    opened.set(directory.path, { directory, files, ...openDeltas(files, directory.path) })
  }
  const ofDirectory = ({ path }: ChangeDirectory) => opened.get(path) ?? []
  const touched = new Set([...opened.values()].flatMap(({ deltas }) => namesOf(deltas)))
  const active = open.map(({ name, path }) => {
    const known = opened.get(path)?.deltas.deltas
    if (known) return { name, deltas: known }
    const read = problemOf(() => readDeltasOf(workspace, path, [...touched]))
    return { name, deltas: typeof read === 'string' ? [] : read }
  })
  const overlaps = groupByChange(overlapFindings(active, main))
  return { workspace, main, selected: selected.flatMap(ofDirectory), overlaps }
}

/** A change that cannot be read does not stop the others. */
function openDeltas(files: RememberedFiles, path: string): Pick<OpenedChange, 'deltas' | 'problem'> {
  const problem = problemOf(() => {
    // What a listing says of the directories in it need not be asked of each.
    files.list(path)
    return { deltas: readDeltas(files, path) }
  })
  if (typeof problem !== 'string') return { ...problem, problem: null }
  const metadata = { path, skipsSpecs: false, retires: false, problem: null }
  return { deltas: { deltas: [], misplaced: [], metadata }, problem }
}

/** The result, or the sentence that says which file cannot be read. */
function problemOf<T extends object>(read: () => T): T | string {
  try {
    return read()
  } catch (error) {
    const code = error instanceof OpsxError ? error.code : ''
    if (error instanceof OpsxError && (code === 'FILE_UNREADABLE' || code === 'PATH_ESCAPES'))
      return error.message
    throw error
  }
}

function namesOf({ deltas }: ChangeDeltas): string[] {
  return deltas.map(({ capability }) => capability)
}

/** Hands the facts of each selected change to `take`, and takes it out of `selected`: what only it needs can go. */
export function readVerifyFacts<T extends object>(
  sources: VerifySources,
  { workspace, main, selected, overlaps }: OpenedWorkspace,
  take: Takers<T>,
): T[] {
  const schemas = new Map<string, Schema | null>()
  const read = changeReader(workspace)
  const taken: T[] = []
  for (const { directory, files: known, deltas, problem } of drained(selected)) {
    const files = known.copy()
    const change = trackChange(read(directory, files))
    const judged =
      problem ??
      unreadableIn(change, { deltas, main }) ??
      problemOf(() => {
        const specs = [...specFindings(change, { deltas, main }), ...(overlaps.get(change.name) ?? [])]
        const schema = schemaOf(workspace, change, schemas)
        return take.read(new ReadFacts(sources, { change, files, deltas, specs, main, schema }))
      })
    taken.push(typeof judged === 'string' ? take.unreadable(change, judged) : judged)
  }
  return taken
}

/** What reading the change said, or a main spec that it touches; null when all of it is text. */
function unreadableIn(
  { findings, archived }: TrackedChange,
  { deltas, main }: { deltas: ChangeDeltas; main: MainSpecs },
): string | null {
  const told = findings.find(({ code, severity }) => code === 'change/unreadable' && severity === 'critical')
  if (told) return (told.args as { reason: string }).reason
  if (archived) return null
  const touched = deltas.deltas.map(({ capability }) => main.problem(capability))
  return touched.find(problem => problem !== null)?.reason ?? null
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
  const folded = change.ledger.entries.some(({ from, to }) => from === 'Done' && to === 'In Progress')
  return validateChange(
    { name: change.name, directory: change.directory, specs: deltas, proposal: { path, text }, folded },
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
