import { parseFrontmatter } from '../markdown/parse-frontmatter.ts'
import { appendLedger, type NewEntry } from './append-ledger.ts'
import type { LedgerEntry } from './ledger.ts'
import { LEDGER_KEYS, type LedgerKey } from './ledger-keys.ts'
import { parseLedger } from './parse-ledger.ts'

/** Keys that only opsx writes; other keys are copied only where they are missing. */
const OWN_KEYS: ReadonlySet<LedgerKey> = new Set([
  'linear_story_state',
  'opsx_change_id',
  'linear_description_digest',
  'last_synced_state',
  'last_synced_at',
  'review_round',
])

/**
 * Brings the ledger lines of the working copy of a proposal into another copy of it (the committed one, the
 * upstream's), and nothing else of its text. When that copy already has the same transition, from another run, it stays
 * as it is; doing it twice changes nothing. Throws EDIT_REFUSED.
 */
export function carryLedger(text: string, working: string): string {
  const here = parseFrontmatter(working).data
  const there = parseFrontmatter(text).data
  const mine = parseLedger(here, {}).ledger.entries
  const theirs = parseLedger(there, {}).ledger.entries
  const fresh = without(mine, theirs, (one, other) => one.at === other.at && isAlike(one, other))
  const foreign = without(theirs, mine, (one, other) => one.at === other.at && isAlike(one, other))
  const entries = without(fresh, foreign, isAlike)
  if (entries.length === 0 && foreign.length > 0) return text
  const keys: Partial<Record<LedgerKey, string | number>> = {}
  for (const key of newestOf(foreign) > newestOf(entries) ? [] : LEDGER_KEYS) {
    const value = here[key]
    if (typeof value !== 'string' && typeof value !== 'number') continue
    if (OWN_KEYS.has(key) || (there[key] === undefined && key !== 'max_review_rounds')) keys[key] = value
  }
  return appendLedger(text, { entries: entries.flatMap(newEntryOf), keys })
}

/** The state of record follows the side that wrote last. */
function newestOf(entries: LedgerEntry[]): string {
  return entries.reduce((newest, { at }) => (at !== null && at > newest ? at : newest), '')
}

function isAlike(one: LedgerEntry, other: LedgerEntry): boolean {
  return (
    one.transition === other.transition && one.outcome === other.outcome && one.evidence === other.evidence
  )
}

/** The entries of `list` that have no counterpart in `others`; every counterpart serves once. */
function without(
  list: LedgerEntry[],
  others: LedgerEntry[],
  isSame: (one: LedgerEntry, other: LedgerEntry) => boolean,
): LedgerEntry[] {
  const left = [...others]
  return list.filter(entry => {
    const index = left.findIndex(other => isSame(entry, other))
    if (index >= 0) left.splice(index, 1)
    return index < 0
  })
}

function newEntryOf({ at, transition, outcome, note, evidence }: LedgerEntry): NewEntry[] {
  if (at === null || (outcome !== 'posted' && outcome !== 'dropped' && outcome !== 'failed')) return []
  return [{ at, transition, outcome, note: note ?? '', ...(evidence === null ? {} : { evidence }) }]
}
