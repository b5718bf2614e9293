import { randomUUID } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import type { LinearOptions } from '../../../src/adapters/linear/requester.ts'
import { createLinearTracker } from '../../../src/adapters/linear/tracker.ts'
import { readLinearSchema } from '../../support/linear-schema.ts'
import { type LocalLinearOptions, startLocalLinear } from '../../support/local-linear.ts'
import { fast } from './odd-server.ts'

const SEED = {
  organization: { name: 'Acme', urlKey: 'acme', previousUrlKeys: ['acne'] },
  users: [{ name: 'Ada' }],
  teams: [{ key: 'CAM', name: 'Camera' }, { key: 'LEN' }],
  projects: [{ name: 'Build performance' }],
  issues: [
    { identifier: 'CAM-1', title: 'One', state: 'Todo', project: 'Build performance' },
    { identifier: 'CAM-2', state: 'Backlog', archived: true },
    { identifier: 'CAM-3', state: 'Backlog', trashed: true },
    { identifier: 'LEN-1', state: 'Done', previousIdentifiers: ['CAM-9'] },
  ],
}

async function embedded(server: Partial<LocalLinearOptions> = {}, client: Partial<LinearOptions> = {}) {
  const linear = await startLocalLinear({ schema: readLinearSchema(), seed: SEED, ...server })
  onTestFinished(() => linear.close())
  const { options, slept } = fast(linear.url, { apiKey: 'lin_api_local', ...client })
  return { linear, tracker: createLinearTracker(options), slept }
}

test('the snapshot has the organization, teams with their states, and issues by UUID and identifier', async () => {
  const { linear, tracker } = await embedded()
  const { id } = linear.store.issue('CAM-1')
  const board = await tracker.readLinearData({
    teams: ['CAM', 'NO'],
    issues: [id, 'LEN-1', 'CAM-404', randomUUID()],
  })
  expect(board.organization).toMatchObject({ slug: 'acme', previousSlugs: ['acne'], name: 'Acme' })
  expect(board.teams.map(({ key, name }) => [key, name])).toEqual([['CAM', 'Camera']])
  expect(board.teams[0]?.states.map(state => state.name).sort()).toEqual(
    ['Backlog', 'Canceled', 'Done', 'Duplicate', 'In Progress', 'In Review', 'Todo'].sort(),
  )
  expect(board.issues.length).toBe(2)
  expect(board.issues.find(issue => issue.id === id)).toMatchObject({
    identifier: 'CAM-1',
    title: 'One',
    state: { name: 'Todo', type: 'unstarted', position: 1 },
    team: { key: 'CAM' },
    project: { name: 'Build performance' },
    archived: false,
    trashed: false,
  })
  expect(board.issues.find(issue => issue.identifier === 'LEN-1')).toMatchObject({
    previousIdentifiers: ['CAM-9'],
    project: null,
  })
  expect(tracker.usage()).toEqual({ requests: 1, mutations: 0 })
  expect(linear.counters).toEqual({ requests: 1, mutations: 0 })
})

test('one missing issue does not hide the others', async () => {
  const { tracker } = await embedded()
  const board = await tracker.readLinearData({ teams: [], issues: ['CAM-404', 'CAM-1'] })
  expect(board.issues.map(issue => issue.identifier)).toEqual(['CAM-1'])
})

test('archived and trashed issues are in the snapshot and marked', async () => {
  const { tracker } = await embedded()
  const { issues } = await tracker.readLinearData({ teams: [], issues: ['CAM-2', 'CAM-3'] })
  const flags = issues.map(({ identifier, archived, trashed }) => [identifier, archived, trashed])
  expect(flags.sort()).toEqual([
    ['CAM-2', true, false],
    ['CAM-3', true, true],
  ])
})

test('an issue asked for by UUID, identifier and old identifier is returned once', async () => {
  const { linear, tracker } = await embedded()
  linear.store.renameTeam('CAM', 'KAM')
  const { id } = linear.store.issue('KAM-1')
  const board = await tracker.readLinearData({ teams: [], issues: [id, 'KAM-1', 'CAM-1'] })
  expect(board.issues.map(issue => [issue.identifier, issue.previousIdentifiers])).toEqual([
    ['KAM-1', ['CAM-1']],
  ])
})

