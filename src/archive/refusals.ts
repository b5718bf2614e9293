import { type Finding, type FindingCode, finding } from '../findings/finding.ts'
import type { TrackedChange } from '../ledger/ledger.ts'
import type { Judgment } from '../verify/verification.ts'

/**
 * What holds an archive back although it does not fail a verification: a verdict about other files, a bound value that
 * nobody can say anything about, and requirements that an open change touches as well. Everything critical in a verdict holds it back anyway.
 */
const REFUSING: ReadonlySet<FindingCode> = new Set<FindingCode>([
  'verify/stale',
  'figure/stale',
  'figure/unmeasured',
  'gate/unjudged',
  'delta/overlap-new',
  'delta/overlap-scenario',
  'delta/overlap-requirement',
])

/** What `--allow-stale` passes. */
const STALE: ReadonlySet<FindingCode> = new Set<FindingCode>(['verify/stale', 'figure/stale'])

/** No `--force` passes these: there would be nothing to archive from, or to. */
export const NOT_FORCED: ReadonlySet<FindingCode> = new Set<FindingCode>([
  'archive/target-exists',
  'change/unreadable',
  'ledger/conflict-markers',
])

/** One reason not to archive. */
export interface Refusal {
  finding: Finding
  /** True when `--force` (or `--allow-stale`) named it. */
  forced: boolean
}

export interface Forcing {
  /** Finding codes. */
  codes: readonly string[]
  allowStale: boolean
}

/**
 * Everything that speaks against archiving a change: what its verdict of today says, the verdict of record, and what the
 * merge would lose where nothing else is wrong with a delta. In the order of the verdict, each refusal once.
 */
export function refusalsOf(
  judgment: Judgment,
  { lost, taken, force }: { lost: Finding[]; taken: string | null; force: Forcing },
): Refusal[] {
  const { change, judged } = judgment
  const criticalFindings = judged.flatMap(({ finding, accepted: carried }) =>
    carried === null && refuses(finding) ? [finding] : [],
  )
  const open = new Set(criticalFindings.filter(({ code }) => !isForced(code, force)).map(({ file }) => file))
  const found = [
    ...criticalFindings,
    ...recordedDecision(change),
    ...lost.filter(({ file }) => !open.has(file)),
    ...(taken === null
      ? []
      : [finding('archive/target-exists', 'critical', { path: taken }, { file: taken })]),
  ]
  const seen = new Set<string>()
  return found.flatMap(each => {
    const key = `${each.code}\n${each.file}\n${each.line}\n${JSON.stringify(each.args)}`
    if (seen.has(key)) return []
    seen.add(key)
    return [{ finding: { change: change.name, ...each }, forced: isForced(each.code, force) }]
  })
}

function refuses({ code, severity }: Finding): boolean {
  return severity === 'critical' || REFUSING.has(code)
}

function isForced(code: FindingCode, { codes, allowStale }: Forcing): boolean {
  if (NOT_FORCED.has(code)) return false
  return codes.includes(code) || (allowStale && STALE.has(code))
}

/** The change must have been verified with a PASS that stands (LIFECYCLE §1: In Review). */
function recordedDecision({ name, directory, phase, verifyReport }: TrackedChange): Finding[] {
  if (phase === 'In Review') return []
  const { file, decision, line } = verifyReport
  const place =
    file === null
      ? { change: name, file: directory }
      : { change: name, file: `${directory}/${file}`, line: line ?? 1 }
  if (file === null || decision === 'none' || decision === 'undecided') {
    return [finding('archive/not-verified', 'critical', {}, place)]
  }
  if (decision === 'fail') return [finding('archive/verify-failed', 'critical', { file }, place)]
  return [finding('archive/rejected', 'critical', { file }, place)]
}
