import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { createLinearTracker } from '../../../src/adapters/linear/tracker.ts'
import { OpsxError } from '../../../src/errors.ts'
import {
  EMPTY_BOARD,
  fast,
  json,
  KEY,
  ORGANIZATION,
  refusal,
  serveOddly,
  text,
  unusedUrl,
} from './odd-server.ts'

type Handler = ReturnType<typeof json>

/** The error of reading Linear from a server that always answers like this. */
async function errorFrom(handler: Handler, more: Parameters<typeof fast>[1] = {}): Promise<OpsxError> {
  const { url } = await serveOddly(handler)
  return failureOf(createLinearTracker(fast(url, { retries: 0, ...more }).options).readLinearData(NOTHING))
}

const NOTHING = { teams: [], issues: [] }

async function failureOf(promise: Promise<unknown>): Promise<OpsxError> {
  const error: unknown = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(OpsxError)
  return error as OpsxError
}

test.each<[string, OpsxError['code'], Handler, RegExp]>([
  [
    'a rate limit sent as HTTP 400 is a rate limit',
    'LINEAR_RATE_LIMITED',
    refusal(400, 'Rate limit exceeded', { code: 'RATELIMITED' }),
    /Rate limit exceeded/,
  ],
  [
    'a rate limit sent as HTTP 200 is a rate limit',
    'LINEAR_RATE_LIMITED',
    refusal(200, 'Rate limit exceeded', { code: 'RATELIMITED' }),
    /Rate limit/,
  ],
  [
    'a rate limit sent as HTTP 429 is a rate limit',
    'LINEAR_RATE_LIMITED',
    refusal(429, 'Slow down', {}),
    /Slow down/,
  ],
  [
    'a rate limit that names only its type is a rate limit',
    'LINEAR_RATE_LIMITED',
    refusal(400, 'Slow down', { type: 'ratelimited' }),
    /Slow down/,
  ],
  [
    'HTTP 429 without a GraphQL body is a rate limit',
    'LINEAR_RATE_LIMITED',
    text(429, 'text/plain', 'no'),
    /429/,
  ],
  [
    'a refused key is an authentication error',
    'LINEAR_AUTH',
    refusal(401, 'Authentication required', { code: 'AUTHENTICATION_ERROR', type: 'authentication error' }),
    /Authentication required/,
  ],
  [
    'a refused key inside HTTP 200 is an authentication error',
    'LINEAR_AUTH',
    refusal(200, 'Not authenticated', { code: 'AUTHENTICATION_ERROR' }),
    /Not authenticated/,
  ],
  [
    'HTTP 401 without a GraphQL body is an authentication error',
    'LINEAR_AUTH',
    text(401, 'text/plain', 'no'),
    /401/,
  ],
  [
    'an API key sent as Bearer is an authentication error although Linear says 400',
    'LINEAR_AUTH',
    refusal(
      400,
      "It looks like you're trying to use an API key as a Bearer token. Remove the Bearer prefix.",
    ),
    /Bearer/,
  ],
  [
    'HTTP 404, which the SDK takes for a refused key, means that nothing of Linear is there',
    'LINEAR_UNAVAILABLE',
    text(404, 'text/html', '<h1>x</h1>'),
    /HTTP 404 \(text\/html\)/,
  ],
  [
    'HTTP 413, which the SDK takes for a refused key, is no authentication error',
    'LINEAR_UNAVAILABLE',
    text(413, 'text/plain', 'too large'),
    /HTTP 413/,
  ],
  [
    'a gateway page is unavailability and is not quoted',
    'LINEAR_UNAVAILABLE',
    text(502, 'text/html', '<html>secret page</html>'),
    /^(?!.*secret page).*HTTP 502 \(text\/html\)/,
  ],
  [
    'HTTP 403 of something that is not Linear is unavailability',
    'LINEAR_UNAVAILABLE',
    text(403, 'text/html', 'blocked'),
    /HTTP 403/,
  ],
  [
    'a page instead of an answer is unavailability',
    'LINEAR_UNAVAILABLE',
    text(200, 'text/html', '<html></html>'),
    /HTTP 200 without data \(text\/html\)/,
  ],
  [
    'a redirect is not followed with the key',
    'LINEAR_UNAVAILABLE',
    text(302, 'text/plain', '', { location: 'http://127.0.0.1:9/' }),
    /HTTP 302/,
  ],
  ['broken JSON is unavailability', 'LINEAR_UNAVAILABLE', json(200, '{"data": {'), /not valid JSON/],
  ['JSON null is unavailability', 'LINEAR_UNAVAILABLE', json(200, 'null'), /could not be read/],
  [
    'errors that are no list are unavailability',
    'LINEAR_UNAVAILABLE',
    json(200, { errors: { message: 'x' } }),
    /could not be read/,
  ],
  [
    'an answer with neither data nor errors is unavailability',
    'LINEAR_UNAVAILABLE',
    json(200, { data: null }),
    /without data/,
  ],
  [
    'an internal error of Linear is unavailability whatever the status',
    'LINEAR_UNAVAILABLE',
    refusal(200, 'Oops', { code: 'INTERNAL_SERVER_ERROR' }),
    /Oops/,
  ],
  [
    'a lock timeout of Linear is unavailability',
    'LINEAR_UNAVAILABLE',
    refusal(400, 'Busy', { type: 'lock timeout' }),
    /Busy/,
  ],
  [
    'an entity that is not there is a refusal',
    'LINEAR_REFUSED',
    refusal(200, 'Entity not found: Issue', {
      code: 'INPUT_ERROR',
      userPresentableMessage: 'Could not find referenced Issue.',
    }),
    /Entity not found: Issue - Could not find referenced Issue\./,
  ],
  [
    'a document that is not valid is a refusal',
    'LINEAR_REFUSED',
    refusal(400, 'Cannot query field "x"', { code: 'GRAPHQL_VALIDATION_FAILED' }),
    /Cannot query field/,
  ],
  [
    'a query that is too complex is a refusal',
    'LINEAR_REFUSED',
    refusal(400, 'Query too complex', { code: 'INPUT_ERROR' }),
    /too complex/,
  ],
  [
    'a forbidden thing is a refusal',
    'LINEAR_REFUSED',
    refusal(403, 'Forbidden', { code: 'FORBIDDEN' }),
    /Forbidden/,
  ],
  [
    'errors of another JSON type are read although the SDK does not parse them',
    'LINEAR_RATE_LIMITED',
    text(
      400,
      'application/graphql-response+json',
      JSON.stringify({ errors: [{ message: 'Slow', extensions: { code: 'RATELIMITED' } }] }),
    ),
    /Slow/,
  ],
  [
    'data beside an error is never trusted',
    'LINEAR_REFUSED',
    json(200, { data: { organization: ORGANIZATION }, errors: [{ message: 'Half of it' }] }),
    /Half of it/,
  ],
  [
    'an answer of another shape is unavailability that names the place',
    'LINEAR_UNAVAILABLE',
    json(200, { data: { organization: { ...ORGANIZATION, urlKey: 7 } } }),
    /at organization\.urlKey/,
  ],
  [
    'an error without a message is still a refusal',
    'LINEAR_REFUSED',
    json(200, { data: null, errors: [{}] }),
    /no reason given/,
  ],
  [
    'an error that is no object is still a refusal',
    'LINEAR_REFUSED',
    json(200, { data: null, errors: ['x'] }),
    /no reason given/,
  ],
])('%s', async (_, code, handler, message) => {
  const error = await errorFrom(handler)
  expect(error.message).toMatch(message)
  expect(error.code).toBe(code)
})

