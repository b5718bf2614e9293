/**
 * Why a task was deferred, as its line says: behind `deferred:`, `reason:` or `because`, in a closing parenthesis, or
 * behind a dash. Null when it says nothing.
 */
export function deferralReason(text: string): string | null {
  const named = /\b(?:deferred|reason|because|blocked by|waits for)\b[\s:—–-]*([^)>]{3,})/i.exec(text)?.[1]
  const aside = /\(([^()]{3,})\)\s*$/.exec(text)?.[1]
  const behind = /\s[—–]\s*(\S.{2,})$/.exec(text)?.[1]
  const reason = (named ?? aside ?? behind)?.replace(/^[*_]+|\s*(?:-->|\))\s*$/g, '').trim()
  return reason && /\p{L}/u.test(reason) ? reason : null
}
