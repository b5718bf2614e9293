import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { build, type Metafile } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { EMPTY_BOARD, serveOddly } from './odd-server.ts'

const root = join(import.meta.dirname, '..', '..', '..')
const directory = mkdtempSync(join(tmpdir(), 'opsx-linear-'))
let bundle: Metafile

const SCRIPT = `
import { createLinearTracker } from './tracker.js'
const tracker = createLinearTracker({
  apiKey: 'lin_api_x', apiUrl: process.argv[2], timeoutMs: Number(process.argv[3]), retries: 1,
  sleep: async () => {}, random: () => 0,
})
const result = await tracker.readLinearData({ teams: [], issues: [] }).then(board => board.organization.slug, e => e.code)
console.log(result, JSON.stringify(tracker.usage()))
`

beforeAll(async () => {
  const result = await build({
    entryPoints: [join(root, 'src', 'adapters', 'linear', 'tracker.ts')],
    outdir: directory,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    metafile: true,
    logLevel: 'error',
  })
  bundle = result.metafile
  writeFileSync(join(directory, 'package.json'), '{"type":"module"}')
  writeFileSync(join(directory, 'script.js'), SCRIPT)
})

afterAll(() => rmSync(directory, { recursive: true, force: true }))

/** Output of a process that makes one tracker call and then has nothing left to do. */
async function runProcess(url: string, timeoutMs: number): Promise<string> {
  const args = [join(directory, 'script.js'), url, String(timeoutMs)]
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 60_000 })
  return stdout.trim()
}

test('a process ends by itself after requests that hung', async () => {
  const server = await serveOddly(() => undefined)
  expect(await runProcess(server.url, 200)).toBe('LINEAR_UNAVAILABLE {"requests":2,"mutations":0}')
})

test('a process ends by itself after an answer on a connection kept alive', async () => {
  const server = await serveOddly(EMPTY_BOARD)
  expect(await runProcess(server.url, 50_000)).toBe('acme {"requests":1,"mutations":0}')
})

test('the bundled tracker loads the SDK only with its first request', () => {
  const outputs = Object.entries(bundle.outputs)
  const entry = outputs.find(([, output]) => output.entryPoint?.endsWith('tracker.ts'))?.[1]
  const eager = (entry?.imports ?? [])
    .filter(({ kind }) => kind === 'import-statement')
    .map(({ path }) => path)
  const loaded = outputs.filter(([path, output]) => output === entry || eager.includes(path))
  const sdkIn = (files: typeof outputs) =>
    files.flatMap(([, output]) => Object.keys(output.inputs)).filter(path => path.includes('@linear/sdk'))
  expect(sdkIn(loaded)).toEqual([])
  expect(sdkIn(outputs)).not.toEqual([])
})
