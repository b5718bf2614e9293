import { expect, test } from 'vitest'
import { ask, serve } from './client.ts'

const seed = {
  users: [{ name: 'Ada' }, { name: 'Ben' }],
  issues: [{ identifier: 'LOC-1', state: 'Todo', description: '- old' }, { identifier: 'LOC-2' }],
}

test('a person’s edits show in the issue and in its history', async () => {
  const linear = await serve({ seed })
  linear.store.moveIssue('LOC-1', 'In Progress', 'Ben')
  linear.store.editIssue('LOC-1', { title: 'New', description: '- new' }, 'Ben')
  linear.store.archiveIssue('LOC-1')
  linear.store.restoreIssue('LOC-1')
  linear.store.trashIssue('LOC-1', 'GitHub')
  const { data } = await ask(
    linear,
    `{ issue(id: "LOC-1") { title description trashed history { nodes {
      fromTitle toTitle toState { name } updatedDescription archived trashed actor { name } botActor { name } } } } }`,
  )
  expect(data.issue).toMatchObject({ title: 'New', description: '* new', trashed: true })
  expect(data.issue.history.nodes).toMatchObject([
    { trashed: true, actor: null, botActor: { name: 'GitHub' } },
    { archived: false, actor: { name: 'Ada' } },
    { archived: true, actor: { name: 'Ada' } },
    { fromTitle: 'LOC-1', toTitle: 'New', updatedDescription: true, actor: { name: 'Ben' } },
    { toState: { name: 'In Progress' }, actor: { name: 'Ben' }, botActor: null },
  ])
})

test('comments of people and integrations are found by issue and by id', async () => {
  const linear = await serve({ seed })
  const first = linear.store.addComment('LOC-1', 'one', 'Ben')
  const second = linear.store.addComment('LOC-1', 'two', 'GitHub')
  linear.store.addComment('LOC-2', 'three')
  const { data } = await ask(
    linear,
    `query Q($ids: [ID!]) {
      byIssue: comments(filter: {issue: {id: {eq: "LOC-1"}}}) { nodes { body user { name } botActor { name } url } }
      byId: comments(filter: {id: {in: $ids}}) { nodes { body issue { identifier } } }
    }`,
    { variables: { ids: [first.id] } },
  )
  expect(data.byIssue.nodes).toEqual([
    {
      body: 'two',
      user: null,
      botActor: { name: 'GitHub' },
      url: expect.stringContaining(second.id.slice(0, 8)),
    },
    { body: 'one', user: { name: 'Ben' }, botActor: null, url: expect.stringContaining('/LOC-1/') },
  ])
  expect(data.byId.nodes).toEqual([{ body: 'one', issue: { identifier: 'LOC-1' } }])
})

test('a renamed workspace reports its old key', async () => {
  const linear = await serve()
  linear.store.renameWorkspace('renamed')
  const { data } = await ask(linear, '{ organization { urlKey previousUrlKeys } }')
  expect(data.organization).toEqual({ urlKey: 'renamed', previousUrlKeys: ['local'] })
})

test('a deleted issue is not found any more', async () => {
  const linear = await serve({ seed })
  linear.store.deleteIssue('LOC-1')
  const { data } = await ask(linear, '{ issues(includeArchived: true) { nodes { identifier } } }')
  expect(data.issues.nodes).toEqual([{ identifier: 'LOC-2' }])
})

test('documents are found by title and id', async () => {
  const linear = await serve()
  const { id } = linear.store.addDocument('First project', 'A', 'a')
  linear.store.addDocument('First project', 'B', 'b')
  const { data } = await ask(
    linear,
    `query Q($id: ID!) {
      byTitle: documents(filter: {title: {eq: "B"}, project: {name: {eq: "First project"}}}) { nodes { title } }
      byId: documents(filter: {id: {in: [$id]}}) { nodes { title content project { name } } }
    }`,
    { variables: { id } },
  )
  expect(data.byTitle.nodes).toEqual([{ title: 'B' }])
  expect(data.byId.nodes).toEqual([{ title: 'A', content: 'a', project: { name: 'First project' } }])
})

test('direct edits are not counted', async () => {
  const linear = await serve({ seed })
  linear.store.moveIssue('LOC-1', 'Done')
  expect(linear.counters).toEqual({ requests: 0, mutations: 0 })
})

test('a thousand issues are read in one request below the cap', async () => {
  const issues = Array.from({ length: 1000 }, (_, index) => ({ identifier: `LOC-${index + 1}` }))
  const linear = await serve({ seed: { issues } })
  const ids = linear.store.state.issues.map(({ id }) => id)
  const aliases = [0, 1, 2, 3].map(
    n =>
      `a${n}: issues(first: 250, includeArchived: true, filter: {id: {in: $p${n}}}) { nodes { id identifier state { id } } }`,
  )
  const variables = Object.fromEntries([0, 1, 2, 3].map(n => [`p${n}`, ids.slice(n * 250, n * 250 + 250)]))
  const query = `query Q($p0: [ID!], $p1: [ID!], $p2: [ID!], $p3: [ID!]) { ${aliases.join(' ')} }`
  const started = performance.now()
  const reply = await ask(linear, query, { variables })
  console.log(
    `1,000 issues: ${reply.headers.get('x-complexity')} points, ${Math.round(performance.now() - started)} ms`,
  )
  expect(
    Object.values(reply.data as Record<string, { nodes: unknown[] }>).flatMap(({ nodes }) => nodes),
  ).toHaveLength(1000)
})