test('a thousand bound issues take one request and no mutation', async () => {
  const issues = Array.from({ length: 1000 }, (_, index) => ({ identifier: `CAM-${index + 1}` }))
  const { linear, tracker } = await embedded({ seed: { ...SEED, issues } })
  const board = await tracker.readLinearData({
    teams: ['CAM', 'LEN'],
    issues: issues.map(issue => issue.identifier),
  })
  expect(new Set(board.issues.map(issue => issue.id)).size).toBe(1000)
  expect(linear.counters).toEqual({ requests: 1, mutations: 0 })
})

test('more issues than one document may ask for are read in several', async () => {
  const issues = Array.from({ length: 3500 }, (_, index) => ({ identifier: `CAM-${index + 1}` }))
  const { tracker } = await embedded({ seed: { ...SEED, issues } })
  const board = await tracker.readLinearData({
    teams: ['CAM'],
    issues: issues.map(issue => issue.identifier),
  })
  expect(new Set(board.issues.map(issue => issue.id)).size).toBe(3500)
  expect(tracker.usage()).toEqual({ requests: 3, mutations: 0 })
})

test('an inspection has the newest comments and history first, and single comments', async () => {
  let time = Date.UTC(2026, 5, 11)
  const tick = () => {
    time += 1000
    return new Date(time)
  }
  const { linear, tracker } = await embedded({ now: tick, seed: { ...SEED, bots: [{ name: 'GitHub' }] } })
  const { id } = linear.store.issue('CAM-1')
  linear.store.moveIssue('CAM-1', 'In Progress', 'GitHub')
  linear.store.editIssue('CAM-1', { description: 'new' })
  linear.store.moveIssue('CAM-1', 'In Review', 'Ada')
  const texts = Array.from({ length: 120 }, (_, index) => linear.store.addComment('CAM-1', `text ${index}`))
  const elsewhere = linear.store.addComment('LEN-1', 'elsewhere')
  const found = await tracker.inspect({
    issues: [id],
    comments: [elsewhere.id, texts[0]?.id ?? '', randomUUID()],
  })
  const issue = found.issues[0]
  expect(issue?.description).toBe('new')
  expect(issue?.comments.length).toBe(100)
  expect(issue?.comments[0]).toMatchObject({ body: 'text 119', issueId: id })
  const moves = issue?.history.filter(event => event.to !== null) ?? []
  expect(moves.map(({ from, to, actor, automation }) => [from, to, actor, automation])).toEqual([
    ['In Progress', 'In Review', 'ada', false],
    ['Todo', 'In Progress', 'GitHub', true],
  ])
  expect(issue?.history.some(event => event.changedDescription)).toBe(true)
  expect(found.comments.map(comment => [comment.issueId, comment.body])).toEqual([
    [linear.store.issue('LEN-1').id, 'elsewhere'],
    [id, 'text 0'],
  ])
  expect(tracker.usage()).toEqual({ requests: 1, mutations: 0 })
})

test('an inspection of 60 issues stays below the points cap', async () => {
  const issues = Array.from({ length: 60 }, (_, index) => ({ identifier: `CAM-${index + 1}` }))
  const { linear, tracker } = await embedded({ seed: { ...SEED, issues } })
  const ids = issues.map(({ identifier }) => linear.store.issue(identifier).id)
  const found = await tracker.inspect({ issues: ids, comments: ids })
  expect(found.issues.map(issue => issue.id).sort()).toEqual([...ids].sort())
})

test('a move answers the state that the issue is in now', async () => {
  const { linear, tracker } = await embedded()
  const { id } = linear.store.issue('CAM-1')
  const board = await tracker.readLinearData({ teams: ['CAM'], issues: [] })
  const review = board.teams[0]?.states.find(state => state.name === 'In Review')
  expect(await tracker.move(id, review?.id ?? '')).toEqual(review)
  expect(linear.store.stateOf('CAM-1')).toBe('In Review')
  expect(tracker.usage()).toEqual({ requests: 2, mutations: 1 })
})

test('a state of another team is refused with the sentence of Linear', async () => {
  const { linear, tracker } = await embedded()
  const board = await tracker.readLinearData({ teams: ['LEN'], issues: [] })
  const foreign = board.teams[0]?.states[0]?.id ?? ''
  await expect(tracker.move(linear.store.issue('CAM-1').id, foreign)).rejects.toMatchObject({
    code: 'LINEAR_REFUSED',
    message: expect.stringContaining('Discrepancy between issue team and state, cycle or project.'),
  })
})

