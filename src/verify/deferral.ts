/**
 * The reason in the line of a deferred task: after `deferred:`, `reason:` or `because`, in parentheses at the end, or
 * after a dash. Null when the line has none.
 */
export function deferralReason(text: string): string | null {
  const named = /\b(?:deferred|reason|because|blocked by|waits for)\b[\s:—–-]*([^)>]{3,})/i.exec(text)?.[1]
  const aside = /\(([^()]{3,})\)\s*$/.exec(text)?.[1]
  const behind = /\s[—–]\s*(\S.{2,})$/.exec(text)?.[1]
  const reason = (named ?? aside ?? behind)?.replace(/^[*_]+|\s*(?:-->|\))\s*$/g, '').trim()
  return reason && /\p{L}/u.test(reason) ? reason : null
}
