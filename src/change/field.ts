const UNSET = /^(?:|tbd|todo|none|n\/a|null|<.*>)$/is

/** A scalar of a user's file as trimmed text; null when it is absent, no scalar, or a placeholder (DIALECTS: Reading rules). */
export function textField(value: unknown): string | null {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (typeof value !== 'string') return null
  const text = value.trim()
  return UNSET.test(text) ? null : text
}

/** A whole number of zero or more, written as a number or as text. */
export function countField(value: unknown): number | null {
  const text = textField(value)
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null
}
