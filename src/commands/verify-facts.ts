import type { Schema } from '../change/parse-schema.ts'
import { changeReader } from '../change/read-changes.ts'
import { readSchema } from '../change/read-schema.ts'
import type { Registry } from '../change/registry.ts'
import { rememberFiles } from '../change/remember-files.ts'
import { isTerminal } from '../change/states.ts'
import { OpsxError } from '../errors.ts'
import type { Finding } from '../finding.ts'
import type { TrackedChange } from '../ledger/ledger.ts'
import { trackChange } from '../ledger/track-change.ts'
import type { GitSurvey, Workspace } from '../ports.ts'
import { overlapFindings, TouchedRequirements } from '../specs/overlap.ts'
import type { ChangeDeltas, MainSpecs } from '../specs/read-specs.ts'
import { validateChange } from '../specs/validate-change.ts'
import type { VerifyFacts } from '../verify/facts.ts'
import { ReadFacts } from './read-facts.ts'
import type { BranchStart } from './rested-on.ts'
import type { GitWork } from './verify-evidence.ts'
import type { VerifyFigures } from './verify-figures.ts'
import { openDeltas, problemOf, type VerifyScope } from './verify-scope.ts'

/** What a verification reads from, shared by all changes of a run. */
export interface VerifySources {
  registry: Registry
  /** Null outside git. */
  git: {
    facts: GitSurvey['facts']
    /** Directories of the changes that are on the default branch. */
    merged: ReadonlySet<string>
    /** Null for a commit of the past: what git says of the work is of today. */
    work: (GitWork & { start: BranchStart }) | null
  } | null
  /** Null in a repository without figures.yaml. */
  figures: VerifyFigures | null
  version: string
  /** Why the delta specs hold although something they rest on moved; null when nobody says so. */
  holds: string | null
}

/** What becomes of a change that was read, of one that cannot be, with the reason as a sentence, and of one that overlaps. */
export interface Takers<T> {
  read(facts: VerifyFacts, deltas: ChangeDeltas): T
  unreadable(change: TrackedChange, reason: string): T
  /** What was made of a change, with what it turned out to have in common with other open ones. */
  overlapping(taken: T, findings: Finding[]): T
}

/** Hands the facts of each selected change to `take`, one by one: what only one of them needs can go. */
export function readVerifyFacts<T>(sources: VerifySources, scope: VerifyScope, take: Takers<T>): T[] {
  const { workspace, main, selection } = scope
  const schemas = new Map<string, Schema | null>()
  const read = changeReader(workspace)
  const touched = new TouchedRequirements()
  const taken = new Map<string, { change: string; result: T; judged: boolean }>()
  for (const directory of selection.selected) {
    if (taken.has(directory.path)) continue
    const files = scope.known.get(directory.path)?.copy() ?? rememberFiles(workspace)
    scope.known.delete(directory.path)
    const { deltas, problem } = openDeltas(files, directory.path)
    if (!directory.archived) touched.add({ name: directory.name, deltas: deltas.deltas })
    const change = trackChange(read(directory, files))
    const unreadable = problem ?? unreadableIn(change, { deltas, main })
    const facts =
      unreadable ??
      problemOf(() => {
        const specs = specFindings(change, { deltas, main })
        const schema = schemaOf(workspace, change, schemas)
        return {
          result: take.read(new ReadFacts(sources, { change, files, deltas, specs, main, schema }), deltas),
        }
      })
    const judged = typeof facts !== 'string' && !change.archived && !isTerminal(change.phase)
    const result = typeof facts === 'string' ? take.unreadable(change, facts) : facts.result
    taken.set(directory.path, { change: change.name, result, judged })
  }
  for (const other of scope.others) touched.add(other)
  const overlaps = overlapsOf(scope, touched.clashing)
  return selection.selected.flatMap(({ path }) => {
    const known = taken.get(path)
    if (!known) return []
    const findings = known.judged ? (overlaps.get(known.change) ?? []) : []
    return [findings.length === 0 ? known.result : take.overlapping(known.result, findings)]
  })
}

/** By change. The deltas of those that touch the same requirements are read again, which are few. */
function overlapsOf(
  { workspace, main, selection }: VerifyScope,
  clashing: ReadonlySet<string>,
): Map<string, Finding[]> {
  const rivals = selection.open.filter(({ name }) => clashing.has(name))
  const changes = rivals.map(({ name, path }) => ({
    name,
    deltas: openDeltas(workspace, path).deltas.deltas,
  }))
  return groupByChange(overlapFindings(changes, main))
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
