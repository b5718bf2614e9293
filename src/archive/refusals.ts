import { type Finding, type FindingCode, finding } from '../findings/finding.ts'
import type { TrackedChange } from '../ledger/ledger.ts'
import type { Judgment } from '../verify/verification.ts'

/**
 * Findings that refuse an archive although they do not fail a verification: a decision about other files, a stale bound
 * value, and requirements that another open change touches too. Every critical finding refuses it anyway.
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
 * Everything that refuses an archive: today's findings, the recorded decision, and what the
 * merge would lose when nothing else is wrong with a delta. In the order of the findings, each refusal once.
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

/** The change must have a PASS that is still valid. */
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
