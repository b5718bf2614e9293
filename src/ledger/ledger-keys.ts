/**
 * Ledger and binding keys of the frontmatter in canonical order; `attempt_log` follows them. Keys that change
 * together are next to each other, and one that never changes separates them from the rest: git merges two sides unless the lines
 * that they changed touch.
 */
export const LEDGER_KEYS = [
  'linear_story_id',
  'linear_story_identifier',
  'linear_story_title',
  'linear_story_url',
  'linear_story_state',
  'linear_team',
  'linear_project',
  'linear_description_digest',
  'opsx_change_id',
  'last_synced_state',
  'last_synced_at',
  'review_round',
  'max_review_rounds',
] as const

export type LedgerKey = (typeof LEDGER_KEYS)[number]
