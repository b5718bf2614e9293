import { execFile } from 'node:child_process'
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { expect, onTestFinished, test } from 'vitest'
import { readLinearSchema } from '../support/linear-schema.ts'
import { ask, refusalOf, serve } from './client.ts'

const execute = promisify(execFile)
const seed = { issues: [{ identifier: 'LOC-1' }] }
const stateFile = () => join(mkdtempSync(join(tmpdir(), 'local-linear-')), '.opsx', 'local-linear.json')
const comment = (body: string) =>
  `mutation { commentCreate(input: {issueId: "LOC-1", body: "${body}"}) { comment { id } } }`

test('reading writes no file', async () => {
  const path = stateFile()
  await ask(await serve({ seed, stateFile: path }), '{ viewer { id } }')
  expect(existsSync(path)).toBe(false)
})

test('a refused mutation writes no file', async () => {
  const path = stateFile()
  const reply = await ask(
    await serve({ seed, stateFile: path }),
    'mutation { issueUpdate(id: "LOC-9", input: {title: "New"}) { success } }',
  )
  expect(refusalOf(reply)).toMatchObject({ data: null })
  expect(existsSync(path)).toBe(false)
})

test('a mutation survives the server, and leaves no lock or temporary file', async () => {
  const path = stateFile()
  const first = await serve({ seed, stateFile: path })
  await ask(first, comment('hello'))
  await first.close()
  expect(readdirSync(join(path, '..'))).toEqual(['local-linear.json'])
  const second = await serve({ stateFile: path })
  expect(second.store.comments('LOC-1').map(({ body }) => body)).toEqual(['hello'])
})

test('two servers that share a file see and keep each other’s mutations', async () => {
  const path = stateFile()
  const [a, b] = [await serve({ seed, stateFile: path }), await serve({ seed, stateFile: path })]
  await Promise.all(Array.from({ length: 20 }, (_, index) => ask(index % 2 ? a : b, comment(`c${index}`))))
  expect(a.store.comments('LOC-1')).toHaveLength(20)
  const { data } = await ask(b, '{ issue(id: "LOC-1") { comments { nodes { id } } } }')
  expect(data.issue.comments.nodes).toHaveLength(20)
})

test('the lock of a process that died is broken', async () => {
  const path = stateFile()
  const linear = await serve({ seed, stateFile: path })
  await ask(linear, comment('one'))
  const lock = `${path}.lock`
  writeFileSync(lock, '')
  const longAgo = new Date(Date.now() - 60_000)
  utimesSync(lock, longAgo, longAgo)
  await ask(linear, comment('two'))
  expect(linear.store.comments('LOC-1')).toHaveLength(2)
  expect(readdirSync(join(path, '..'))).toEqual(['local-linear.json'])
})

test('two processes that share a file lose nothing', async () => {
  const path = stateFile()
  const directory = mkdtempSync(join(import.meta.dirname, '..', '..', 'node_modules', '.local-linear-'))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  const entry = join(directory, 'writer.mjs')
  await build({
    entryPoints: [join(import.meta.dirname, 'writer.ts')],
    outfile: entry,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
  })
  writeFileSync(join(directory, 'schema.graphql'), readLinearSchema())
  const run = (name: string) =>
    execute(process.execPath, [entry, join(directory, 'schema.graphql'), path, name])
  await Promise.all([run('a'), run('b')])
  const { comments } = JSON.parse(readFileSync(path, 'utf8'))
  expect(comments.map(({ body }: { body: string }) => body).sort()).toEqual(
    ['a', 'b'].flatMap(name => Array.from({ length: 25 }, (_, n) => `${name}${n}`)).sort(),
  )
})
