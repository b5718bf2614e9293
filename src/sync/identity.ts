import { createHash } from 'node:crypto'
import type { LedgerEntry } from '../ledger/ledger.ts'

/** How many hex digits of an evidence digest a comment shows, and its id is derived from. */
const SHOWN_DIGITS = 12

/**
 * UUID (v4-shaped) of a comment, from immutable facts only, so that a retry, a second machine or CI and a laptop at
 * once produce one comment. `milestone` is the target of the transition rather than the whole
 * transition: two clones whose ledgers differ would otherwise start from different states and comment twice.
 */
export function commentId(changeId: string, milestone: string, cause: string): string {
  const hex = createHash('sha256').update(`${changeId}\n${milestone}\n${cause}`).digest('hex')
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16)
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20, 32),
  ].join('-')
}

/**
 * The id of a change that was bound by another tool and has none yet: derived from its issue and its name of today, then
 * written to the file, so that two clones agree and a later rename changes nothing.
 */
export function adoptedChangeId(issueId: string, changeName: string): string {
  return commentId(issueId, 'adopt', changeName)
}

/** The short form of an evidence digest, as comments show it. */
export function shortEvidence(digest: string): string {
  return digest.replace(/^sha256:/, '').slice(0, SHOWN_DIGITS)
}

/** Cause of a transition without evidence: how often that milestone was reached before, reopenings included. */
export function countedCause(entries: LedgerEntry[], milestone: string): string {
  const reached = entries.filter(
    entry => entry.outcome === 'posted' && entry.to === milestone && !isReopening(entry),
  )
  return String(reached.length + entries.filter(isReopening).length)
}

/** `Done->In Progress` and `Canceled->In Progress`: a person took the change back; a failed attempt is tried again. */
export function isReopening(entry: LedgerEntry): boolean {
  return (
    entry.to === 'In Progress' &&
    entry.outcome !== 'failed' &&
    (entry.from === 'Done' || entry.from === 'Canceled' || entry.from === 'Duplicate')
  )
}
