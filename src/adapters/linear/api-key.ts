import { OpsxError } from '../../errors.ts'

const LINEAR_KEY = /lin_(?:api|oauth)_[A-Za-z0-9_-]+/g

/** An API key, and the function that removes it from a text. */
export interface ApiKey {
  readonly value: string
  redact(text: string): string
}

/**
 * The key without surrounding spaces and line ends. Throws KEY_MISSING for an empty key. Throws LINEAR_AUTH for a key that
 * no HTTP header can contain, because `fetch` would print it in its error.
 */
export function apiKeyOf(text: string): ApiKey {
  const value = text.trim()
  if (value === '') {
    throw new OpsxError('KEY_MISSING', 'The Linear API key is empty.', { hint: 'Set LINEAR_API_KEY.' })
  }
  if (!/^[\x20-\x7e]+$/.test(value)) {
    throw new OpsxError(
      'LINEAR_AUTH',
      'The Linear API key contains characters that are not allowed in an HTTP header.',
      {
        hint: 'Copy the key again: it is one line of letters, digits and underscores.',
      },
    )
  }
  const secrets = [value, ...value.split(' ').filter(part => part.length >= 8)]
  return { value, redact: redacted => redactedOf(redacted, secrets) }
}

function redactedOf(text: string, secrets: string[]): string {
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, '[key]'), text).replace(LINEAR_KEY, '[key]')
}
