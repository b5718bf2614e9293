import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { runOpsx } from '../support/cli.ts'
import { createRepository } from '../support/git-repository.ts'

const HOUSE = 'openspec/schemas/house-style'
const SCHEMA = `name: house-style
artifacts:
  - { id: sketch, generates: notes/sketch.md, template: sketch.md }
  - { id: proposal, generates: proposal.md, template: proposal.md, requires: [sketch] }
  - { id: specs, generates: "specs/**/*.md", requires: [proposal] }
  - { id: verify, generates: verify.md, requires: [specs] }
`

function repositoryWith(files: Record<string, string>) {
  const repository = createRepository()
  onTestFinished(() => repository.remove())
  repository.commit('Begin', { 'openspec/config.yaml': 'schema: spec-driven\n', ...files })
  const opsx = (...args: string[]) => runOpsx(args, { cwd: repository.path })
  const read = (path: string) => readFileSync(join(repository.path, 'openspec/changes/add-x', path), 'utf8')
  return { repository, opsx, read }
}

test("a change of the project's own schema gets its templates, and the others ship for files of that name", async () => {
  const { opsx, read } = repositoryWith({
    [`${HOUSE}/schema.yaml`]: SCHEMA,
    [`${HOUSE}/templates/sketch.md`]: '# Sketch\n\nDraw it.\n',
  })
  const { exitCode, json } = await opsx('new', 'add-x', '--schema', 'house-style', '--json')
  expect(exitCode).toBe(0)
  expect(json()).toMatchObject({
    changeSchema: 'house-style',
    left: [
      { artifact: 'specs', file: 'specs/**/*.md' },
      { artifact: 'verify', file: 'verify.md' },
    ],
  })
  expect(read('.openspec.yaml')).toMatch(/^schema: house-style\ncreated: "\d{4}-\d\d-\d\d"\n$/)
  expect(read('notes/sketch.md')).toBe('# Sketch\n\nDraw it.\n')
  expect(read('proposal.md')).toContain('## Why')
})

test.each([
  ['spec-driven', ['proposal.md', 'design.md', 'tasks.md'], ['brainstorm.md', 'verify.md']],
  [
    'superpowers-bridge',
    ['brainstorm.md', 'proposal.md', 'design.md', 'tasks.md', 'plan.md'],
    ['verify.md', 'retrospective.md'],
  ],
])('%s lays out what is written before the work', async (schema, there, later) => {
  const { opsx, repository, read } = repositoryWith({})
  await opsx('new', 'add-x', '--schema', schema)
  for (const file of there) expect(read(file)).not.toBe('')
  for (const file of later)
    expect(existsSync(join(repository.path, 'openspec/changes/add-x', file))).toBe(false)
})

test('a schema that leads out of the change writes nothing at all', async () => {
  const { opsx, repository } = repositoryWith({
    [`${HOUSE}/schema.yaml`]:
      'artifacts:\n  - { id: a, generates: a.md }\n  - { id: b, generates: ../../config.yaml }\n',
  })
  const { exitCode, json } = await opsx('new', 'add-x', '--schema', 'house-style', '--json')
  expect(exitCode).toBe(2)
  expect(json().error).toMatchObject({
    code: 'SCHEMA_UNREADABLE',
    message: expect.stringContaining('../../config.yaml'),
  })
  expect(repository.status()).toEqual([])
})

test.each(['../../LICENSE', '../../../../etc/hostname'])('a template of %s is none', async template => {
  const { opsx, repository } = repositoryWith({
    [`${HOUSE}/schema.yaml`]: `artifacts:\n  - { id: a, generates: a.md, template: ${template} }\n`,
  })
  const { exitCode, json } = await opsx('new', 'add-x', '--schema', 'house-style', '--json')
  expect({ exitCode, code: json().error?.code }).toEqual({ exitCode: 2, code: 'PATH_ESCAPES' })
  expect(repository.status()).toEqual([])
})

test('an unknown schema is answered with those there are', async () => {
  const { opsx } = repositoryWith({ [`${HOUSE}/schema.yaml`]: SCHEMA })
  const { error } = (await opsx('new', 'add-x', '--schema', 'nope', '--json')).json()
  expect(error.hint).toContain('spec-driven, superpowers-bridge, house-style')
})

test('status of one change shows what its schema requires and what is next', async () => {
  const { opsx, repository } = repositoryWith({ [`${HOUSE}/schema.yaml`]: SCHEMA })
  await opsx('new', 'add-x', '--schema', 'house-style')
  const asked = async () => {
    const [change] = (await opsx('status', 'add-x', '--json')).json().changes
    const states = change.artifacts.map(
      (each: { artifact: string; state: string }) => `${each.artifact} ${each.state}`,
    )
    return { states: states.join(', '), next: change.next }
  }
  expect(await asked()).toEqual({
    states: 'sketch template, proposal waiting, specs waiting, verify waiting',
    next: { do: 'write', artifact: 'sketch', file: 'notes/sketch.md' },
  })
  repository.write({
    'openspec/changes/add-x/notes/sketch.md': 'A box.\n',
    'openspec/changes/add-x/proposal.md': '## Why\n\nBecause.\n',
  })
  expect(await asked()).toEqual({
    states: 'sketch done, proposal done, specs ready, verify waiting',
    next: { do: 'write', artifact: 'specs', file: 'specs/**/*.md' },
  })
  const { stdout } = await opsx('status', 'add-x')
  expect(stdout).toContain('Artifacts of house-style:')
  expect(stdout).toContain('Next: write specs/**/*.md (specs)')
  expect((await opsx('status', '--json')).json().changes[0]).not.toHaveProperty('artifacts')
})

test('a change of a schema that is nowhere has no list of artifacts', async () => {
  const { opsx } = repositoryWith({
    'openspec/changes/add-x/.openspec.yaml': 'schema: elsewhere\n',
    'openspec/changes/add-x/proposal.md': '## Why\n\nBecause.\n',
  })
  const { changes, findings } = (await opsx('status', 'add-x', '--json')).json()
  expect(changes[0]).not.toHaveProperty('artifacts')
  expect(findings).toMatchObject([{ code: 'schema/unknown' }])
})
