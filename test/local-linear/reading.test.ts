import { expect, test } from 'vitest'
import { ask, refusalOf, serve } from './client.ts'

const issues = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ identifier: `LOC-${index + 1}` }))

test('a fresh workspace is called local and has one team, two projects and one person', async () => {
  const linear = await serve()
  const { data } = await ask(
    linear,
    '{ organization { id urlKey previousUrlKeys name } teams { nodes { key name } } projects { nodes { name } } viewer { name } }',
  )
  expect(data).toEqual({
    organization: { id: expect.any(String), urlKey: 'local', previousUrlKeys: [], name: 'Local' },
    teams: { nodes: [{ key: 'LOC', name: 'Local' }] },
    projects: { nodes: [{ name: 'Second project' }, { name: 'First project' }] },
    viewer: { name: 'Local User' },
  })
})

test('In Review is returned before In Progress, although both are started', async () => {
  const linear = await serve()
  const query =
    '{ teams(filter: {key: {in: ["LOC"]}}) { nodes { states { nodes { name type position } } } } }'
  const { data } = await ask(linear, query)
  const states = data.teams.nodes[0].states.nodes
  expect(states.filter(({ type }: { type: string }) => type === 'started')).toEqual([
    { name: 'In Review', type: 'started', position: 1002 },
    { name: 'In Progress', type: 'started', position: 2 },
  ])
  expect(states).toHaveLength(7)
})

test('ids of a seed are the same in every process', async () => {
  const [first, second] = [
    await serve({ seed: { issues: issues(3) } }),
    await serve({ seed: { issues: issues(3) } }),
  ]
  expect(first.store.state.issues.map(({ id }) => id)).toEqual(second.store.state.issues.map(({ id }) => id))
})

test('a missing issue is HTTP 200 with data null and Entity not found', async () => {
  const reply = await ask(await serve(), '{ issue(id: "LOC-99") { id } }')
  expect(refusalOf(reply)).toEqual({
    status: 200,
    data: null,
    message: 'Entity not found: Issue',
    code: 'INPUT_ERROR',
  })
})

test('one missing issue nulls every other alias of the document', async () => {
  const linear = await serve({ seed: { issues: issues(1) } })
  const reply = await ask(linear, '{ a: issue(id: "LOC-1") { id } b: issue(id: "LOC-2") { id } }')
  expect(refusalOf(reply)).toMatchObject({ status: 200, data: null })
})

test('pages have 50 by default, newest first, and go on from a cursor', async () => {
  const linear = await serve({ seed: { issues: issues(60) } })
  const query =
    'query Q($after: String) { issues(after: $after) { nodes { identifier } pageInfo { hasNextPage endCursor } } }'
  const first = (await ask(linear, query)).data.issues
  expect(first.nodes).toHaveLength(50)
  expect(first.nodes[0].identifier).toBe('LOC-60')
  expect(first.pageInfo).toEqual({ hasNextPage: true, endCursor: expect.any(String) })
  const second = (await ask(linear, query, { variables: { after: first.pageInfo.endCursor } })).data.issues
  expect(second.nodes.map(({ identifier }: { identifier: string }) => identifier)).toEqual(
    Array.from({ length: 10 }, (_, index) => `LOC-${10 - index}`),
  )
  expect(second.pageInfo.hasNextPage).toBe(false)
})

test.each([0, 251])('a page of %i is an error', async first => {
  const reply = await ask(await serve(), `{ issues(first: ${first}) { nodes { id } } }`)
  expect(refusalOf(reply)).toMatchObject({ status: 200, data: null, code: 'INVALID_INPUT' })
})

test('an unknown cursor is an error', async () => {
  const reply = await ask(await serve(), '{ issues(after: "nowhere") { nodes { id } } }')
  expect(refusalOf(reply)).toMatchObject({ data: null, code: 'INVALID_INPUT' })
})

test('archived and trashed issues are hidden unless asked for', async () => {
  const seed = {
    issues: [
      { identifier: 'LOC-1' },
      { identifier: 'LOC-2', archived: true },
      { identifier: 'LOC-3', trashed: true },
    ],
  }
  const linear = await serve({ seed })
  const { data } = await ask(
    linear,
    '{ some: issues { nodes { identifier } } all: issues(includeArchived: true) { nodes { identifier trashed archivedAt } } }',
  )
  expect(data.some.nodes).toEqual([{ identifier: 'LOC-1' }])
  expect(data.all.nodes).toEqual([
    { identifier: 'LOC-3', trashed: true, archivedAt: expect.any(String) },
    { identifier: 'LOC-2', trashed: null, archivedAt: expect.any(String) },
    { identifier: 'LOC-1', trashed: null, archivedAt: null },
  ])
})

