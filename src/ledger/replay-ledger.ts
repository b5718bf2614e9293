import { parseFrontmatter } from '../markdown/parse-frontmatter.ts'
import { appendLedger, type LedgerChange, type NewEntry } from './append-ledger.ts'
import type { LedgerEntry } from './ledger.ts'
import { parseLedger } from './parse-ledger.ts'

/**
 * Writes lines that one run wrote into another copy of the same proposal (the committed one, the upstream one), where
 * some of them may stand already; doing it twice changes nothing.
 */
export function replayLedger(text: string, lines: LedgerChange): string {
  const { ledger } = parseLedger(parseFrontmatter(text).data, {})
  const entries = lines.entries.filter(entry => !ledger.entries.some(known => isSame(known, entry)))
  const behind = lines.entries.length > 0 && entries.length === 0
  return behind ? text : appendLedger(text, { entries, keys: lines.keys })
}

function isSame(known: LedgerEntry, entry: NewEntry): boolean {
  return (
    known.at === entry.at &&
    known.transition === entry.transition &&
    known.outcome === entry.outcome &&
    known.evidence === (entry.evidence ?? null)
  )
}
