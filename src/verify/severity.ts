import type { Finding, Severity } from '../findings/finding.ts'
import type { TrackedChange } from '../ledger/ledger.ts'
import type { VerifyFacts } from './facts.ts'
import type { Dimension } from './verification.ts'

/** Work that is simply not finished: no fault until somebody says that it is. */
const UNFINISHED = /^(?:tasks|artifact|implementation|proposal)\/|^delta\/(?:none|no-sections|no-entries)$/

/** A spec says what will be: while tasks are open, what is measured may still be what was. */
const PROMISED = /^figure\/(?:drift|budget|former-value|stale|unmeasured)$/

/**
 * The severity a run reports, so that CI is not red at rest (CLI.md "Severity depends on phase"): what is unfinished is
 * info until the verify report claims a pass; a scaffold has no faults at all. The decision does not use this.
 */
export function severityNow(
  { code, severity }: Finding,
  dimension: Dimension,
  { change }: Pick<VerifyFacts, 'change'>,
): Severity {
  if (dimension === 'ledger') return severity
  if (isScaffold(change)) return 'info'
  if (PROMISED.test(code) && change.tasks?.boxes.some(box => box.status === 'open')) return 'info'
  const claimed = change.verdict.decision === 'pass' || change.verdict.decision === 'warn'
  return !claimed && UNFINISHED.test(code) ? 'info' : severity
}

/** The same for overlap with another open change, which nothing unfinished excuses. */
export function overlapSeverity({ severity }: Finding, change: Pick<TrackedChange, 'phase'>): Severity {
  return isScaffold(change) ? 'info' : severity
}

function isScaffold({ phase }: Pick<TrackedChange, 'phase'>): boolean {
  return phase === 'Backlog'
}