test('issues are found by identifier and UUID alike, and missing ones are absent', async () => {
  const linear = await serve({ seed: { issues: issues(3) } })
  const { id } = linear.store.issue('LOC-2')
  const query = 'query Q($ids: [ID!]) { issues(filter: {id: {in: $ids}}) { nodes { identifier } } }'
  const { data } = await ask(linear, query, { variables: { ids: ['LOC-1', id, 'LOC-77'] } })
  expect(data.issues.nodes).toEqual([{ identifier: 'LOC-2' }, { identifier: 'LOC-1' }])
})

test('after a team is renamed the old identifiers still resolve and are listed', async () => {
  const linear = await serve({ seed: { issues: issues(1) } })
  linear.store.renameTeam('LOC', 'NEW')
  const { data } = await ask(
    linear,
    '{ issue(id: "LOC-1") { identifier previousIdentifiers } issues(filter: {id: {in: ["LOC-1"]}}) { nodes { identifier } } }',
  )
  expect(data).toEqual({
    issue: { identifier: 'NEW-1', previousIdentifiers: ['LOC-1'] },
    issues: { nodes: [{ identifier: 'NEW-1' }] },
  })
})

test('a slugId opens a project but gives an empty page of documents', async () => {
  const linear = await serve({ seed: { projects: [{ name: 'Atlas', slugId: 'a1b2c3d4e5f6' }] } })
  linear.store.addDocument('Atlas', 'Notes', 'text')
  const { data } = await ask(linear, '{ project(id: "a1b2c3d4e5f6") { id name } }')
  expect(data.project.name).toBe('Atlas')
  const query = 'query Q($id: ID!) { documents(filter: {project: {id: {eq: $id}}}) { nodes { title } } }'
  const bySlug = await ask(linear, query, { variables: { id: 'a1b2c3d4e5f6' } })
  expect(bySlug.data).toEqual({ documents: { nodes: [] } })
  const byId = await ask(linear, query, { variables: { id: data.project.id } })
  expect(byId.data).toEqual({ documents: { nodes: [{ title: 'Notes' }] } })
})

test('a team reports to which state its git automation moves issues', async () => {
  const linear = await serve({
    seed: {
      teams: [
        {
          key: 'LOC',
          gitAutomations: [
            { event: 'merge', state: 'Done' },
            { event: 'start', state: null },
          ],
        },
      ],
    },
  })
  const { data } = await ask(
    linear,
    '{ teams { nodes { gitAutomationStates { nodes { event state { name } } } } } }',
  )
  expect(data.teams.nodes[0].gitAutomationStates.nodes).toEqual([
    { event: 'start', state: null },
    { event: 'merge', state: { name: 'Done' } },
  ])
})

test.each([
  ['a query', '{ initiatives { nodes { id } } }', 'Query.initiatives'],
  ['a nullable field', '{ issues { nodes { cycle { id } } } }', 'Issue.cycle'],
  [
    'a field behind a fragment',
    '{ issues { nodes { ...F } } } fragment F on Issue { dueDate }',
    'Issue.dueDate',
  ],
  [
    'a mutation',
    'mutation { issueBatchUpdate(ids: [], input: {}) { success } }',
    'Mutation.issueBatchUpdate',
  ],
  ['a filter key', '{ issues(filter: {assignee: {null: true}}) { nodes { id } } }', 'IssueFilter.assignee'],
  [
    'a nested filter key',
    '{ comments(filter: {issue: {priority: {eq: 1}}}) { nodes { id } } }',
    'NullableIssueFilter.priority',
  ],
  [
    'a comparator',
    '{ issues(filter: {title: {contains: "x"}}) { nodes { id } } }',
    'StringComparator.contains',
  ],
  ['an argument', '{ issues(last: 3) { nodes { id } } }', 'IssueFilter, argument.last'],
  [
    'an input key',
    'mutation { issueUpdate(id: "LOC-1", input: {priority: 1}) { success } }',
    'IssueUpdateInput.priority',
  ],
])('%s that is not modelled fails loudly', async (_, query, what) => {
  const reply = await ask(await serve(), query)
  expect(refusalOf(reply)).toMatchObject({
    message: `The embedded Linear does not model ${what}.`,
    code: 'NOT_MODELLED',
  })
  expect(reply.data ?? null).toBeNull()
})
