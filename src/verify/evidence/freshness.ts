import type { Evidence } from './evidence.ts'

/** What a verdict rests on. */
export type Ground = 'artifacts' | 'code' | 'figures'

/**
 * What is no longer as it was when the verdict was given, worst first; null for a report that opsx did not write. Code
 * and figures count only where both sides know them: a shallow clone cannot say, and makes nothing stale (CLI.md
 * "verify/stale").
 */
export function movedGrounds({
  recorded,
  today,
}: {
  recorded: Evidence | null
  today: Pick<Evidence, Ground>
}): Ground[] | null {
  if (recorded === null) return null
  const differs = (one: string | null, other: string | null) =>
    one !== null && other !== null && one !== other
  return (['artifacts', 'code', 'figures'] as const).filter(ground =>
    differs(recorded[ground], today[ground]),
  )
}
