import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { LocalLinear } from '../support/local-linear.ts'
import { ask, refusalOf, serve } from './client.ts'

const seed = { issues: [{ identifier: 'LOC-1', title: 'One', state: 'Todo' }] }
const stateId = (linear: LocalLinear, name: string) =>
  linear.store.state.states.find(state => state.name === name)?.id

const UPDATE =
  'mutation U($id: String!, $input: IssueUpdateInput!) { issueUpdate(id: $id, input: $input) { success issue { title description state { name } } } }'
const COMMENT =
  'mutation C($input: CommentCreateInput!) { commentCreate(input: $input) { success comment { id body issue { identifier } user { name } } } }'

test('an issue gets the next number, the first state and the viewer as its creator', async () => {
  const linear = await serve({ seed })
  const teamId = linear.store.state.teams[0]?.id
  const { data } = await ask(
    linear,
    'mutation M($input: IssueCreateInput!) { issueCreate(input: $input) { issue { identifier url state { name } creator { name } project { name } } } }',
    { variables: { input: { teamId, title: 'Two words' } } },
  )
  expect(data.issueCreate.issue).toEqual({
    identifier: 'LOC-2',
    url: 'https://linear.app/local/issue/LOC-2/two-words',
    state: { name: 'Backlog' },
    creator: { name: 'Local User' },
    project: null,
  })
})

test('an issue moves by its identifier, and its history names who moved it', async () => {
  const linear = await serve({ seed })
  await ask(linear, UPDATE, { variables: { id: 'LOC-1', input: { stateId: stateId(linear, 'In Review') } } })
  linear.store.moveIssue('LOC-1', 'Done', 'GitHub')
  const { data } = await ask(
    linear,
    '{ issue(id: "LOC-1") { completedAt history { nodes { fromState { name } toState { name } actor { name } botActor { name type } updatedDescription } } } }',
  )
  expect(data.issue.completedAt).toEqual(expect.any(String))
  expect(data.issue.history.nodes).toEqual([
    {
      fromState: { name: 'In Review' },
      toState: { name: 'Done' },
      actor: null,
      botActor: { name: 'GitHub', type: 'github' },
      updatedDescription: null,
    },
    {
      fromState: { name: 'Todo' },
      toState: { name: 'In Review' },
      actor: { name: 'Local User' },
      botActor: null,
      updatedDescription: null,
    },
  ])
})

test('moving an issue to the state it is in leaves no history', async () => {
  const linear = await serve({ seed })
  await ask(linear, UPDATE, { variables: { id: 'LOC-1', input: { stateId: stateId(linear, 'Todo') } } })
  expect(linear.store.history('LOC-1')).toEqual([])
})

test('a state of another team is a discrepancy error', async () => {
  const linear = await serve({ seed: { ...seed, teams: [{ key: 'LOC' }, { key: 'OTH' }] } })
  const other = linear.store.state.teams[1]?.id
  const foreign = linear.store.state.states.find(({ teamId }) => teamId === other)?.id
  const reply = await ask(linear, UPDATE, { variables: { id: 'LOC-1', input: { stateId: foreign } } })
  expect(refusalOf(reply)).toEqual({
    status: 200,
    data: null,
    message: 'Discrepancy between issue team and state, cycle or project.',
    code: 'INVALID_INPUT',
  })
  expect(linear.store.stateOf('LOC-1')).toBe('Todo')
})

test('descriptions, comments and documents come back as Linear writes Markdown', async () => {
  const linear = await serve({ seed })
  const sent = '- one\n- [two](https://x.test/a)\n\n\n\n`[a](b)`\n\n```\n- kept\n```\n'
  const kept = '* one\n* [two](<https://x.test/a>)\n\n`[a](b)`\n\n```\n- kept\n```'
  const issue = await ask(linear, UPDATE, { variables: { id: 'LOC-1', input: { description: sent } } })
  expect(issue.data.issueUpdate.issue.description).toBe(kept)
  const comment = await ask(linear, COMMENT, { variables: { input: { issueId: 'LOC-1', body: sent } } })
  expect(comment.data.commentCreate.comment.body).toBe(kept)
  const projectId = linear.store.state.projects[0]?.id
  const document = await ask(
    linear,
    'mutation D($input: DocumentCreateInput!) { documentCreate(input: $input) { document { id content slugId } } }',
    { variables: { input: { projectId, title: 'T', content: sent } } },
  )
  expect(document.data.documentCreate.document.content).toBe(kept)
})