test('a connection that is refused is unavailability with the reason of the system', async () => {
  const tracker = createLinearTracker(fast(await unusedUrl(), { retries: 0 }).options)
  const error = await failureOf(tracker.readLinearData(NOTHING))
  expect(error.code).toBe('LINEAR_UNAVAILABLE')
  expect(error.message).toMatch(/127\.0\.0\.1:\d+ .*1 attempt.*ECONNREFUSED/)
})

test('a connection that is closed without an answer is unavailability', async () => {
  const error = await errorFrom(response => response.socket?.destroy())
  expect(error.code).toBe('LINEAR_UNAVAILABLE')
})

test('a connection that is closed within the answer is unavailability', async () => {
  const error = await errorFrom(response => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' })
    response.write('{"data"', () => response.socket?.destroy())
  })
  expect(error.code).toBe('LINEAR_UNAVAILABLE')
})

test('a server that does not answer in time is unavailability', async () => {
  const error = await errorFrom(() => undefined, { timeoutMs: 30 })
  expect(error.code).toBe('LINEAR_UNAVAILABLE')
  expect(error.message).toContain('no answer within 0.03 s')
})

test('a server that begins an answer and never ends it is unavailability', async () => {
  const begin: Handler = response => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.write('{"data":')
  }
  const error = await errorFrom(begin, { timeoutMs: 200 })
  expect(error.message).toContain('no answer within 0.2 s')
})

test('control characters in a sentence of Linear do not reach the terminal', async () => {
  const error = await errorFrom(refusal(200, 'a\u001b[31m\u0000b\n\u202ec\u2028d'))
  expect(error.message).toMatch(/a \[31m b c d$/)
})

test('an endless sentence of Linear is cut', async () => {
  const error = await errorFrom(refusal(200, 'x'.repeat(100_000)))
  expect(error.message.length).toBeLessThan(700)
})

test.each<[string, Handler]>([
  ['message', refusal(200, `no such key: ${KEY}`)],
  ['presentable message', refusal(401, 'x', { code: 'AUTHENTICATION_ERROR', userPresentableMessage: KEY })],
  ['content type', text(502, `text/${KEY}`, KEY)],
  ['page', text(404, 'text/html', `<p>${KEY}</p>`)],
  ['another key of Linear', refusal(200, 'lin_api_SECRETofsomebodyelse')],
])('the key is in no part of an error when the server echoes it in its %s', async (_, handler) => {
  const error = await errorFrom(handler)
  const everything = [
    error.message,
    error.hint,
    error.stack,
    JSON.stringify(error),
    inspect(error, { depth: 9, showHidden: true }),
  ]
  expect(everything.join('\n')).not.toContain('SECRET')
  expect(error.cause).toBeUndefined()
})

test('a key at the place where a long sentence is cut leaves no half behind', async () => {
  const key = 'SECRETSECRETSECRETSECRET'
  const error = await errorFrom(refusal(200, `${'x'.repeat(490)}${key}`), { apiKey: key })
  expect(error.message).not.toContain('SECRET')
})

test('the log names every request and never the key', async () => {
  const lines: string[] = []
  const { url } = await serveOddly(refusal(500, KEY), EMPTY_BOARD)
  await createLinearTracker(fast(url, { log: line => lines.push(line) }).options).readLinearData(NOTHING)
  expect(lines).toEqual([
    expect.stringMatching(/^127\.0\.0\.1:\d+ to read the workspace: unavailable: \[key\]$/),
    expect.stringMatching(/to read the workspace: ok$/),
  ])
})
