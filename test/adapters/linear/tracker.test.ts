import { expect, test } from 'vitest'
import { createLinearTracker } from '../../../src/adapters/linear/tracker.ts'
import { fast, json, ORGANIZATION, refusal, serveOddly } from './odd-server.ts'

const ID = '3f0d3b0e-6f3c-4d6a-9a51-0c2f4f4f0001'
const OTHER = '3f0d3b0e-6f3c-4d6a-9a51-0c2f4f4f0002'
const COMMENT = { id: ID, issueId: OTHER, body: 'text' }
const TODO = { id: 's1', name: 'Todo', type: 'unstarted', position: 1 }
const ISSUE = {
  id: OTHER,
  identifier: 'CAM-1',
  previousIdentifiers: ['OLD-1'],
  title: 'One',
  url: 'https://linear.app/acme/issue/CAM-1',
  archivedAt: null,
  trashed: null,
  state: TODO,
  team: { id: 't1', key: 'CAM' },
  project: null,
}

function conflict(id: string) {
  return refusal(200, 'conflict on insert of Comment', {
    code: 'INPUT_ERROR',
    userPresentableMessage: `Entity Comment with id ${id} already exists.`,
  })
}

async function trackerOf(...handlers: Parameters<typeof serveOddly>) {
  const server = await serveOddly(...handlers)
  return { server, tracker: createLinearTracker(fast(server.url).options) }
}

test('a conflict that names our own id means that the comment exists', async () => {
  const { tracker } = await trackerOf(conflict(ID.toUpperCase()))
  expect(await tracker.comment(COMMENT)).toBe('existed')
})

test('a conflict that names another id is a refusal', async () => {
  const { tracker } = await trackerOf(conflict(OTHER))
  await expect(tracker.comment(COMMENT)).rejects.toMatchObject({ code: 'LINEAR_REFUSED' })
})

test('our own id in another refusal is not taken for success', async () => {
  const { tracker } = await trackerOf(refusal(200, `Entity not found: ${ID}`, { code: 'INPUT_ERROR' }))
  await expect(tracker.comment(COMMENT)).rejects.toMatchObject({ code: 'LINEAR_REFUSED' })
})

test('a comment whose answer was lost is found when it is sent again', async () => {
  const { tracker } = await trackerOf(response => response.socket?.destroy(), conflict(ID))
  expect(await tracker.comment(COMMENT)).toBe('existed')
  expect(tracker.usage()).toEqual({ requests: 2, mutations: 2 })
})

test('the state that Linear answers is returned even when another was asked for', async () => {
  const { tracker } = await trackerOf(
    json(200, { data: { issueUpdate: { success: true, issue: { state: TODO } } } }),
  )
  expect(await tracker.move(OTHER, 's2')).toEqual(TODO)
})

test.each([
  ['success is false', { success: false, issue: { state: TODO } }],
  ['no issue comes with it', { success: true, issue: null }],
  ['the state has no name', { success: true, issue: { state: { ...TODO, name: null } } }],
])('a move is not believed when %s', async (_, issueUpdate) => {
  const { tracker } = await trackerOf(json(200, { data: { issueUpdate } }))
  await expect(tracker.move(OTHER, 's1')).rejects.toMatchObject({ code: 'LINEAR_UNAVAILABLE' })
})

test('an issue that comes in two blocks is returned once', async () => {
  const nodes = { nodes: [ISSUE] }
  const { tracker, server } = await trackerOf(
    json(200, { data: { organization: ORGANIZATION, issues0: nodes, issues1: nodes } }),
  )
  const many = Array.from({ length: 300 }, (_, index) => `CAM-${index}`)
  const board = await tracker.readLinearData({ teams: [], issues: many })
  const { archivedAt, ...issue } = ISSUE
  expect(archivedAt).toBeNull()
  expect(board.issues).toEqual([{ ...issue, archived: false, trashed: false }])
  expect(server.bodies.length).toBe(1)
})

test('a block that is missing from the answer is not taken for no issues', async () => {
  const { tracker } = await trackerOf(json(200, { data: { organization: ORGANIZATION } }))
  await expect(tracker.readLinearData({ teams: [], issues: ['CAM-1'] })).rejects.toMatchObject({
    code: 'LINEAR_UNAVAILABLE',
  })
})

test('what is neither a UUID nor an identifier cannot exist and is not asked for', async () => {
  const { tracker, server } = await trackerOf(
    json(200, { data: { organization: ORGANIZATION, issues0: { nodes: [ISSUE] } } }),
  )
  await tracker.readLinearData({ teams: [], issues: ['', 'TBD', 'https://linear.app/x', 'CAM-1', OTHER] })
  expect(JSON.parse(server.bodies[0] ?? '').variables).toEqual({ ids0: ['CAM-1', OTHER] })
})

test.each([
  [
    'comment',
    (tracker: ReturnType<typeof createLinearTracker>, body: string) => tracker.comment({ ...COMMENT, body }),
  ],
  [
    'description',
    (tracker: ReturnType<typeof createLinearTracker>, text: string) => tracker.describe(OTHER, text),
  ],
])('a %s beyond 250,000 characters is refused without a request', async (_, write) => {
  const { tracker } = await trackerOf(json(200, {}))
  await expect(write(tracker, 'x'.repeat(250_001))).rejects.toMatchObject({ code: 'LINEAR_REFUSED' })
  expect(tracker.usage()).toEqual({ requests: 0, mutations: 0 })
})

const EVENT = {
  createdAt: '2026-06-11T12:00:00.000Z',
  updatedDescription: null,
  fromState: null,
  toState: { name: 'Todo' },
  actor: null,
  botActor: null,
}

test.each([
  ['a person', { actor: { displayName: 'ada', app: false } }, 'ada', false],
  ['an integration', { botActor: { name: 'GitHub' } }, 'GitHub', true],
  [
    'an integration for a person',
    { actor: { displayName: 'ada', app: false }, botActor: { name: 'GitHub' } },
    'GitHub',
    true,
  ],
  ['an application', { actor: { displayName: 'bot', app: true } }, 'bot', true],
  ['nobody, which is an automation of Linear', {}, null, true],
])('the history tells %s', async (_, who, actor, automation) => {
  const nodes = [
    { id: OTHER, description: null, comments: { nodes: [] }, history: { nodes: [{ ...EVENT, ...who }] } },
  ]
  const { tracker } = await trackerOf(json(200, { data: { issues: { nodes } } }))
  const { issues } = await tracker.inspect({ issues: [OTHER], comments: [] })
  expect(issues[0]?.description).toBe('')
  expect(issues[0]?.history).toEqual([
    { at: EVENT.createdAt, from: null, to: 'Todo', actor, automation, changedDescription: false },
  ])
})

test('nothing to inspect takes no request', async () => {
  const { tracker } = await trackerOf(json(500, {}))
  expect(await tracker.inspect({ issues: [], comments: [] })).toEqual({ issues: [], comments: [] })
  expect(tracker.usage().requests).toBe(0)
})
