import { OpsxError } from '../../errors.ts'

const LINEAR_KEY = /lin_(?:api|oauth)_[A-Za-z0-9_-]+/g

/** An API key and the function that takes it out of any text. */
export interface ApiKey {
  readonly value: string
  redact(text: string): string
}

/**
 * Reads a key as people paste it (with spaces or a line end around it). Throws KEY_MISSING for an empty one and
 * LINEAR_AUTH for one that no HTTP header may hold: fetch would quote it in its own error.
 */
export function apiKeyOf(text: string): ApiKey {
  const value = text.trim()
  if (value === '') {
    throw new OpsxError('KEY_MISSING', 'The Linear API key is empty.', { hint: 'Set LINEAR_API_KEY.' })
  }
  if (!/^[\x20-\x7e]+$/.test(value)) {
    throw new OpsxError('LINEAR_AUTH', 'The Linear API key holds characters that no HTTP header may carry.', {
      hint: 'Copy the key again: it is one line of letters, digits and underscores.',
    })
  }
  const secrets = [value, ...value.split(' ').filter(part => part.length >= 8)]
  return { value, redact: redacted => redactedOf(redacted, secrets) }
}

function redactedOf(text: string, secrets: string[]): string {
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, '[key]'), text).replace(LINEAR_KEY, '[key]')
}
