import { LinearClient } from '@linear/sdk'
import { expect, test } from 'vitest'
import { ask, KEY, refusalOf, serve } from './client.ts'

const seed = { issues: [{ identifier: 'LOC-1', title: 'Old' }] }
const WRITE = 'mutation Rename { issueUpdate(id: "LOC-1", input: {title: "New"}) { success } }'
const READ = 'query Read { viewer { id } }'

test('a rate limit is HTTP 400 with RATELIMITED and the headers, and nothing is written', async () => {
  const linear = await serve({ seed })
  linear.faults.inject({ kind: 'rate-limit', retryAfter: 7 })
  const reply = await ask(linear, WRITE)
  expect(refusalOf(reply)).toMatchObject({ status: 400, code: 'RATELIMITED' })
  expect(reply.headers.get('retry-after')).toBe('7')
  expect(reply.headers.get('x-ratelimit-requests-reset')).toMatch(/^\d{13}$/)
  expect(linear.store.issue('LOC-1').title).toBe('Old')
})

test('the real SDK does not recognise the rate limit, because it has no type', async () => {
  const linear = await serve()
  linear.faults.inject({ kind: 'rate-limit' })
  const error = await new LinearClient({ apiKey: KEY, apiUrl: linear.url }).client
    .rawRequest(READ, {})
    .catch(e => e)
  expect(error.constructor.name).toBe('UnknownLinearError')
  expect(error.raw.response.errors[0].extensions.code).toBe('RATELIMITED')
})

test('a bad gateway is HTTP 502 with HTML', async () => {
  const linear = await serve()
  linear.faults.inject({ kind: 'bad-gateway' })
  const reply = await ask(linear, READ)
  expect(reply.status).toBe(502)
  expect(reply.headers.get('content-type')).toContain('text/html')
  expect(reply.text).toContain('<html>')
})

test('a connection reset before the write leaves nothing behind', async () => {
  const linear = await serve({ seed })
  linear.faults.inject({ kind: 'reset-before' })
  const error = await ask(linear, WRITE).catch(caught => caught)
  expect(error).toBeInstanceOf(TypeError)
  expect(error.cause.code).toMatch(/ECONNRESET|UND_ERR_SOCKET/)
  expect(linear.store.issue('LOC-1').title).toBe('Old')
})

test('a connection reset after the write leaves the write', async () => {
  const linear = await serve({ seed })
  linear.faults.inject({ kind: 'reset-after' })
  const error = await ask(linear, WRITE).catch(caught => caught)
  expect(error).toBeInstanceOf(TypeError)
  expect(linear.store.issue('LOC-1').title).toBe('New')
})

test('a hanging request never answers, and closing the server ends it', async () => {
  const linear = await serve({ seed })
  linear.faults.inject({ kind: 'hang' })
  const pending = ask(linear, WRITE).catch(caught => caught)
  while (linear.counters.requests === 0) await new Promise(resolve => setImmediate(resolve))
  await linear.close()
  expect(await pending).toBeInstanceOf(TypeError)
  expect(linear.store.issue('LOC-1').title).toBe('Old')
})

test('a slow request is answered in the end', async () => {
  const linear = await serve({ seed })
  linear.faults.inject({ kind: 'slow', delay: 5 })
  expect((await ask(linear, WRITE)).data).toEqual({ issueUpdate: { success: true } })
})

test('a fault strikes the n-th matching request, as often as asked', async () => {
  const linear = await serve({ seed })
  linear.faults.inject({ kind: 'bad-gateway', match: 'mutation', at: 2, times: 2 })
  const statuses: number[] = []
  for (const query of [READ, WRITE, READ, WRITE, READ, WRITE, WRITE])
    statuses.push((await ask(linear, query)).status)
  expect(statuses).toEqual([200, 200, 200, 502, 200, 502, 200])
})

test.each(['Rename', 'issueUpdate'])('a fault can wait for the operation %s', async operation => {
  const linear = await serve({ seed })
  linear.faults.inject({ kind: 'bad-gateway', operation })
  expect([(await ask(linear, READ)).status, (await ask(linear, WRITE)).status]).toEqual([200, 502])
})

test('requests and mutations are counted, refused ones too', async () => {
  const linear = await serve({ seed })
  linear.faults.inject({ kind: 'bad-gateway', match: 'mutation' })
  for (const query of [READ, WRITE, WRITE, '{ nope }']) await ask(linear, query)
  expect(linear.counters).toEqual({ requests: 4, mutations: 2 })
})

test('a fault that does not exist is refused', async () => {
  const { faults } = await serve()
  expect(() => faults.inject({ kind: 'meteor' } as never)).toThrow('no such fault: meteor')
})
