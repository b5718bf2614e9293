import type { Evidence } from './evidence.ts'

export type Freshness = 'fresh' | 'artifacts-changed' | 'code-changed' | 'both' | 'unknown'

/**
 * Whether a verdict is about what stands there today; `unknown` for a report that opsx did not write. Code counts only
 * where both sides know it: a shallow clone cannot say, and makes nothing stale (CLI.md "verify/stale").
 */
export function freshnessOf({
  recorded,
  today,
}: {
  recorded: Evidence | null
  today: Pick<Evidence, 'artifacts' | 'code'>
}): Freshness {
  if (recorded === null) return 'unknown'
  const artifacts = recorded.artifacts !== today.artifacts
  const code = recorded.code !== null && today.code !== null && recorded.code !== today.code
  if (artifacts) return code ? 'both' : 'artifacts-changed'
  return code ? 'code-changed' : 'fresh'
}