test('an issue that is not there, and one that is archived, refuse to move', async () => {
  const { linear, tracker } = await embedded()
  const board = await tracker.readLinearData({ teams: ['CAM'], issues: [] })
  const state = board.teams[0]?.states[0]?.id ?? ''
  await expect(tracker.move(randomUUID(), state)).rejects.toMatchObject({
    code: 'LINEAR_REFUSED',
    message: expect.stringContaining('Entity not found: Issue'),
  })
  const { id } = linear.store.issue('CAM-2')
  await expect(tracker.move(id, state)).rejects.toMatchObject({ code: 'LINEAR_REFUSED' })
})

test('a comment is created once under its id, however often it is sent', async () => {
  const { linear, tracker } = await embedded()
  const comment = { id: randomUUID(), issueId: linear.store.issue('CAM-1').id, body: 'text' }
  expect(await tracker.comment(comment)).toBe('created')
  expect(await tracker.comment(comment)).toBe('existed')
  expect(linear.store.comments('CAM-1').map(({ id }) => id)).toEqual([comment.id])
})

test('a comment whose answer was lost on the way is there once', async () => {
  const { linear, tracker } = await embedded()
  linear.faults.inject({ kind: 'reset-after', match: 'mutation' })
  const comment = { id: randomUUID(), issueId: linear.store.issue('CAM-1').id, body: 'text' }
  expect(await tracker.comment(comment)).toBe('existed')
  expect(linear.store.comments('CAM-1').length).toBe(1)
  expect(tracker.usage()).toEqual({ requests: 2, mutations: 2 })
})

test('a move whose answer was lost on the way happens once', async () => {
  const { linear, tracker } = await embedded()
  const board = await tracker.readLinearData({ teams: ['CAM'], issues: [] })
  const done = board.teams[0]?.states.find(state => state.name === 'Done')
  linear.faults.inject({ kind: 'reset-after', match: 'mutation' })
  const before = linear.store.history('CAM-1').length
  expect(await tracker.move(linear.store.issue('CAM-1').id, done?.id ?? '')).toEqual(done)
  expect(linear.store.history('CAM-1').length).toBe(before + 1)
})

test('a description is replaced, and Linear may write its Markdown differently', async () => {
  const { linear, tracker } = await embedded()
  const { id } = linear.store.issue('CAM-1')
  await tracker.describe(id, '- one\n- two')
  const { issues } = await tracker.inspect({ issues: [id], comments: [] })
  expect(issues[0]?.description).toBe('* one\n* two')
})

test.each(['reset-before', 'bad-gateway', 'slow'] as const)('%s is survived', async kind => {
  const { linear, tracker } = await embedded()
  linear.faults.inject({ kind })
  expect((await tracker.readLinearData({ teams: [], issues: [] })).organization.slug).toBe('acme')
})

test('a request that hangs is sent again after its time is up', async () => {
  const { linear, tracker } = await embedded({}, { timeoutMs: 1000 })
  linear.faults.inject({ kind: 'hang' })
  expect((await tracker.readLinearData({ teams: [], issues: [] })).organization.slug).toBe('acme')
})

test('a rate limit with a near Retry-After is waited for', async () => {
  const { linear, tracker, slept } = await embedded()
  linear.faults.inject({ kind: 'rate-limit', retryAfter: 2 })
  await tracker.readLinearData({ teams: [], issues: [] })
  expect(slept.length).toBe(1)
  expect(slept[0]).toBeGreaterThanOrEqual(2000)
})

test('an exhausted hour of requests defers the run and names when it ends', async () => {
  const { tracker } = await embedded({ limits: { requests: 2 } })
  const nothing = { teams: [], issues: [] }
  await tracker.readLinearData(nothing)
  await tracker.readLinearData(nothing)
  await expect(tracker.readLinearData(nothing)).rejects.toMatchObject({
    code: 'LINEAR_RATE_LIMITED',
    message: expect.stringMatching(/until \d{4}-\d\d-\d\dT/),
  })
  expect(tracker.usage().requests).toBe(3)
})

test.each(['lin_api_wrong', 'Bearer lin_api_local'])('the key %j is refused as a key', async apiKey => {
  const { tracker } = await embedded({}, { apiKey })
  await expect(tracker.readLinearData({ teams: [], issues: [] })).rejects.toMatchObject({
    code: 'LINEAR_AUTH',
  })
  expect(tracker.usage().requests).toBe(1)
})

test('an address beside the GraphQL endpoint is unavailability, not a refused key', async () => {
  const { linear } = await embedded()
  const tracker = createLinearTracker(fast(linear.url.replace('graphql', 'other')).options)
  await expect(tracker.readLinearData({ teams: [], issues: [] })).rejects.toMatchObject({
    code: 'LINEAR_UNAVAILABLE',
  })
})
