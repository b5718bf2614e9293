import type { Registry } from '../../change/registry.ts'
import { rememberFiles } from '../../change/remember-files.ts'
import type { Finding } from '../../findings/finding.ts'
import type { TrackedChange } from '../../ledger/ledger.ts'
import type { GitSurvey } from '../../ports/git.ts'
import { overlapFindings, TouchedRequirements, touchesIn } from '../../specs/overlap.ts'
import type { ChangeDeltas } from '../../specs/read-specs.ts'
import type { VerifyFacts } from '../facts.ts'
import { changeJudge } from './change-judge.ts'
import type { BranchStart } from './rested-on.ts'
import type { GitWork } from './verify-evidence.ts'
import type { VerifyFigures } from './verify-figures.ts'
import { openDeltas, type VerifyScope } from './verify-scope.ts'

/** What a verification reads from, shared by all changes of a run. */
export interface VerifySources {
  registry: Registry
  /** Null outside git. */
  git: {
    facts: GitSurvey['facts']
    /** Directories of the changes that are on the default branch. */
    merged: Pick<ReadonlySet<string>, 'has'>
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

/** What was made of a change by itself. */
export interface Judgement<T> {
  result: T
  /** Whether overlap with other open changes is looked for. */
  judged: boolean
  /** Requirements that it touches, for TouchedRequirements. */
  touches: string[]
}

/** Hands the facts of each selected change to `take`, one by one: what only one of them needs can go. */
export function readVerifyFacts<T>(sources: VerifySources, scope: VerifyScope, take: Takers<T>): T[] {
  const { workspace, selection } = scope
  const judge = changeJudge({ sources, scope, take })
  const touched = new TouchedRequirements()
  const taken = new Map<string, Judgement<T> & { change: string }>()
  for (const directory of selection.selected) {
    const { name, path, archived } = directory
    if (taken.has(path)) continue
    const files = scope.known.get(path)?.copy() ?? rememberFiles(workspace)
    scope.known.delete(path)
    const judgement = judge(directory, files)
    if (!archived) touched.add(name, judgement.touches)
    taken.set(path, { ...judgement, touches: [], change: name })
  }
  for (const other of scope.others) touched.add(other.name, touchesIn(other))
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

function groupByChange(findings: Finding[]): Map<string, Finding[]> {
  const groups = new Map<string, Finding[]>()
  for (const finding of findings) {
    const name = finding.change ?? ''
    groups.set(name, [...(groups.get(name) ?? []), finding])
  }
  return groups
}
