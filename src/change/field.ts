const UNSET = /^(?:|tbd|todo|none|n\/a|null|<.*>)$/is

/** A scalar of a user's file as trimmed text; null when it is absent, not a scalar, or a placeholder. */
export function textField(value: unknown): string | null {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (typeof value !== 'string') return null
  const text = value.trim()
  return UNSET.test(text) ? null : text
}

/** The same where a word is a value that elsewhere means unset: the state `Todo`, the setting `none`. */
export function wordField(value: unknown): string | null {
  if (typeof value !== 'string') return textField(value)
  const text = value.trim()
  return /^(?:|null|<.*>)$/is.test(text) ? null : text
}

/** A whole number of zero or more, written as a number or as text. */
export function countField(value: unknown): number | null {
  const text = textField(value)
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null
}
