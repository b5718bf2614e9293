import type { Ledger, LedgerEntry } from './ledger.ts'

/** Entries after the last posted arrival in review; evidence counts once within them. */
function sinceReview(entries: LedgerEntry[]): LedgerEntry[] {
  const last = entries.findLastIndex(entry => entry.outcome === 'posted' && entry.to === 'In Review')
  return entries.slice(last + 1)
}

/** True when a re-queue or an escalation for this very evidence is already in the log. */
export function isCounted(ledger: Ledger, evidence: string): boolean {
  return sinceReview(ledger.entries).some(
    entry => entry.evidence === evidence && (isRequeue(entry) || isEscalation(entry) || isRestart(entry)),
  )
}

/** A re-queue: review was not reached (dropped) or was left again, for a named piece of evidence. */
export function isRequeue(entry: LedgerEntry): boolean {
  if (!entry.evidence) return false
  return (
    (entry.from === 'In Progress' && entry.to === 'In Review' && entry.outcome === 'dropped') ||
    isLeavingReview(entry)
  )
}

function isLeavingReview(entry: LedgerEntry): boolean {
  return entry.from === 'In Review' && entry.to === 'In Progress'
}

function isEscalation(entry: LedgerEntry): boolean {
  return entry.transition === 'escalate'
}

/** True from an escalation that reached the issue until a person runs `opsx review approve|reject|reset`. */
export function isParked(ledger: Ledger): boolean {
  const decided = ledger.entries.findLastIndex(entry => isReviewDecision(entry))
  return ledger.entries.slice(decided + 1).some(entry => isEscalation(entry) && entry.outcome !== 'failed')
}

function isReviewDecision(entry: LedgerEntry): boolean {
  return /^review\s*(?:->|→)\s*(?:approve|reject|reset)$/.test(entry.transition)
}

/** Approving or resetting restarts the count. The evidence that the entry names counts no more. */
function isRestart(entry: LedgerEntry): boolean {
  return /^review\s*(?:->|→)\s*(?:approve|reset)$/.test(entry.transition)
}

/** When a person last decided about a parked or reviewed change, as written; null without a decision. */
export function decidedAt(ledger: Ledger): string | null {
  return ledger.entries.findLast(isReviewDecision)?.at ?? null
}

/** When the count of rounds was last restarted, as written; null when it never was. */
export function countRestartedAt(ledger: Ledger): string | null {
  const restart = ledger.entries.findLast(isRestart)
  return restart?.at ?? null
}
