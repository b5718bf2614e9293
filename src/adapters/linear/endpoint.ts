import { OpsxError } from '../../errors.ts'

const LINEAR_API = 'https://api.linear.app/graphql'

/** The hosts for which the SDK itself accepts plain http. */
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * The endpoint requests go to: Linear's own when none is given. Throws ENDPOINT_REFUSED for anything but https
 * or http on this machine, and for addresses that carry a password, which would end up in messages and logs.
 */
export function endpointOf(apiUrl: string | undefined): URL {
  const text = apiUrl ?? LINEAR_API
  if (!URL.canParse(text)) throw refused('is no URL')
  const url = new URL(text)
  if (url.username !== '' || url.password !== '') throw refused('holds a user name or password')
  if (url.protocol === 'https:') return url
  if (url.protocol === 'http:' && LOOPBACK.has(url.hostname)) return url
  throw refused(`sends the API key to ${url.protocol}//${url.host} unencrypted`)
}

function refused(reason: string): OpsxError {
  return new OpsxError('ENDPOINT_REFUSED', `The configured Linear endpoint ${reason}.`, {
    hint: 'Use an https URL, or http on localhost, 127.0.0.1 or [::1].',
  })
}
