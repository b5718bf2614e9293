import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { createLinearTracker } from '../../../src/adapters/linear/tracker.ts'
import { OpsxError } from '../../../src/errors.ts'
import { EMPTY_BOARD, fast, KEY, serveOddly } from './odd-server.ts'

function refusalOf(apiUrl: string, apiKey = KEY): OpsxError {
  try {
    createLinearTracker(fast(apiUrl, { apiKey }).options)
  } catch (error) {
    expect(error).toBeInstanceOf(OpsxError)
    return error as OpsxError
  }
  throw new Error(`${apiUrl} was accepted`)
}

test.each([
  'http://api.linear.app/graphql',
  'http://127.0.0.1.example.com/',
  'http://localhost.example.com/',
  'http://0.0.0.0:4000/',
  'ftp://localhost/',
  'file:///etc/passwd',
  'localhost:4000',
  '',
  'https://user:pa55word@api.linear.app/graphql',
])('the endpoint %j is refused with exit code 2', endpoint => {
  const error = refusalOf(endpoint)
  expect([error.code, error.exitCode]).toEqual(['ENDPOINT_REFUSED', 2])
  expect(inspect(error)).not.toContain('pa55word')
})

test.each([
  'https://api.linear.app/graphql',
  'https://gateway.example.com/linear',
  'http://localhost:4000/graphql',
  'http://127.0.0.1:4000/graphql',
  'http://[::1]:4000/graphql',
])('the endpoint %j is accepted without a request', endpoint => {
  expect(createLinearTracker(fast(endpoint).options).usage()).toEqual({ requests: 0, mutations: 0 })
})

test('an empty key is a missing key', () => {
  expect(refusalOf('http://localhost/', ' \n').code).toBe('KEY_MISSING')
})

test.each(['lin_api_a\nb', 'lin_api_\u00e9SECRET', 'lin_api_a\u0000SECRET'])(
  'the key %j, which fetch would quote in its own error, is refused before any request',
  key => {
    const error = refusalOf('http://localhost/', key)
    expect(error.code).toBe('LINEAR_AUTH')
    expect(inspect(error)).not.toContain('SECRET')
  },
)

test('a key goes out raw, without Bearer and without the spaces around it', async () => {
  const server = await serveOddly(EMPTY_BOARD)
  await createLinearTracker(fast(server.url, { apiKey: ` ${KEY}\n` }).options).readLinearData({
    teams: [],
    issues: [],
  })
  expect(server.headers[0]?.authorization).toBe(KEY)
})
