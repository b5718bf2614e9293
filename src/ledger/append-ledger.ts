import { editFrontmatter } from '../markdown/frontmatter-edit.ts'
import { parseFrontmatter } from '../markdown/parse-frontmatter.ts'
import type { YamlEdit } from '../markdown/yaml/yaml-data.ts'
import { LEDGER_KEYS, type LedgerKey } from './ledger-keys.ts'

export interface NewEntry {
  /** UTC, ISO 8601, seconds. */
  at: string
  /** Canonical state names, e.g. `Todo->In Progress`, or an event such as `archive->mirror`. */
  transition: string
  outcome: 'posted' | 'dropped' | 'failed'
  note: string
  /** `sha256:` digest of the verify file's evidence. */
  evidence?: string
}

export interface LedgerChange {
  /** Oldest first. */
  entries: NewEntry[]
  keys: Partial<Record<LedgerKey, string | number>>
}

const LOG = 'attempt_log'
const ORDER: readonly string[] = [...LEDGER_KEYS, LOG]

/**
 * Writes the ledger of a change into the text of its proposal.md: sets keys and appends entries, in the file's own
 * style and direction; nothing there is rewritten, sorted or de-duplicated. `last_synced_at` changes only together
 * with another key or an entry. Throws OpsxError EDIT_REFUSED.
 */
export function appendLedger(text: string, change: LedgerChange): string {
  const { data } = parseFrontmatter(text)
  const sets = LEDGER_KEYS.flatMap(key => {
    const value = change.keys[key]
    return value === undefined || data[key] === value ? [] : [{ key, value }]
  })
  if (change.entries.length === 0 && sets.every(({ key }) => key === 'last_synced_at')) return text

  const present = Object.keys(data).filter(key => ORDER.includes(key))
  const edits: YamlEdit[] = sets.map(({ key, value }) => ({
    kind: 'set',
    path: [key],
    value,
    ...takePlace(key, present),
  }))
  for (const { at, transition, outcome, note, evidence } of change.entries) {
    const item = { at, transition, outcome, note, ...(evidence === undefined ? {} : { evidence }) }
    edits.push({ kind: 'append', path: [LOG], item, ...placeOf(LOG, present) })
  }
  return editFrontmatter(text, edits)
}

/** Where a missing key goes. The keys after it go beside it, so it joins `present`. */
function takePlace(key: string, present: string[]): ReturnType<typeof placeOf> {
  if (present.includes(key)) return {}
  const place = placeOf(key, present)
  const next = place.before === undefined ? present.length : present.indexOf(place.before)
  present.splice(place.after === undefined ? next : present.indexOf(place.after) + 1, 0, key)
  return place
}

/** The ledger keys beside which a missing one goes: in canonical order, but never after an existing `attempt_log`. */
function placeOf(
  key: string,
  present: string[],
): { after?: string | undefined; before?: string | undefined } {
  if (key === LOG) return { after: present.at(-1) }
  const rank = ORDER.indexOf(key)
  const log = present.indexOf(LOG)
  const ahead = present
    .slice(0, log < 0 ? present.length : log)
    .filter(candidate => ORDER.indexOf(candidate) < rank)
    .sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b))
  return { after: ahead.at(-1), before: present.find(candidate => ORDER.indexOf(candidate) > rank) }
}
