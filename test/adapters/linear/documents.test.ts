import { buildSchema, type DocumentNode, parse, validate } from 'graphql'
import { expect, test } from 'vitest'
import {
  commentDocument,
  createDocumentDocument,
  type Document,
  describeDocument,
  inspectDocument,
  linearDocument,
  moveDocument,
  projectDocumentsDocument,
  readDocumentsDocument,
  updateDocumentDocument,
} from '../../../src/adapters/linear/documents.ts'
import { dataPagesOf, inspectPagesOf } from '../../../src/adapters/linear/pages.ts'
import { DOCUMENTS_PER_REQUEST } from '../../../src/adapters/linear/project-documents.ts'
import {
  SETUP_PROJECTS,
  SETUP_TEAMS,
  setupDocument,
  teamsDocument,
} from '../../../src/adapters/linear/read-setup.ts'
import { readLinearSchema } from '../../support/linear-schema.ts'
import { pointsOf } from './points.ts'

const schema = buildSchema(readLinearSchema())
const ids = (count: number) => Array.from({ length: count }, (_, index) => `CAM-${index + 1}`)
const keys = (count: number) => Array.from({ length: count }, (_, index) => `T${index}`)

const PROJECT = '6f1e0c5a-1a4b-4c58-9d0e-3f5b7c9a2d10'

function parsed({ document }: Document): DocumentNode {
  return parse(document)
}

const DOCUMENTS: [string, Document][] = [
  ['board of the organization alone', linearDocument({ teams: [], blocks: [] })],
  ['board of teams', linearDocument({ teams: ['CAM'], blocks: [] })],
  ['board of issues', linearDocument({ teams: [], blocks: [['CAM-1']] })],
  ['board of 14 blocks', linearDocument({ teams: ['CAM'], blocks: Array(14).fill(['CAM-1']) })],
  ['inspect issues', inspectDocument({ issues: ['i'], comments: [] })],
  ['inspect comments', inspectDocument({ issues: [], comments: ['c'] })],
  ['inspect both', inspectDocument({ issues: ['i'], comments: ['c'] })],
  ['a page of teams', teamsDocument(null)],
  ['the setup of teams', setupDocument({ teams: ['CAM'], projects: [] })],
  ['the setup of projects', setupDocument({ teams: [], projects: [PROJECT, 'slug'] })],
  ['the setup of both', setupDocument({ teams: ['CAM'], projects: ['slug'] })],
  ['move', moveDocument('i', 's')],
  ['describe', describeDocument('i', 'text')],
  ['a page of a project', projectDocumentsDocument('p', null)],
  ['documents', readDocumentsDocument(['d'])],
  ['create a document', createDocumentDocument({ id: 'd', projectId: 'p', title: 't', content: 'c' })],
  ['update a document', updateDocumentDocument('d', { title: 't', content: 'c' })],
  ['comment', commentDocument({ id: 'c', issueId: 'i', body: 'text' })],
]

test.each(DOCUMENTS)('%s is valid against the schema of Linear', (_, document) => {
  expect(validate(schema, parsed(document)).map(error => error.message)).toEqual([])
  const declared = parsed(document).definitions.flatMap(definition =>
    definition.kind === 'OperationDefinition' ? (definition.variableDefinitions ?? []) : [],
  )
  expect(Object.keys(document.variables)).toEqual(declared.map(({ variable }) => variable.name.value))
})

test.each([
  [1000, 3, 1, 6_000],
  [3500, 5, 3, 9_500],
  [10_000, 120, 8, 9_500],
])('%i issues of %i teams take %i requests of at most %i points', (issues, teams, requests, points) => {
  const pages = dataPagesOf({ teams: keys(teams), issues: ids(issues) })
  const costs = pages.map(page => pointsOf(schema, parsed(linearDocument(page))))
  expect(pages.length).toBe(requests)
  expect(Math.max(...costs)).toBeLessThanOrEqual(points)
  expect(pages.flatMap(page => page.blocks.flat())).toEqual(ids(issues))
  expect(pages.flatMap(page => page.teams)).toEqual(keys(teams))
  expect(Math.max(...pages.map(page => page.blocks.length))).toBeLessThanOrEqual(14)
  expect(Math.max(...pages.flatMap(page => page.blocks.map(block => block.length)))).toBe(250)
})

test('an inspection of any size stays below the points cap in every request', () => {
  const pages = inspectPagesOf({ issues: ids(100), comments: ids(600) })
  const costs = pages.map(page => pointsOf(schema, parsed(inspectDocument(page))))
  expect(pages.length).toBe(4)
  expect(Math.max(...costs)).toBeLessThanOrEqual(9_500)
  expect(pages.flatMap(page => page.issues)).toEqual(ids(100))
  expect(pages.flatMap(page => page.comments)).toEqual(ids(600))
})

test('a page of a project and a block of documents stay below the points cap', () => {
  const page = projectDocumentsDocument('p', null)
  const block = readDocumentsDocument(ids(DOCUMENTS_PER_REQUEST))
  for (const document of [page, block]) expect(pointsOf(schema, parsed(document))).toBeLessThanOrEqual(9_500)
})

test('the organization is read even when no team and no issue is asked for', () => {
  expect(dataPagesOf({ teams: [], issues: [] })).toEqual([{ teams: [], blocks: [] }])
})

test('an inspection of nothing needs no request', () => {
  expect(inspectPagesOf({ issues: [], comments: [] })).toEqual([])
})

test('an id that is asked for twice is sent once', () => {
  expect(dataPagesOf({ teams: ['CAM', 'CAM'], issues: ['CAM-1', 'CAM-1'] })).toEqual([
    { teams: ['CAM'], blocks: [['CAM-1']] },
  ])
})

test('the largest look at how a workspace is set up stays below the points cap', () => {
  const teams = keys(SETUP_TEAMS)
  const projects = Array.from({ length: SETUP_PROJECTS }, () => PROJECT)
  expect(pointsOf(schema, parsed(setupDocument({ teams, projects })))).toBeLessThan(9_500)
  expect(pointsOf(schema, parsed(teamsDocument(null)))).toBeLessThan(9_500)
})
