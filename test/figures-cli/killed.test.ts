import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { parseLock } from '../../src/figures/lock/parse-lock.ts'
import { spawnOpsx } from '../support/opsx-process.ts'
import { type Bench, LOCK, openBench } from './bench.ts'

const DIST = join(import.meta.dirname, '../../dist')
const open: Bench[] = []
afterEach(() => {
  for (const bench of open.splice(0)) {
    rmSync(`${bench.path}-home`, { recursive: true, force: true })
    bench.remove()
  }
})

const FIGURES = 'figures:\n  a: { measure: { run: "cat a" } }\n  b: { measure: { run: "cat b" } }\n'

async function measured(figures = FIGURES): Promise<Bench & { before: string }> {
  const bench = openBench(figures, { a: '1\n', b: '1\n' })
  open.push(bench)
  await bench.opsx(['figures', 'measure', '--trust'])
  return { ...bench, before: bench.read(LOCK) }
}

const environment = (bench: Bench) => ({ XDG_STATE_HOME: join(`${bench.path}-home`, '.local/state') })

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(resolve => setImmediate(resolve))
}

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return /^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return true
  }
}

describe.skipIf(process.platform === 'win32')('a measurement that is killed', () => {
  it('leaves the old lock or the new one, wherever it is struck', async () => {
    const bench = await measured()
    const list = join(`${bench.path}-home`, 'effects')
    bench.write({ a: '2\n', b: '2\n' })
    const call = { directory: bench.path, entry: 'chaos' as const }
    const env = environment(bench)
    await spawnOpsx(['figures', 'measure'], { ...call, env: { ...env, OPSX_CHAOS: `list:${list}` } })
    const effects = readFileSync(list, 'utf8').trim().split('\n')
    expect(effects).toContain(`write ${LOCK}`)
    for (const [index] of effects.entries()) {
      for (const when of ['before', 'after']) {
        bench.write({ [LOCK]: bench.before })
        const ended = await spawnOpsx(['figures', 'measure'], {
          ...call,
          env: { ...env, OPSX_CHAOS: `${when}:${index + 1}` },
        })
        expect(ended.signal).toBe('SIGKILL')
        const { lock, problems } = parseLock(bench.read(LOCK))
        expect(problems).toEqual([])
        expect(['1 1', '2 2']).toContain([lock.get('a')?.value, lock.get('b')?.value].join(' '))
        expect((await bench.opsx(['figures', 'measure'])).exitCode).toBe(0)
      }
    }
  })

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'] as const)(
    'by %s while a command runs leaves the lock untouched, and no process unless nobody could act',
    async signal => {
      const bench = await measured()
      const run = `trap '' TERM HUP INT; sleep 30 & echo $! > some; echo $$ >> some; mv some pids; wait`
      bench.write({
        'openspec/figures.yaml': `figures:\n  a: { measure: { run: "echo 9" } }\n  z: { measure: { run: ${JSON.stringify(run)} } }\n`,
      })
      const opsx: ChildProcess = spawn(
        process.execPath,
        [join(DIST, 'bin.js'), 'figures', 'measure', '--trust'],
        {
          cwd: bench.path,
          env: { PATH: process.env.PATH, ...environment(bench) },
          stdio: 'ignore',
        },
      )
      const ended = new Promise<(number | string | null)[]>(resolve =>
        opsx.on('exit', (...how) => resolve(how)),
      )
      await until(() => existsSync(join(bench.path, 'pids')) || opsx.exitCode !== null)
      opsx.kill(signal)
      expect(await ended).toEqual(signal === 'SIGKILL' ? [null, 'SIGKILL'] : [130, null])
      const pids = readFileSync(join(bench.path, 'pids'), 'utf8').trim().split('\n').map(Number)
      if (signal === 'SIGKILL') for (const pid of pids) if (!isGone(pid)) process.kill(pid, 'SIGKILL')
      await until(() => pids.every(isGone))
      expect(bench.read(LOCK)).toBe(bench.before)
    },
  )
})
