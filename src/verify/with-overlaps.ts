import type { Finding } from '../findings/finding.ts'
import { compareFindings } from './order.ts'
import { overlapSeverity } from './severity.ts'
import { countingOf, decisionOf, type Judged, type Verdict } from './verification.ts'

/**
 * A verdict with what it has in common with other open changes, which is known only when all have been read. Whatever
 * else the verdict says stays; overlap is never critical, so the evidence does not change.
 */
export function withOverlaps<
  V extends Pick<Verdict, 'judged' | 'findings' | 'decision'> & { change: Pick<Verdict['change'], 'phase'> },
>(verdict: V, overlaps: readonly Finding[]): V {
  const added = overlaps.map((finding): Judged => ({ dimension: 'correctness', finding, carried: null }))
  const judged = [...verdict.judged, ...added].sort((a, b) => compareFindings(a.finding, b.finding))
  const now = (finding: Finding) => ({ ...finding, severity: overlapSeverity(finding, verdict.change) })
  // They are in the order of `judged` already.
  const reported = verdict.findings[Symbol.iterator]()
  return {
    ...verdict,
    judged,
    decision: decisionOf(countingOf(judged)),
    findings: judged
      .filter(({ carried }) => carried === null)
      .map(each => (added.includes(each) ? now(each.finding) : (reported.next().value as Finding))),
  }
}
