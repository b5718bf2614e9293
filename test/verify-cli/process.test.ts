import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { gitEnvironment } from '../support/git-repository.ts'
import { spawnOpsx } from '../support/opsx-process.ts'
import {
  changeFiles,
  createScenario,
  ISSUE,
  REGISTRY,
  registryText,
  VERIFY,
  verifyText,
} from '../support/scenario.ts'
import { changeOf, createFeature, OPEN } from './subject.ts'

const BIN = join(import.meta.dirname, '..', '..', 'dist', 'bin.js')
const environment = { PATH: process.env.PATH, ...gitEnvironment }
const FORMATS = ['text', 'json', 'github', 'sarif', 'junit', 'markdown']
const CLAIMED = { ...changeOf({ tasks: OPEN }), [VERIFY]: verifyText('PASS') }

describe('a real process', () => {
  it('ends with 0 for an open change, 1 for one that claims a pass, 2 for one that is not there', async () => {
    const { repository } = createFeature(changeOf({ tasks: OPEN }))
    const run = (...args: string[]) => spawnOpsx(['verify', ...args], { directory: repository.path })
    expect(await run()).toMatchObject({ code: 0, err: '' })
    repository.commit('Claim', CLAIMED)
    for (const format of FORMATS) expect((await run('--format', format)).code).toBe(1)
    expect((await run('--output', 'report.json', '--json')).code).toBe(1)
    expect((await run('no-such-change')).code).toBe(2)
    expect((await run('--against', 'no-such-branch')).code).toBe(2)
    expect((await run('--against', 'main')).code).toBe(1)
  })

  it('ends with 3 when Linear refuses the key, and 75 when the budget is used up', async () => {
    const { repository, linear } = await createScenario({ state: 'Todo' })
    repository.commit('Start', changeFiles({ phase: 'In Progress', recorded: 'Todo' }))
    const run = (env: Record<string, string> = {}) =>
      spawnOpsx(['sync', '--json'], {
        directory: repository.path,
        env: { LINEAR_GRAPHQL_ENDPOINT: linear.url, LINEAR_API_KEY: 'lin_api_local', ...env },
      })
    const refused = await run({ LINEAR_API_KEY: 'lin_api_wrong' })
    expect(refused.code).toBe(3)
    expect(JSON.parse(refused.out)).toMatchObject({ ok: false, error: { code: 'LINEAR_AUTH' } })
    linear.faults.inject({ kind: 'rate-limit', times: 50 })
    const limited = await run()
    expect(limited.code).toBe(75)
    expect(JSON.parse(limited.out)).toMatchObject({ ok: false, error: { code: 'LINEAR_RATE_LIMITED' } })
  })

  it('ends with 70 and keeps the stack when opsx has a bug', async () => {
    const { repository } = createFeature()
    const broken = `import processes from 'node:child_process'
import { syncBuiltinESMExports } from 'node:module'
processes.spawnSync = () => { throw new TypeError('undefined is not a program') }
syncBuiltinESMExports()`
    const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(broken)}` }
    const ran = await spawnOpsx(['verify'], { directory: repository.path, env })
    expect(ran.code).toBe(70)
    expect(ran.err).toMatch(/TypeError: undefined is not a program\n +at /)
    const json = await spawnOpsx(['verify', '--json'], { directory: repository.path, env })
    expect(json.code).toBe(70)
    expect(JSON.parse(json.out)).toMatchObject({ ok: false, error: { code: 'BUG' } })
  })

  it('ends with 130 when it is interrupted while it waits for Linear, and leaves no lock behind', async () => {
    const { repository } = await createScenario({ state: 'Todo' })
    repository.commit('Start', changeFiles({ phase: 'In Progress', recorded: 'Todo' }))
    const silent = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => {
      silent.closeAllConnections()
      silent.close()
    })
    await once(silent, 'listening')
    const { port } = silent.address() as AddressInfo
    const url = `http://127.0.0.1:${port}/graphql`
    const child = spawn(process.execPath, [BIN, 'sync'], {
      cwd: repository.path,
      env: { ...environment, LINEAR_GRAPHQL_ENDPOINT: url, LINEAR_API_KEY: 'lin_api_local' },
      stdio: 'ignore',
    })
    await once(silent, 'request')
    child.kill('SIGINT')
    expect(await once(child, 'exit')).toEqual([130, null])
    expect((await spawnOpsx(['sync', '--offline'], { directory: repository.path })).code).toBe(0)
  })

  it('ends with 4 before another workspace', async () => {
    const { repository, linear } = await createScenario({ state: 'Todo' })
    repository.commit('Start', {
      ...changeFiles({ phase: 'In Progress', recorded: 'Todo', issue: ISSUE }),
      [REGISTRY]: registryText({ slug: 'acme' }),
    })
    const env = { LINEAR_GRAPHQL_ENDPOINT: linear.url, LINEAR_API_KEY: 'lin_api_local' }
    const ran = await spawnOpsx(['sync', '--json'], { directory: repository.path, env })
    expect(ran.code).toBe(4)
    expect(JSON.parse(ran.out)).toMatchObject({ ok: false, error: { code: 'WORKSPACE_MISMATCH' } })
    expect(linear.counters.mutations).toBe(0)
  })
})

describe('a report of more than a megabyte', () => {
  const COUNT = 60
  const many = () => {
    const requirements = Array.from(
      { length: 30 },
      (_, index) => `### Requirement: Feature ${index}\n\nIt SHALL hum.\n`,
    )
    const delta = `## ADDED Requirements\n\n${requirements.join('\n')}`
    const files = Array.from({ length: COUNT }, (_, index) =>
      changeOf({ name: `add-feature-${index}`, tasks: OPEN, delta }),
    )
    return createFeature(Object.assign({}, ...files)).repository
  }
  it('reaches a slow reader whole, and a reader that goes away is no crash', async () => {
    const { path } = many()
    const args = ['verify', '--json', '-C', path]
    const child = spawn(process.execPath, [BIN, ...args], {
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const exit = once(child, 'close')
    let text = ''
    let errors = ''
    child.stderr.setEncoding('utf8').on('data', chunk => {
      errors += chunk
    })
    for await (const chunk of child.stdout.setEncoding('utf8')) {
      text += chunk
      await new Promise(resolve => setImmediate(resolve))
    }
    expect(await exit).toEqual([1, null])
    expect(errors).toBe('')
    expect(text.length).toBeGreaterThan(1_000_000)
    expect(JSON.parse(text).changes).toHaveLength(COUNT)

    for (const format of FORMATS) {
      const command = `{ "${process.execPath}" "${BIN}" verify --format ${format} -C "${path}"; echo "exit $?" >&2; } | head -c 100`
      const ran = spawnSync('sh', ['-c', command], { encoding: 'utf8', env: environment })
      expect([format, Buffer.byteLength(ran.stdout), ran.stderr]).toEqual([format, 100, 'exit 1\n'])
    }
  })
})
