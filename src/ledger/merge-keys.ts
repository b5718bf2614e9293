import { threeWay, type Versions } from '../markdown/three-way.ts'
import { LEDGER_KEYS } from './ledger-keys.ts'

export type FrontmatterData = Record<string, unknown>

/** Keys with the issue of a change: only a person can decide which of two is right. */
const IDENTITY = ['linear_story_id', 'linear_story_identifier']

/** Keys that opsx alone writes, and that follow the identity. */
const OF_THE_ISSUE = ['linear_story_title', 'linear_story_url', 'linear_story_state', 'opsx_change_id']

const PERSONS = new Set<string>(['linear_team', 'linear_project', 'max_review_rounds', ...IDENTITY])

/**
 * Whose value of a key counts. What both sides changed, and not alike: the round is the higher one, unless a side started
 * the count again; every other key of opsx follows the side that wrote its ledger last; a key of a person's is null.
 */
export function sideOfKey(key: string, versions: Versions<FrontmatterData>): 'ours' | 'theirs' | null {
  const { base, ours, theirs } = versions
  const side = threeWay({ base: base[key], ours: ours[key], theirs: theirs[key] }, isSameValue)
  if (OF_THE_ISSUE.includes(key) && !isSameValue(ours[key], theirs[key]) && hasTwoIssues(versions))
    return null
  if (side !== null) return side
  if (!(LEDGER_KEYS as readonly string[]).includes(key) || PERSONS.has(key)) return null
  if (ours[key] === undefined) return 'theirs'
  if (theirs[key] === undefined) return 'ours'
  if (key === 'review_round') {
    const [from, one, other] = [Number(base[key] ?? 0), Number(ours[key]), Number(theirs[key])]
    if (one > from && other > from) return other > one ? 'theirs' : 'ours'
  }
  return lastWrite(theirs) > lastWrite(ours) ? 'theirs' : 'ours'
}

export function isSameValue(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other)
}

function hasTwoIssues({ base, ours, theirs }: Versions<FrontmatterData>): boolean {
  return IDENTITY.some(
    key => threeWay({ base: base[key], ours: ours[key], theirs: theirs[key] }, isSameValue) === null,
  )
}

/** Milliseconds of the newest time in a ledger; 0 without any. */
function lastWrite({ last_synced_at: synced, attempt_log: log }: FrontmatterData): number {
  const entries: unknown[] = Array.isArray(log) ? log : [log]
  const times = entries.map(entry => (typeof entry === 'object' && entry && 'at' in entry ? entry.at : null))
  return Math.max(0, ...[synced, ...times].map(at => (typeof at === 'string' ? Date.parse(at) || 0 : 0)))
}
