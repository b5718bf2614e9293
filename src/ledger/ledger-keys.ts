/** Ledger and binding keys of the frontmatter in canonical order (LIFECYCLE §3); `attempt_log` follows them. */
export const LEDGER_KEYS = [
  'linear_story_id',
  'linear_story_identifier',
  'linear_story_title',
  'linear_story_url',
  'linear_story_state',
  'linear_team',
  'linear_project',
  'opsx_change_id',
  'linear_description_digest',
  'last_synced_state',
  'last_synced_at',
  'review_round',
  'max_review_rounds',
] as const

export type LedgerKey = (typeof LEDGER_KEYS)[number]
