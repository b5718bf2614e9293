import { countRestartedAt, decidedAt } from '../../ledger/rounds.ts'
import { parseReviewMark, parseRoundMark } from '../comment.ts'
import { commentId, shortEvidence } from '../identity.ts'
import type { BoundFacts } from './change-facts.ts'

/**
 * What our own comments on the issue prove and the ledger of this checkout does not have, because it was never
 * published. A comment is ours when its id derives from the evidence it names;
 * one for `except`, the evidence at hand, is left out, because a run that died before its ledger write made it.
 */
function unpublished(
  { change, changeId, snapshot, issue }: BoundFacts,
  { label, since, except }: { label: 're-queue' | 'escalate'; since: string | null; except: string | null },
): number {
  const known = new Set(
    change.ledger.entries.flatMap(entry => (entry.evidence ? [shortEvidence(entry.evidence)] : [])),
  )
  if (except) known.add(shortEvidence(except))
  const comments = snapshot.details.get(issue.id)?.comments ?? []
  return comments.filter(comment => {
    const mark = parseRoundMark(comment.body)
    if (!mark || known.has(mark.evidence) || comment.createdAt <= (since ?? '')) return false
    return comment.id === commentId(changeId, label, mark.evidence)
  }).length
}

/** Rounds counted elsewhere since the count was last restarted. */
export function unpublishedRounds(facts: BoundFacts, except: string): number {
  return unpublished(facts, { label: 're-queue', since: countRestartedAt(facts.change.ledger), except })
}

/** True when an escalation elsewhere parked the change, and no person has decided since. */
export function isParkedElsewhere(facts: BoundFacts): boolean {
  const except = facts.change.verifyReport.decision === 'fail' ? facts.change.verifyReport.digest : null
  return unpublished(facts, { label: 'escalate', since: decidedAt(facts.change.ledger), except }) > 0
}

/**
 * True when our own comments show that another checkout brought the change into review and none moved it back
 * since; `except` is the evidence that takes it back now.
 */
export function isInReviewElsewhere({ changeId, snapshot, issue }: BoundFacts, except: string): boolean {
  for (const { id, body } of snapshot.details.get(issue.id)?.comments ?? []) {
    const arrival = parseReviewMark(body)
    if (arrival && id === commentId(changeId, 'In Review', arrival)) return true
    const round = parseRoundMark(body)
    if (!round || round.evidence === shortEvidence(except)) continue
    if (id === commentId(changeId, 're-queue', round.evidence)) return false
  }
  return false
}
