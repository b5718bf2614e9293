import type { TrackedChange } from '../ledger/ledger.ts'
import { isParked } from '../ledger/rounds.ts'
import type { GitFacts } from '../ports/git.ts'
import { isBound, issueKeyOf, sharedTargets } from './bound-issue.ts'
import { isCommitted, isMerged, ownershipOf } from './ownership.ts'
import { expectedRequeue, expectedTransition } from './plan/expected-transition.ts'
import { isMirrorMissing, MIRROR, recordedPhaseOf } from './recorded.ts'

/** A transition that is due by the files and has not reached Linear by the ledger. */
export interface NextTry {
  change: string
  transition: string
  /** How the last attempt of it ended; null for one that was never made. */
  last: { outcome: string; at: string | null } | null
  /** Why the next sync leaves it; null when it tries. */
  waits: string | null
}

/**
 * What the next `opsx sync` of this checkout has to do by the files and the ledger alone, without asking Linear,
 * in the order of the changes.
 */
export function nextTries(
  changes: TrackedChange[],
  { git, maximum }: { git: GitFacts | undefined; maximum: number },
): NextTry[] {
  const targets = sharedTargets(changes, null)
  return changes.filter(isBound).flatMap(change => {
    const target = targets.get(issueKeyOf(change, null)) ?? change.phase
    const transition =
      expectedTransition(change, target) ??
      expectedRequeue(change, maximum) ??
      (mirrorIsDue(change) ? MIRROR : null)
    if (transition === null) return []
    return [
      { change: change.name, transition, last: lastTry(change, transition), waits: waitsOf(change, git) },
    ]
  })
}

function mirrorIsDue({ archived, binding, ledger }: TrackedChange): boolean {
  return archived && binding.project !== null && isMirrorMissing(ledger.entries)
}

/** Of the same transition, or of one that led to the same phase from an earlier one. */
function lastTry({ ledger }: TrackedChange, transition: string): NextTry['last'] {
  const to = transition.split('->').at(-1)
  const found = ledger.entries.findLast(
    entry => entry.transition.replace('→', '->') === transition || (entry.to !== null && entry.to === to),
  )
  return found ? { outcome: found.outcome, at: found.at } : null
}

function waitsOf(change: TrackedChange, git: GitFacts | undefined): string | null {
  if (change.findings.some(({ code }) => code === 'binding/disagreement'))
    return 'its binding names two issues'
  if (recordedPhaseOf(change) === 'unknown') return 'last_synced_state is not a state that opsx knows'
  const { may, reason } = ownershipOf(change, git)
  if (may === 'nothing') return reason
  if (isParked(change.ledger) && !change.archived) return 'its review rounds are used up; it needs a person'
  const file = `${change.directory}/${change.verifyReport.file}`
  if (expectedRequeue(change, 0) && !isCommitted(file, git))
    return `${change.verifyReport.file} is not committed`
  if (change.phase === 'Done' && (may !== 'everything' || !isMerged(change, git)))
    return `its archive is not on ${git?.defaultBranch ?? 'the default branch'} yet`
  return null
}
