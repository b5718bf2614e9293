import type { Change, VerifyReport } from '../change/change.ts'
import { phaseOf } from '../change/phase.ts'
import { type Phase, phaseNamed } from '../change/states.ts'
import { type Finding, finding } from '../findings/finding.ts'
import type { Ledger, LedgerEntry, TrackedChange } from './ledger.ts'
import { parseLedger } from './parse-ledger.ts'

/** Adds the ledger and the phase that follows from it and the files. */
export function trackChange(change: Change): TrackedChange {
  const { proposal } = change
  const place = proposal ? { change: change.name, file: proposal.path } : { change: change.name }
  const { ledger, findings } = parseLedger(proposal?.frontmatter.data ?? {}, place)
  const phase = phaseOf({
    archived: change.archived,
    terminal: terminalOf(ledger),
    rejected: isRejected(ledger, change.verifyReport),
    verifyReport: change.verifyReport,
    tasks: change.tasks,
    proposalHasContent: proposal?.hasContent ?? false,
  })
  return {
    ...change,
    ledger,
    phase,
    findings: [...change.findings, ...findings, ...stateFindings(ledger, place)],
  }
}

/** Canceled or Duplicate by its last entry, unless a later one reopens the change. */
function terminalOf({ entries }: Ledger): Phase | null {
  let terminal: Phase | null = null
  for (const { from, to } of entries) {
    if (to === 'Canceled' || to === 'Duplicate') terminal = to
    else if (to === 'In Progress' && from !== null && isEnd(from)) terminal = null
  }
  return terminal
}

function isEnd(phase: Phase): boolean {
  return phase === 'Canceled' || phase === 'Duplicate' || phase === 'Done'
}

/** A report that a person rejected, or from before the change was reopened, no longer counts. */
function isRejected({ entries }: Ledger, verifyReport: VerifyReport): boolean {
  return entries.some(
    entry => entry.evidence !== null && withdraws(entry) && entry.evidence === verifyReport.digest,
  )
}

function withdraws({ transition, from, to }: LedgerEntry): boolean {
  const reopened = to === 'In Progress' && from !== null && isEnd(from)
  return reopened || /^review\s*(?:->|→)\s*reject$/.test(transition.trim())
}

function stateFindings(
  { lastSyncedState, storyState }: Ledger,
  place: Pick<Finding, 'change' | 'file'>,
): Finding[] {
  const findings: Finding[] = []
  if (lastSyncedState !== null && phaseNamed(lastSyncedState) === null) {
    findings.push(finding('ledger/unknown-state', 'info', { state: lastSyncedState }, place))
  }
  if (
    lastSyncedState !== null &&
    storyState !== null &&
    lastSyncedState.toLowerCase() !== storyState.toLowerCase()
  ) {
    findings.push(
      finding('ledger/states-differ', 'warning', { recorded: lastSyncedState, bound: storyState }, place),
    )
  }
  return findings
}
