import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Ajv from 'ajv-8/dist/2020.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type JsonSchema, jsonSchemas } from '../scripts/json-schemas.ts'
import type { Context } from '../src/adapters/context.ts'
import { parseRegistry } from '../src/change/registry/parse-registry.ts'
import { parseSchema } from '../src/change/schema/parse-schema.ts'
import { runStory } from '../src/demo/run-story.ts'
import { parseDefinitions } from '../src/figures/definitions/parse-definitions.ts'
import { parseLock } from '../src/figures/lock/parse-lock.ts'
import { parseYaml } from '../src/markdown/parse-yaml.ts'
import { formatJson, type Report } from '../src/report/report.ts'
import { formatWatchedLine } from '../src/report/watch.ts'
import { parseBaseLock } from '../src/specs/base-lock.ts'
import { runOpsx } from './support/cli.ts'
import { gitEnvironment } from './support/git-repository.ts'

const ROOT = join(import.meta.dirname, '..')
const ajv = new Ajv.default({ allowUnionTypes: true, allErrors: true })
const compiled = (schemas: Map<string, JsonSchema>) =>
  new Map(
    [...schemas].map(([path, { $id, ...schema }]): [string, ReturnType<typeof ajv.compile>] => [
      path,
      ajv.compile(schema),
    ]),
  )
const open = compiled(jsonSchemas())
const closed = compiled(jsonSchemas({ closed: true }))

