import { OpsxError } from '../../errors.ts'

const LINEAR_API = 'https://api.linear.app/graphql'

/** The hosts for which the SDK accepts http. */
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * The address for requests; Linear's own API when none is given. Throws ENDPOINT_REFUSED for other addresses than https,
 * or http on this machine. An address with a password is refused too, because it would appear in messages and logs.
 */
export function endpointOf(apiUrl: string | undefined): URL {
  const text = apiUrl ?? LINEAR_API
  if (!URL.canParse(text)) throw refused('is not a URL')
  const url = new URL(text)
  if (url.username !== '' || url.password !== '') throw refused('contains a user name or password')
  if (url.protocol === 'https:') return url
  if (url.protocol === 'http:' && LOOPBACK.has(url.hostname)) return url
  throw refused(`would send the API key to ${url.protocol}//${url.host} unencrypted`)
}

function refused(reason: string): OpsxError {
  return new OpsxError('ENDPOINT_REFUSED', `The configured Linear endpoint ${reason}.`, {
    hint: 'Use an https URL, or http on localhost, 127.0.0.1 or [::1].',
  })
}
