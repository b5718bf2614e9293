import type { Phase } from '../change/states.ts'
import type { TrackedChange } from '../ledger/ledger.ts'
import { shortEvidence } from './identity.ts'

/** Milestone comments have at most two sentences and never quote design or tasks. */
export function transitionComment(change: TrackedChange, to: Phase): string {
  const name = `\`${change.name}\``
  switch (to) {
    case 'Backlog':
    case 'Todo':
      return `The OpenSpec change ${name} has a proposal and is bound to this issue.`
    case 'In Progress':
      return `Work on the OpenSpec change ${name} has started${progress(change)}.`
    case 'In Review':
      return `The OpenSpec change ${name} was verified: ${verdict(change)}. It is ready for review${progress(change)}${reviewMark(change)}.`
    case 'Done':
      return `The OpenSpec change ${name} is archived and its specs are folded into the main ones.`
    case 'Canceled':
      return `The OpenSpec change ${name} was canceled.`
    case 'Duplicate':
      return `The OpenSpec change ${name} was closed as a duplicate.`
  }
}

function progress(change: TrackedChange): string {
  const leaf = change.tasks?.leaf
  if (!leaf || leaf.total === 0) return ''
  return `: ${leaf.done} of ${leaf.total} tasks done`
}

function verdict(change: TrackedChange): string {
  return change.verifyReport.decision === 'warn' ? 'PASS WITH WARNINGS' : 'PASS'
}

export interface RoundFacts {
  round: number
  maximum: number
  /** Full digest of the evidence. */
  evidence: string
}

/** The text that counts a review round on the issue; `reviewRoundsIn` reads it back. */
export function requeueComment(change: TrackedChange, facts: RoundFacts, by: 'verify' | 'reject'): string {
  const cause = by === 'verify' ? 'failed verification' : 'was rejected in review'
  return `The OpenSpec change \`${change.name}\` ${cause} and stays in progress (${roundMark(facts)}).`
}

export function escalationComment(change: TrackedChange, facts: RoundFacts): string {
  return (
    `The OpenSpec change \`${change.name}\` failed verification again (${roundMark(facts)}). ` +
    'It is parked until a person decides: `opsx review approve`, `reject` or `reset`.'
  )
}

function roundMark({ round, maximum, evidence }: RoundFacts): string {
  return `review round ${round} of ${maximum}, evidence ${shortEvidence(evidence)}`
}

/** By this text another checkout recognizes the transition as one of opsx; see read-back.ts. */
function reviewMark({ verifyReport: { digest } }: TrackedChange): string {
  return digest ? ` (evidence ${shortEvidence(digest)})` : ''
}

/** The short evidence that our comment about an arrival in review names; null for any other text. */
export function parseReviewMark(body: string): string | null {
  return /ready for review.* \(evidence ([0-9a-f]{12})\)/.exec(body)?.[1] ?? null
}

/** The round and the evidence that one of our own re-queue comments names; null for any other text. */
export function parseRoundMark(body: string): { round: number; evidence: string } | null {
  const match = /review round (\d+) of \d+, evidence ([0-9a-f]{12})/.exec(body)
  return match?.[1] && match[2] ? { round: Number(match[1]), evidence: match[2] } : null
}