test('a comment keeps the caller’s id, and the same id again is a conflict', async () => {
  const linear = await serve({ seed })
  const id = randomUUID()
  const variables = { input: { id, issueId: 'LOC-1', body: 'hello' } }
  const first = await ask(linear, COMMENT, { variables })
  expect(first.data.commentCreate.comment).toMatchObject({ id, issue: { identifier: 'LOC-1' } })
  const again = await ask(linear, COMMENT, { variables })
  expect(refusalOf(again)).toEqual({
    status: 200,
    data: null,
    message: 'conflict on insert of Comment',
    code: 'INPUT_ERROR',
  })
  expect(again.errors?.[0]?.extensions.userPresentableMessage).toBe(
    `Entity Comment with id ${id} already exists.`,
  )
  expect(linear.store.comments('LOC-1')).toHaveLength(1)
})

test('an id that is no UUID v4 is refused', async () => {
  const linear = await serve({ seed })
  const variables = { input: { id: '00000000-0000-1000-8000-000000000000', issueId: 'LOC-1', body: 'x' } }
  expect(refusalOf(await ask(linear, COMMENT, { variables }))).toMatchObject({
    data: null,
    code: 'INVALID_INPUT',
  })
})

test('archived issues refuse edits and comments', async () => {
  const linear = await serve({ seed })
  const { data } = await ask(
    linear,
    'mutation { issueArchive(id: "LOC-1") { success entity { identifier archivedAt } } }',
  )
  expect(data.issueArchive.entity).toEqual({ identifier: 'LOC-1', archivedAt: expect.any(String) })
  const edit = await ask(linear, UPDATE, { variables: { id: 'LOC-1', input: { title: 'New' } } })
  expect(refusalOf(edit)).toMatchObject({ status: 200, data: null, code: 'INVALID_INPUT' })
  const comment = await ask(linear, COMMENT, { variables: { input: { issueId: 'LOC-1', body: 'x' } } })
  expect(refusalOf(comment)).toMatchObject({ status: 200, data: null })
  expect(linear.store.issue('LOC-1').title).toBe('One')
})

test('a deleted issue is in the trash, archived, and still answers', async () => {
  const linear = await serve({ seed })
  await ask(linear, 'mutation { issueDelete(id: "LOC-1") { success } }')
  const { data } = await ask(
    linear,
    '{ issue(id: "LOC-1") { trashed archivedAt history { nodes { trashed } } } }',
  )
  expect(data.issue).toEqual({
    trashed: true,
    archivedAt: expect.any(String),
    history: { nodes: [{ trashed: true }] },
  })
})

test('documents keep the caller’s id, conflict when it is taken, and are replaced whole', async () => {
  const linear = await serve()
  const id = randomUUID()
  const projectId = linear.store.state.projects[0]?.id
  const query =
    'mutation D($input: DocumentCreateInput!) { documentCreate(input: $input) { document { id } } }'
  const variables = { input: { id, projectId, title: 'T', content: 'first' } }
  expect((await ask(linear, query, { variables })).data.documentCreate.document.id).toBe(id)
  expect(refusalOf(await ask(linear, query, { variables })).message).toBe('conflict on insert of Document')
  const update =
    'mutation D($id: String!, $input: DocumentUpdateInput!) { documentUpdate(id: $id, input: $input) { document { title content } } }'
  const { data } = await ask(linear, update, { variables: { id, input: { content: 'second' } } })
  expect(data.documentUpdate.document).toEqual({ title: 'T', content: 'second' })
})

test.each([
  ['an issue’s description', UPDATE, { id: 'LOC-1', input: { description: 'x'.repeat(250_001) } }],
  ['a comment', COMMENT, { input: { issueId: 'LOC-1', body: 'x'.repeat(250_001) } }],
])('%s of more than 250,000 characters is refused', async (_, query, variables) => {
  const reply = await ask(await serve({ seed }), query, { variables })
  expect(refusalOf(reply)).toMatchObject({ status: 200, data: null, code: 'INVALID_INPUT' })
})

test('mutations of one document run in order, and a failing one keeps the earlier ones', async () => {
  const linear = await serve({ seed })
  const reply = await ask(
    linear,
    `mutation {
      a: issueUpdate(id: "LOC-1", input: {title: "A"}) { success }
      b: issueUpdate(id: "LOC-9", input: {title: "B"}) { success }
      c: issueUpdate(id: "LOC-1", input: {title: "C"}) { success }
    }`,
  )
  expect(refusalOf(reply)).toMatchObject({ status: 200, data: null, message: 'Entity not found: Issue' })
  expect(linear.store.issue('LOC-1').title).toBe('A')
})
