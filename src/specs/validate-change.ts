import { type Finding, finding, findingsIn } from '../findings/finding.ts'
import { baseMoveFindings } from './base-moves.ts'
import { conservationFindings } from './merging/conservation.ts'
import { mergeDelta, specSkeleton } from './merging/merge.ts'
import { mergeRefusals } from './merging/merge-refusals.ts'
import { capabilityTypo } from './near-miss.ts'
import type { Delta } from './parse-delta.ts'
import type { Spec } from './parse-spec.ts'
import type { ChangeDeltas, DeltaFile, MainSpecs } from './read-specs.ts'
import { operationCount, validateDelta } from './validate-delta.ts'
import { validateProposal } from './validate-proposal.ts'
import { duplicatesIn, validateSpec } from './validate-spec.ts'

/** One change with the result of `readDeltas`. `directory` relative to the root. */
export interface ChangeSpecs {
  name: string
  directory: string
  specs: ChangeDeltas
  /** The proposal; null when there is none. */
  proposal: { path: string; text: string } | null
  /** True for a reopened change, whose operations may be in the main spec already. */
  folded?: boolean
}

/**
 * The findings of validation about one change, with those that would make the archive refuse it. Overlap with
 * other changes is in `overlapFindings`.
 */
export function validateChange(change: ChangeSpecs, main: MainSpecs): Finding[] {
  const { specs, proposal } = change
  const found = [
    ...layoutFindings(change),
    ...specs.deltas.flatMap(each =>
      deltaFindings(each, { main, retires: specs.metadata.retires, resuming: change.folded === true }),
    ),
  ]
  const deltas = specs.deltas.reduce((sum, each) => sum + operationCount(each.delta), 0)
  if (proposal) found.push(...validateProposal(proposal.text, { file: proposal.path, deltas }))
  return found.map(each => ({ ...each, change: change.name }))
}

/** Findings about main specs: all of them, or those of the capabilities named. */
export function validateMainSpecs(main: MainSpecs, capabilities = main.capabilities()): Finding[] {
  return capabilities.flatMap(capability => {
    const problem = main.problem(capability)
    if (problem) {
      const { path, reason } = problem
      return [finding('spec/unreadable', 'critical', { reason }, { file: path })]
    }
    const found = main.get(capability)
    return found ? validateSpec(found.spec, found.path) : []
  })
}

function layoutFindings({ directory, specs: { deltas, misplaced, metadata } }: ChangeSpecs): Finding[] {
  const { path, problem, skipsSpecs } = metadata
  const at = findingsIn(path)
  const found: Finding[] = misplaced.map(each =>
    findingsIn(each.path)(1, 'delta/misplaced', 'critical', { expected: each.expected }),
  )
  if (problem !== null) found.push(at(1, 'delta/metadata', 'critical', { reason: problem }))
  if (skipsSpecs && deltas.length + misplaced.length > 0) {
    found.push(at(1, 'delta/skip-specs', 'critical', {}))
  }
  const operations = deltas.some(each => operationCount(each.delta) > 0)
  if (!skipsSpecs && !operations && misplaced.length === 0) {
    found.push(finding('delta/none', 'critical', {}, { file: `${directory}/specs` }))
  }
  return found
}

function deltaFindings(
  file: DeltaFile,
  { main, retires, resuming }: { main: MainSpecs; retires: boolean; resuming: boolean },
): Finding[] {
  const { capability, path, delta, lock } = file
  const base = main.get(capability)
  const found = validateDelta(delta, path)
  const at = findingsIn(path)
  const meant = base ? undefined : capabilityTypo(capability, main.capabilities())
  if (meant !== undefined) {
    found.push(at(1, 'delta/capability-typo', 'critical', { capability, meant }))
    return found
  }
  const broken = base && brokenLine(base.spec)
  if (base && broken) found.push(at(1, 'delta/broken-base', 'critical', { spec: base.path, line: broken }))
  const reportedLines = new Set(found.filter(each => CLASHES.has(each.code)).map(each => each.line))
  const refusals = mergeRefusals(delta, { capability, spec: base?.spec ?? null, retires, resuming }, path)
  found.push(...refusals.filter(each => !(FOLLOWS.has(each.code) && reportedLines.has(each.line))))
  if ((delta.unclosedFence ?? base?.spec.unclosedFence ?? null) !== null)
    found.push(...hiddenFindings(delta, { capability, path, base, found }))
  if (lock?.problem) {
    found.push(findingsIn(lock.path)(lock.line ?? 1, 'delta/base-lock', 'warning', { reason: lock.problem }))
  }
  if (lock?.lock && base) {
    found.push(...baseMoveFindings(file, base.spec, lock.lock.requirements))
  }
  return found
}

/** Finds requirements that the merge would put below a fence or comment that is never closed. */
function hiddenFindings(
  delta: Delta,
  merge: { capability: string; path: string; base: ReturnType<MainSpecs['get']>; found: readonly Finding[] },
): Finding[] {
  if (merge.found.some(each => each.severity === 'critical')) return []
  const { capability, path: file, base } = merge
  const spec = base?.spec ?? specSkeleton(capability, '', delta.purpose)
  const lost = conservationFindings(spec, mergeDelta(delta, spec).text, { delta, capability, file })
  return lost.slice(0, 1).map(each => ({ ...each, line: delta.unclosedFence ?? 1 }))
}

/** Findings that cause the ones in `FOLLOWS` on the same line, which are then not reported. */
const CLASHES = new Set<Finding['code']>(['delta/duplicate', 'delta/conflict'])
const FOLLOWS = new Set<Finding['code']>([
  'delta/not-found',
  'delta/exists',
  'delta/near-name',
  'delta/other-spelling',
])

/** The first line that makes OpenSpec refuse to edit a main spec; null when there is none. */
function brokenLine(spec: Spec): number | null {
  const places = [
    ...spec.deltaHeaders,
    ...spec.outside,
    ...duplicatesIn(spec.requirements).map(each => each.requirement),
  ]
  if (!spec.section) return 1
  return places.length > 0 ? Math.min(...places.map(each => each.line)) : null
}
