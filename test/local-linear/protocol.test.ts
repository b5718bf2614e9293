import { LinearClient } from '@linear/sdk'
import { expect, test } from 'vitest'
import { ask, KEY, refusalOf, serve } from './client.ts'

test.each([
  ['no key', { Authorization: '' }, 401, 'AUTHENTICATION_ERROR'],
  ['an unknown key', { Authorization: 'lin_api_other' }, 401, 'AUTHENTICATION_ERROR'],
  ['an API key sent as Bearer', { Authorization: `Bearer ${KEY}` }, 400, 'INPUT_ERROR'],
])('%s is refused', async (_, headers, status, code) => {
  expect(refusalOf(await ask(await serve(), '{ viewer { id } }', { headers }))).toMatchObject({
    status,
    code,
  })
})

test('an API key sent as Bearer is refused in Linear’s words', async () => {
  const reply = await ask(await serve(), '{ viewer { id } }', { headers: { Authorization: `Bearer ${KEY}` } })
  expect(refusalOf(reply).message).toBe(
    "It looks like you're trying to use an API key as a Bearer token. Remove the Bearer prefix from the Authorization header.",
  )
})

test.each([
  ['an unknown field', '{ viewer { nope } }', 'GRAPHQL_VALIDATION_FAILED'],
  ['a missing argument', '{ issue { id } }', 'GRAPHQL_VALIDATION_FAILED'],
  ['broken syntax', '{ viewer {', 'GRAPHQL_PARSE_FAILED'],
  ['a missing variable', 'query Q($id: String!) { issue(id: $id) { id } }', 'INPUT_ERROR'],
])('%s is HTTP 400', async (_, query, code) => {
  expect(refusalOf(await ask(await serve(), query))).toMatchObject({ status: 400, code, data: undefined })
})

test.each([
  ['a property is a tenth', '{ organization { id name } }', '2'],
  ['a connection multiplies by its page', '{ issues(first: 10) { nodes { id identifier } } }', '13'],
  [
    'the page is 50 by default, page information counts too',
    '{ issues { nodes { id } pageInfo { hasNextPage } } }',
    '111',
  ],
  [
    'fragments count where they are spread',
    '{ organization { ...F } } fragment F on Organization { id name }',
    '2',
  ],
])('complexity: %s', async (_, query, points) => {
  expect((await ask(await serve(), query)).headers.get('x-complexity')).toBe(points)
})

test('a page size in a variable counts', async () => {
  const query = 'query Q($n: Int) { issues(first: $n) { nodes { id } } }'
  const reply = await ask(await serve(), query, { variables: { n: 250 } })
  expect(reply.headers.get('x-complexity')).toBe('276')
})

test('a query of more than 10,000 points is refused before it runs', async () => {
  const reply = await ask(
    await serve(),
    '{ issues(first: 250) { nodes { comments(first: 250) { nodes { id } } } } }',
  )
  expect(refusalOf(reply)).toMatchObject({ status: 400, code: 'INPUT_ERROR' })
  expect(refusalOf(reply).message).toContain('too complex')
})

test('the rate headers count down, and their reset is in epoch milliseconds', async () => {
  const now = new Date('2026-01-02T03:04:05Z')
  const linear = await serve({ now: () => now })
  await ask(linear, '{ viewer { id } }')
  const { headers } = await ask(linear, '{ viewer { id } }')
  expect(headers.get('x-ratelimit-requests-limit')).toBe('2500')
  expect(headers.get('x-ratelimit-requests-remaining')).toBe('2498')
  expect(headers.get('x-ratelimit-complexity-limit')).toBe('3000000')
  expect(headers.get('x-ratelimit-complexity-remaining')).toBe('2999996')
  expect(headers.get('x-ratelimit-requests-reset')).toBe(String(now.getTime() + 2880))
})

test('an exhausted budget is HTTP 400 RATELIMITED, and drains with time', async () => {
  let now = new Date('2026-01-02T03:04:05Z')
  const linear = await serve({ now: () => now, limits: { requests: 2 } })
  await ask(linear, '{ viewer { id } }')
  await ask(linear, '{ viewer { id } }')
  expect(refusalOf(await ask(linear, '{ viewer { id } }'))).toMatchObject({
    status: 400,
    code: 'RATELIMITED',
  })
  now = new Date(now.getTime() + 1_800_000)
  expect((await ask(linear, '{ viewer { id } }')).status).toBe(200)
})

test('a body of more than 10 MiB is HTTP 413', async () => {
  expect((await ask(await serve(), `{ viewer { id } } # ${'x'.repeat(10 * 1024 * 1024)}`)).status).toBe(413)
})

test('other paths are HTTP 404', async () => {
  const { url } = await serve()
  expect((await fetch(url.replace('graphql', 'control'), { method: 'POST', body: '{}' })).status).toBe(404)
})

test('the real SDK reads and writes through its own transport and sees the headers', async () => {
  const linear = await serve({ seed: { issues: [{ identifier: 'LOC-1' }] } })
  const client = new LinearClient({ apiKey: KEY, apiUrl: linear.url }).client
  const query = 'mutation M($id: String!) { issueUpdate(id: $id, input: {title: "New"}) { issue { title } } }'
  const reply = await client.rawRequest<{ issueUpdate: unknown }, Record<string, unknown>>(query, {
    id: 'LOC-1',
  })
  expect(reply.data?.issueUpdate).toEqual({ issue: { title: 'New' } })
  expect(reply.headers?.get('x-complexity')).toBe('3')
})

test.each([
  ['a bad key', 'lin_api_other', '{ viewer { id } }', 'AuthenticationLinearError'],
  ['a missing issue', KEY, '{ issue(id: "LOC-9") { id } }', 'InvalidInputLinearError'],
])('the real SDK knows %s', async (_, apiKey, query, name) => {
  const linear = await serve()
  const client = new LinearClient({ apiKey, apiUrl: linear.url }).client
  const error = await client.rawRequest(query, {}).catch(caught => caught)
  expect(error.constructor.name).toBe(name)
})
