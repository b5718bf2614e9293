import { isUnbuilt } from '../figures/comparison/text-severity.ts'
import type { Finding, Severity } from '../findings/finding.ts'
import type { TrackedChange } from '../ledger/ledger.ts'
import type { VerifyFacts } from './facts.ts'
import type { Dimension } from './verification.ts'

/** Codes of unfinished work, which is a problem only when the verify report claims a pass. */
const UNFINISHED = /^(?:tasks|artifact|implementation|proposal)\/|^delta\/(?:none|no-sections|no-entries)$/

/**
 * The severity that a run reports. Unfinished work is info until the verify report
 * claims a pass, so that CI does not fail for work in progress. The decision does not use it.
 */
export function phaseSeverity(
  finding: Finding,
  dimension: Dimension,
  { change }: Pick<VerifyFacts, 'change'>,
): Severity {
  const { code, severity } = finding
  if (dimension === 'ledger') return severity
  if (isScaffold(change)) return 'info'
  if (isUnbuilt(finding, change)) return 'info'
  const claimed = change.verifyReport.decision === 'pass' || change.verifyReport.decision === 'warn'
  return !claimed && UNFINISHED.test(code) ? 'info' : severity
}

/** The same for overlap with another open change. */
export function overlapSeverity({ severity }: Finding, change: Pick<TrackedChange, 'phase'>): Severity {
  return isScaffold(change) ? 'info' : severity
}

function isScaffold({ phase }: Pick<TrackedChange, 'phase'>): boolean {
  return phase === 'Backlog'
}
