import { expect, it } from 'vitest'
import { readSchema } from '../../src/change/schema/read-schema.ts'
import { changeOf, codesOf, fixture } from '../support/fixture.ts'
import { memoryWorkspace } from '../support/memory-workspace.ts'

const artifactsOf = (name: string) => readSchema(fixture('schemas'), name).artifacts

it("takes a change's schema from its own file, else from the configuration", () => {
  expect(changeOf('schemas', 'by-own-file').schema).toBe('spec-driven')
  expect(changeOf('schemas', 'by-config').schema).toBe('house-style')
  expect(changeOf('phases', 'written').schema).toBeNull()
})

it('reports a schema that is nowhere and a file that does not parse', () => {
  expect(codesOf(changeOf('schemas', 'unknown'))).toEqual(['schema/unknown'])
  expect(codesOf(changeOf('schemas', 'broken-file'))).toEqual(['change/unreadable'])
})

it('reads a schema of the project and leaves out what is no artifact', () => {
  expect(readSchema(fixture('schemas'), 'house-style')).toEqual({
    name: 'house-style',
    directory: 'openspec/schemas/house-style',
    artifacts: [
      { id: 'proposal', generates: 'proposal.md', template: 'proposal.md', requires: [] },
      { id: 'notes', generates: 'notes/*.md', template: null, requires: ['proposal'] },
    ],
  })
})

it('brings two schemas along', () => {
  expect(artifactsOf('spec-driven').map(each => each.id)).toEqual(['proposal', 'specs', 'design', 'tasks'])
  const bridge = artifactsOf('superpowers-bridge')
  expect(bridge.map(each => each.id).join(' ')).toBe(
    'brainstorm proposal design specs tasks plan verify retrospective',
  )
  const ids = new Set(bridge.map(each => each.id))
  expect(bridge.flatMap(each => each.requires).filter(id => !ids.has(id))).toEqual([])
})

it("lets the project's schema of a built-in name win", () => {
  const files = {
    'openspec/schemas/spec-driven/schema.yaml': 'artifacts: [{ id: only, generates: only.md }]\n',
  }
  expect(readSchema(memoryWorkspace(files), 'spec-driven').artifacts.map(each => each.id)).toEqual(['only'])
})

it.each(['nowhere', '../spec-driven', '..', ''])('finds no schema %j', name => {
  expect(() => readSchema(fixture('schemas'), name)).toThrowError(
    expect.objectContaining({ code: 'SCHEMA_NOT_FOUND' }),
  )
})

it('reports why a schema cannot be read', () => {
  expect(() => readSchema(fixture('schemas'), 'broken')).toThrowError(
    expect.objectContaining({ code: 'SCHEMA_UNREADABLE', message: expect.stringContaining('line ') }),
  )
})
