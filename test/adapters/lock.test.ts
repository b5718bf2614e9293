import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import * as fs from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildSync } from 'esbuild'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createRunLock } from '../../src/adapters/lock.ts'
import { OpsxError } from '../../src/errors.ts'

const DEAD_PID = 2 ** 30
const ROUNDS = process.env.OPSX_LONG ? 2000 : 150
const holderProgram = join(fs.mkdtempSync(join(tmpdir(), 'opsx-lock-holder-')), 'holder.mjs')
let directory: string
let file: string
const children: ChildProcess[] = []

beforeAll(() => {
  const entry = new URL('../support/lock-holder.ts', import.meta.url).pathname
  buildSync({ entryPoints: [entry], outfile: holderProgram, bundle: true, platform: 'node', format: 'esm' })
})

beforeEach(() => {
  directory = fs.mkdtempSync(join(tmpdir(), 'opsx-lock-'))
  file = join(directory, '.opsx', 'lock')
})

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  fs.rmSync(directory, { recursive: true, force: true })
})

function start(...args: string[]): ChildProcess {
  const child = spawn(process.execPath, [holderProgram, directory, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  children.push(child)
  return child
}

/** The first line a child prints; its errors when it ends without one. */
function firstOutput(child: ChildProcess): Promise<string> {
  let errors = ''
  child.stderr?.on('data', chunk => {
    errors += chunk
  })
  return new Promise(resolve => {
    child.stdout?.once('data', chunk => resolve(String(chunk)))
    child.once('close', () => resolve(`no output: ${errors}`))
  })
}

function refusal(): OpsxError {
  try {
    createRunLock(directory).acquire()()
  } catch (error) {
    if (error instanceof OpsxError) return error
    throw error
  }
  throw new Error('the lock was free')
}

function plant(lock: Record<string, unknown>): void {
  fs.mkdirSync(join(directory, '.opsx'), { recursive: true })
  const since = new Date().toISOString()
  const sound = { pid: DEAD_PID, host: hostname(), since, processStart: '1', token: '0123456789abcdef' }
  fs.writeFileSync(file, JSON.stringify({ ...sound, ...lock }))
}

const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString()

describe('a held lock', () => {
  it('is refused, naming pid, host and since when', async () => {
    const child = start()
    expect(await firstOutput(child)).toBe('held\n')
    const error = refusal()
    expect([error.code, error.exitCode]).toEqual(['LOCKED', 75])
    expect(error.message).toContain(`pid ${child.pid} on ${hostname()}, since 20`)
    expect(error.hint).toContain(file)
  })

  it('is free again after release, and also excludes the same process', () => {
    const release = createRunLock(directory).acquire()
    expect(refusal().message).toContain(`pid ${process.pid}`)
    release()
    createRunLock(directory).acquire()()
    expect(fs.existsSync(file)).toBe(false)
  })

  it('is released when its process ends without releasing it', async () => {
    const child = start()
    await firstOutput(child)
    child.stdin?.end()
    await once(child, 'exit')
    expect(fs.existsSync(file)).toBe(false)
  })

  it('is not released by anybody else', () => {
    const release = createRunLock(directory).acquire()
    plant({ pid: process.pid, processStart: null })
    release()
    expect(fs.existsSync(file)).toBe(true)
  })

  it('of another host is respected for a day', () => {
    plant({ host: 'elsewhere', since: hoursAgo(23) })
    expect(refusal().message).toContain(`pid ${DEAD_PID} on elsewhere`)
    plant({ host: 'elsewhere', since: hoursAgo(25) })
    createRunLock(directory).acquire()()
  })

  it('that cannot be read is respected for a minute', () => {
    plant({})
    fs.writeFileSync(file, '')
    expect(refusal().message).toContain('an unnamed process')
    fs.utimesSync(file, 1_000_000_000, 1_000_000_000)
    createRunLock(directory).acquire()()
  })
})

describe('a stale lock', () => {
  it('of a killed process is taken over, and nothing but the ignore file stays', async () => {
    const child = start()
    await firstOutput(child)
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(fs.existsSync(file)).toBe(true)
    const release = createRunLock(directory).acquire()
    expect(JSON.parse(fs.readFileSync(file, 'utf8')).pid).toBe(process.pid)
    release()
    expect(fs.readdirSync(join(directory, '.opsx'))).toEqual(['.gitignore'])
  })

  it.skipIf(process.platform !== 'linux')('is recognised although its pid runs again', () => {
    plant({ pid: process.pid, processStart: '1' })
    createRunLock(directory).acquire()()
  })

  it('is taken over although an earlier taker died half way', () => {
    plant({})
    const successor = {
      pid: DEAD_PID,
      host: hostname(),
      since: hoursAgo(0),
      processStart: '1',
      token: 'f'.repeat(16),
    }
    fs.writeFileSync(`${file}.0123456789abcdef`, JSON.stringify(successor))
    const release = createRunLock(directory).acquire()
    expect(refusal().code).toBe('LOCKED')
    release()
    expect(fs.readdirSync(join(directory, '.opsx'))).toEqual(['.gitignore'])
  })

  it('never goes to two takers at once', async () => {
    plant({})
    const takers = [1, 2, 3, 4].map(() => start(String(ROUNDS)))
    const clashes = await Promise.all(takers.map(firstOutput))
    expect(clashes).toEqual(['0\n', '0\n', '0\n', '0\n'])
  })
})

it('does not show in git', () => {
  execFileSync('git', ['init', '-q'], { cwd: directory })
  createRunLock(directory).acquire()
  expect(execFileSync('git', ['status', '--porcelain'], { cwd: directory, encoding: 'utf8' })).toBe('')
})
