import { countField, textField, wordField } from '../change/field.ts'
import { type Phase, phaseNamed } from '../change/states.ts'
import { type Finding, finding } from '../findings/finding.ts'
import { isNewestFirst } from '../markdown/list-direction.ts'
import { recordOf } from '../markdown/parse-yaml.ts'
import type { Ledger, LedgerEntry } from './ledger.ts'

const OUTCOMES = new Set(['posted', 'dropped', 'failed'])

/**
 * Reads the ledger keys of a proposal's frontmatter. The log may be a list, a
 * single map, null or missing; it is put oldest first and otherwise left as it is.
 */
export function parseLedger(
  data: Record<string, unknown>,
  place: Pick<Finding, 'change' | 'file'> = {},
): { ledger: Ledger; findings: Finding[] } {
  const findings: Finding[] = []
  const malformed = (reason: string) =>
    findings.push(finding('ledger/malformed', 'warning', { reason }, place))
  const log = data.attempt_log
  const raw = logItems(log)
  if (!raw) malformed('attempt_log is not a list')

  const entries: LedgerEntry[] = []
  for (const [index, item] of (raw ?? []).entries()) {
    const map = recordOf(item)
    if (!map) {
      malformed(`entry ${index + 1} is not a mapping`)
      continue
    }
    const entry = entryOf(map)
    if (entry.transition === '') malformed(`entry ${index + 1} has no transition`)
    else if (entry.outcome === '') malformed(`entry ${index + 1} has no outcome`)
    else if (!OUTCOMES.has(entry.outcome)) {
      findings.push(finding('ledger/unknown-outcome', 'info', { outcome: entry.outcome }, place))
    }
    entries.push(entry)
  }
  const newestFirst = isNewestFirst(raw ?? [])
  if (newestFirst) entries.reverse()
  return { ledger: { entries, newestFirst, ...keysOf(data) }, findings }
}

function keysOf(data: Record<string, unknown>): Omit<Ledger, 'entries' | 'newestFirst'> {
  return {
    lastSyncedState: wordField(data.last_synced_state),
    lastSyncedAt: textField(data.last_synced_at),
    storyState: wordField(data.linear_story_state),
    reviewRound: countField(data.review_round),
    maxReviewRounds: countField(data.max_review_rounds),
    descriptionDigest: textField(data.linear_description_digest),
  }
}

/** The items of an attempt log in file order; undefined when it is something else. */
function logItems(log: unknown): unknown[] | undefined {
  if (Array.isArray(log)) return log
  if (textField(log) === null && !recordOf(log)) return []
  return recordOf(log) ? [log] : undefined
}

function entryOf(map: Record<string, unknown>): LedgerEntry {
  const transition = textOf(map.transition) ?? ''
  const outcome = recordOf(map.outcome) ? textOf(recordOf(map.outcome)?.kind) : textOf(map.outcome)
  const [from, to] = endsOf(transition)
  return {
    at: textOf(map.at),
    transition,
    from,
    to,
    outcome: outcome ?? '',
    note: textOf(map.note),
    evidence: textOf(map.evidence),
  }
}

/** Unlike a binding's fields, the values of an entry are kept as written. */
function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null
}

function endsOf(transition: string): [Phase, Phase] | [null, null] {
  const [from, to, ...more] = transition.split(/->|→/)
  if (from === undefined || to === undefined || more.length > 0) return [null, null]
  const [one, other] = [phaseNamed(from), phaseNamed(to)]
  return one && other ? [one, other] : [null, null]
}
