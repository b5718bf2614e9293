import { expect, test } from 'vitest'
import { resetOf, retryDelayOf } from '../../../src/adapters/linear/retry.ts'
import { createLinearTracker } from '../../../src/adapters/linear/tracker.ts'
import { EMPTY_BOARD, fast, json, refusal, serveOddly, text } from './odd-server.ts'

const NOW = Date.UTC(2026, 5, 11, 12, 0, 0)
const NOTHING = { teams: [], issues: [] }
const MOVED = json(200, {
  data: {
    issueUpdate: {
      success: true,
      issue: { state: { id: 's', name: 'Todo', type: 'unstarted', position: 1 } },
    },
  },
})
const reset = (name: string, at: number, remaining = '0') => ({
  [`x-ratelimit-${name}-remaining`]: remaining,
  [`x-ratelimit-${name}-reset`]: String(at),
})

test.each<[string, Record<string, string>, number | undefined]>([
  ['seconds of Retry-After', { 'retry-after': '3' }, NOW + 3000],
  ['a date of Retry-After', { 'retry-after': 'Thu, 11 Jun 2026 12:00:04 GMT' }, NOW + 4000],
  ['the reset of the requests', reset('requests', NOW + 5000), NOW + 5000],
  ['the reset of the points', reset('complexity', NOW + 6000), NOW + 6000],
  [
    'the later of two used up limits',
    { ...reset('requests', NOW + 5000), ...reset('complexity', NOW + 7000) },
    NOW + 7000,
  ],
  [
    'no limit that has something left',
    { ...reset('requests', NOW + 5000), ...reset('complexity', NOW + 7000, '9') },
    NOW + 5000,
  ],
  ['Retry-After before the reset', { 'retry-after': '1', ...reset('requests', NOW + 5000) }, NOW + 1000],
  [
    'nothing from a reset that is no number',
    { ...reset('requests', NOW), 'x-ratelimit-requests-reset': 'soon' },
    undefined,
  ],
  ['nothing from a time no calendar holds', { 'retry-after': '1e99' }, undefined],
  ['nothing from an unreadable Retry-After', { 'retry-after': 'later' }, undefined],
  ['nothing without headers', {}, undefined],
])('the time to come back is read from %s', (_, headers, expected) => {
  expect(resetOf(new Headers(headers), NOW)).toBe(expected)
})

test('the wait doubles with each attempt and is spread by up to half', () => {
  const failure = { kind: 'unavailable', reason: '', temporary: true, headers: new Headers() } as const
  const delay = (attempt: number, random: number) => retryDelayOf({ failure, attempt, now: NOW, random })
  expect([0, 1, 2].map(attempt => delay(attempt, 0))).toEqual([125, 250, 500])
  expect([0, 1, 2].map(attempt => delay(attempt, 1))).toEqual([250, 500, 1000])
})

test('a gateway page is not an answer: the read is sent again and succeeds', async () => {
  const server = await serveOddly(text(502, 'text/html', '<html>'), EMPTY_BOARD)
  const { options, slept } = fast(server.url)
  const tracker = createLinearTracker(options)
  expect((await tracker.readLinearData(NOTHING)).organization.slug).toBe('acme')
  expect(slept).toEqual([188])
  expect(tracker.usage()).toEqual({ requests: 2, mutations: 0 })
})

test('attempts are bounded and all counted', async () => {
  const server = await serveOddly(text(502, 'text/html', '<html>'))
  const { options, slept } = fast(server.url)
  const tracker = createLinearTracker(options)
  await expect(tracker.readLinearData(NOTHING)).rejects.toMatchObject({
    code: 'LINEAR_UNAVAILABLE',
    message: expect.stringContaining('(4 attempts)'),
  })
  expect(server.bodies.length).toBe(4)
  expect(slept.length).toBe(3)
  expect(tracker.usage()).toEqual({ requests: 4, mutations: 0 })
})

test('a write whose answer was lost is sent again, the very same', async () => {
  const server = await serveOddly(response => response.socket?.destroy(), MOVED)
  const tracker = createLinearTracker(fast(server.url).options)
  expect((await tracker.move('i', 's')).name).toBe('Todo')
  expect(server.bodies[0]).toBe(server.bodies[1])
  expect(tracker.usage()).toEqual({ requests: 2, mutations: 2 })
})

test('a request after one that timed out works: no signal is left behind', async () => {
  const server = await serveOddly(() => undefined, EMPTY_BOARD, EMPTY_BOARD)
  const tracker = createLinearTracker(fast(server.url, { timeoutMs: 1000 }).options)
  await tracker.readLinearData(NOTHING)
  await tracker.readLinearData(NOTHING)
  expect(tracker.usage().requests).toBeGreaterThanOrEqual(3)
})

test.each([
  ['a refusal', refusal(200, 'Entity not found: Issue', { code: 'INPUT_ERROR' }), 'LINEAR_REFUSED'],
  ['a refused key', refusal(401, 'no', { code: 'AUTHENTICATION_ERROR' }), 'LINEAR_AUTH'],
  ['a request that is too large', text(413, 'text/plain', ''), 'LINEAR_UNAVAILABLE'],
  ['an address without Linear', text(404, 'text/html', ''), 'LINEAR_UNAVAILABLE'],
])('%s is not asked for again', async (_, handler, code) => {
  const server = await serveOddly(handler)
  await expect(createLinearTracker(fast(server.url).options).readLinearData(NOTHING)).rejects.toMatchObject({
    code,
  })
  expect(server.bodies.length).toBe(1)
})

test('a limit that resets soon is waited for', async () => {
  const limited = { data: null, errors: [{ message: 'Slow', extensions: { code: 'RATELIMITED' } }] }
  const server = await serveOddly(json(400, limited, reset('requests', NOW + 2000)), EMPTY_BOARD)
  const { options, slept } = fast(server.url, { now: () => NOW })
  await createLinearTracker(options).readLinearData(NOTHING)
  expect(slept).toEqual([2188])
})

test('a limit that resets later than ten seconds ends the run at once, with the time of the reset', async () => {
  const limited = { data: null, errors: [{ message: 'Slow', extensions: { code: 'RATELIMITED' } }] }
  const server = await serveOddly(json(400, limited, reset('complexity', NOW + 60_000)))
  const tracker = createLinearTracker(fast(server.url, { now: () => NOW }).options)
  await expect(tracker.readLinearData(NOTHING)).rejects.toMatchObject({
    code: 'LINEAR_RATE_LIMITED',
    exitCode: 75,
    message: "Linear's rate limit is used up until 2026-06-11T12:01:00.000Z: Slow",
  })
  expect(server.bodies.length).toBe(1)
})

test('a limit that never ends is given up after the same number of attempts', async () => {
  const server = await serveOddly(refusal(400, 'Slow', { code: 'RATELIMITED' }))
  const tracker = createLinearTracker(fast(server.url).options)
  await expect(tracker.readLinearData(NOTHING)).rejects.toMatchObject({ code: 'LINEAR_RATE_LIMITED' })
  expect(server.bodies.length).toBe(4)
})