/** What is wrong with a document, by the schema that it names; keys that are not described count. */
function problemsOf(document: { schema: string }): unknown[] {
  const check = closed.get(`documents/${document.schema.replace('opsx/', '')}.json`)
  if (!check) return [`${document.schema} has no JSON Schema`]
  check(document)
  return (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}

/** True when a file is valid by its published JSON Schema. */
function isValid(path: string, value: unknown): boolean {
  return open.get(path)?.(value ?? null) === true
}

describe('the folder schemas', () => {
  const read = (path: string) => JSON.parse(readFileSync(join(ROOT, 'schemas', path), 'utf8'))

  it('is what npm run schemas writes', () => {
    const paths = readdirSync(join(ROOT, 'schemas'), { recursive: true, encoding: 'utf8' })
    const files = paths.filter(path => path.endsWith('.json')).map(path => path.replaceAll('\\', '/'))
    expect(Object.fromEntries(files.map(path => [path, read(path)]))).toEqual(
      Object.fromEntries(jsonSchemas()),
    )
  })

  it('has a schema for each document in FORMATS.md', () => {
    const formats = readFileSync(join(ROOT, 'FORMATS.md'), 'utf8')
    const names = [...formats.matchAll(/^### `opsx\/([a-z-]+@\d+)`/gm)].map(match => match[1])
    const paths = new Set(names.map(name => `documents/${name}.json`))
    expect([...jsonSchemas().keys()].filter(path => path.startsWith('documents/')).sort()).toEqual(
      [...paths].sort(),
    )
  })
})

describe('a printed document is valid', () => {
  const cwd = mkdtempSync(join(tmpdir(), 'opsx-schemas-'))
  const told: [string, { schema: string }][] = []
  const opsx = (...args: string[]) => runOpsx([...args, '--json'], { cwd, env: gitEnvironment })

  beforeAll(async () => {
    let context: Context | undefined
    const wrap = (made: Context) => {
      context = made
      return made
    }
    await runOpsx(['completion', 'bash'], { cwd, env: gitEnvironment, wrap })
    if (!context) throw new Error('There is no context.')
    const ran = (command: string, report: Report) => told.push([command, JSON.parse(formatJson(report))])
    await runStory(context, { chapter() {}, explain() {}, ran, refused() {} })
  })
  afterAll(() => rmSync(cwd, { recursive: true, force: true }))

  it('by each command of the demo', () => {
    expect(told.map(([command, document]) => [command, problemsOf(document)])).toEqual(
      told.map(([command]) => [command, []]),
    )
    expect([...new Set(told.map(([, { schema }]) => schema))].sort()).toEqual(
      [
        'archive',
        'bind',
        'figures',
        'init',
        'ledger',
        'local',
        'new',
        'status',
        'sync',
        'tasks',
        'verify',
      ].map(name => `opsx/${name}@1`),
    )
  })

  it.each([
    ['opsx/new@1', 'new second'],
    ['opsx/status@1', 'status second'],
    ['opsx/verify@1', 'verify second'],
    ['opsx/roots@1', 'status --all-roots'],
    ['opsx/doctor@1', 'doctor --offline'],
    ['opsx/explain@1', 'explain'],
    ['opsx/completion@1', 'completion fish'],
    ['opsx/audit@1', 'ledger audit'],
    ['opsx/ledger-lint@1', 'ledger lint'],
    ['opsx/ledger-lint@1', 'ledger lint --fix'],
    ['opsx/ledger@1', 'ledger --remote'],
    ['opsx/sync@1', 'sync --dry-run'],
    ['opsx/figures@1', 'figures list'],
    ['opsx/figures@1', 'figures check'],
    ['opsx/figures@1', 'figures reconcile'],
    ['opsx/figures@1', 'figures bind'],
    ['opsx/figures@1', 'figures rename checks many'],
    ['opsx/bind@1', 'bind second LOC-2'],
    ['opsx/review@1', 'review approve second --reason fine --by Ada'],
    ['opsx/error@1', 'status no-such-change'],
    ['opsx/error@1', 'no-such-command'],
  ])('%s by opsx %s', async (schema, words) => {
    if (words.startsWith('bind')) await opsx('local', 'issue', 'A second issue')
    const document = (await opsx(...words.split(' '))).json()
    expect([document.schema, document.error?.message ?? null, problemsOf(document)]).toEqual([
      schema,
      schema === 'opsx/error@1' ? document.error.message : null,
      [],
    ])
  })

  it('by opsx watch and opsx merge-driver', () => {
    const line = formatWatchedLine('2026-06-14T19:02:11Z', [
      {
        change: 'one',
        directory: 'openspec/changes/one',
        phase: 'Todo',
        tasks: { done: 1, total: 2 },
        decision: 'fail',
        critical: 1,
        warning: 0,
        worst: null,
        bound: true,
        sync: { change: 'one', transition: 'Backlog->Todo', last: null, waits: null },
      },
    ])
    expect(problemsOf(JSON.parse(line))).toEqual([])
    expect(
      problemsOf({ schema: 'opsx/merge-driver@1', ok: true, path: 'a', conflict: false } as never),
    ).toEqual([])
  })
})

describe('openspec/linear.yaml', () => {
  it.each([
    ['', true],
    ['teams:\nprojects: {}\n', true],
    ['workspace: { slug: acme, id: 12 }\nlater: { kept: true }\n', true],
    ['team: { key: CAM }\nproject: { name: Camera }\n', true],
    ['projects: { a: { teams: CAM, archive_documents: { x: { id: d } } } }\n', true],
    ['defaults: { comments: loud }\n', false],
    ['defaults: { max_review_rounds: -1 }\n', false],
    ['teams: [CAM]\n', false],
    ['workspace: { slug: [acme] }\n', false],
  ])('%j is valid: %s; what is not valid counts as absent', (text, valid) => {
    expect(isValid('linear.json', parseYaml(text).value)).toBe(valid)
    const read = parseRegistry(text, 'openspec/linear.yaml')
    if (!valid) expect(read).toEqual({ ...parseRegistry('', read.path), dialect: read.dialect })
  })
})

describe('the other files', () => {
  const figures = (text: string) => parseDefinitions({ base: { path: 'figures.yaml', text } }).findings
  it.each([
    ['figures: { a: { measure: { run: x, parse: { lines: ok } }, budget: "<= 3", nouns: a } }\n', true],
    ['figures: { a: { measure: { manual: 3, by: Ada, evidence: "a:1" } } }\n', true],
    ['figures: { t: { measure: { run: x, parse: { junit: a.xml } }, yields: { passed: {} } } }\n', true],
    ['figures: { a: { measure: { run: x, timeout: 0 } } }\n', false],
    ['figures: { a: { measure: { run: x }, budget: 250 } }\n', false],
    ['figures: { a: { measure: { run: x, parse: fast } } }\n', false],
    ['figures: { "a b": { measure: { run: x } } }\n', false],
    ['claims: [{ file: a.json }]\n', false],
  ])('figures.yaml %j is valid: %s', (text, valid) => {
    expect(isValid('figures.json', parseYaml(text).value)).toBe(valid)
    expect(figures(text).length === 0).toBe(valid)
  })

  const entry = '"value": 1, "at": "2026-01-01T00:00:00Z", "platform": "linux-x64"'
  it.each([
    [`{ "version": 1, "figures": { "a": { ${entry}, "later": 1 } } }`, true],
    [`{ "version": 1, "figures": { "a": { ${entry}, "dirty": 1 } } }`, false],
    ['{ "version": 1, "figures": { "a": {} } }', false],
    ['{ "version": 2, "figures": {} }', false],
  ])('figures.lock.json %s is valid: %s', (text, valid) => {
    expect(isValid('figures.lock.json', JSON.parse(text))).toBe(valid)
    expect(parseLock(text).problems.length === 0).toBe(valid)
  })

  const digest = `sha256:${'a'.repeat(64)}`
  it.each([
    ['{ "schema": "opsx/base@1", "requirements": { "A": null } }', true, undefined],
    [
      `{ "schema": "opsx/base@1", "requirements": {\n"A": { "statement": "${digest}", "scenarios": {} } } }`,
      true,
      undefined,
    ],
    ['{ "schema": "opsx/base@2", "requirements": {} }', false, 1],
    ['{ "schema": "opsx/base@1",\n"requirements": {\n"A": {} } }', false, 3],
  ])('base.lock.json %s is valid: %s', (text, valid, line) => {
    expect(isValid('base.lock.json', JSON.parse(text))).toBe(valid)
    const read = parseBaseLock(text)
    expect([read.problem === null, read.line]).toEqual([valid, line])
  })

  it.each([
    ['artifacts: [{ id: proposal, generates: proposal.md, requires: [] }]\n', true],
    ['artifacts: proposal\n', false],
    ['name: x\n', false],
  ])('schema.yaml %j is valid: %s', (text, valid) => {
    expect(isValid('schema.json', parseYaml(text).value)).toBe(valid)
    expect('schema' in parseSchema(text, { name: 'x', directory: 'd' })).toBe(valid)
  })
})
