import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createShell } from '../../src/adapters/shell.ts'
import { temporaryDirectory } from '../support/git-repository.ts'

let directory: string
beforeEach(() => {
  directory = temporaryDirectory()
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

const LIMITS = { timeoutSeconds: 20, limit: 10_000 }

function run(command: string, limits: Partial<typeof LIMITS> = {}) {
  const env = { PATH: process.env.PATH, LINEAR_API_KEY: 'lin_api_x', linear_other: 'x', KEPT: 'kept' }
  return createShell({ directory, env, grace: 50 }).run(command, { ...LIMITS, ...limits })
}

/** The process ids that a command wrote to a file of this name, one per line. */
function pidsIn(name: string): number[] {
  return readFileSync(join(directory, name), 'utf8').trim().split(/\s+/).map(Number)
}

/** A process that is gone, or that ended and was not yet reaped by its parent. */
function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return true
  }
  try {
    return /^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return true
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(resolve => setImmediate(resolve))
}

describe.skipIf(process.platform === 'win32')('a command', () => {
  it('runs in the directory with nothing on standard input and without the keys of Linear', async () => {
    const result = await run('pwd; cat; echo "$KEPT"; env | grep -i linear; echo over >&2; exit 3')
    expect(result).toMatchObject({
      status: 3,
      stdout: `${directory}\nkept\n`,
      stderr: 'over\n',
      ended: 'itself',
    })
    expect(result.seconds).toBeGreaterThan(0)
  })

  it('that hangs is ended with everything it started', async () => {
    const result = await run('sleep 600 & echo $! > pids; echo $$ >> pids; echo half; wait', {
      timeoutSeconds: 0.3,
    })
    expect(result).toMatchObject({ status: null, ended: 'timeout', stdout: 'half\n' })
    const pids = pidsIn('pids')
    expect(pids).toHaveLength(2)
    await until(() => pids.every(isGone))
  })

  it('that ignores the polite signal is killed, and so are its children', async () => {
    const deaf = `trap '' TERM; (trap '' TERM; echo $$ > /dev/null; sleep 600) & echo $! > pids; echo $$ >> pids; while :; do sleep 600; done`
    const result = await run(deaf, { timeoutSeconds: 0.3 })
    expect(result).toMatchObject({ status: null, ended: 'timeout' })
    await until(() => pidsIn('pids').every(isGone))
  })

  it.each(['yes', 'yes >&2'])('that floods is ended and keeps no more than the limit: %s', async command => {
    const result = await run(`echo $$ > pids; ${command}`)
    expect(result).toMatchObject({ status: null, ended: 'flood' })
    expect(result.stdout.length + result.stderr.length).toBeLessThanOrEqual(2 * LIMITS.limit)
    await until(() => pidsIn('pids').every(isGone))
  })

  it('may print exactly as much as the limit', async () => {
    const result = await run('printf 0123456789', { limit: 10 })
    expect(result).toMatchObject({ status: 0, ended: 'itself', stdout: '0123456789' })
  })

  it('leaves no child behind that outlives it and keeps its output open', async () => {
    const result = await run(
      '(trap "" HUP TERM; sleep 600) & echo $! > pids; nohup sleep 600 >/dev/null 2>&1 & echo $! >> pids; echo 26',
    )
    expect(result).toMatchObject({ status: 0, ended: 'itself', stdout: '26\n' })
    const pids = pidsIn('pids')
    expect(pids).toHaveLength(2)
    await until(() => pids.every(isGone))
  })

  it('ends although something that left its group keeps its output open', async () => {
    const result = await run(
      `node -e 'const c = require("child_process").spawn("sleep", ["600"], { detached: true, stdio: "inherit" }); require("fs").writeFileSync("pids", String(c.pid)); c.unref()'; echo 26`,
    )
    expect(result).toMatchObject({ status: 0, stdout: '26\n' })
    for (const pid of pidsIn('pids')) process.kill(pid)
  })

  it('that a signal ends has no status, and one that does not exist has the status of the shell', async () => {
    expect(await run('kill -9 $$')).toMatchObject({ status: null, ended: 'itself' })
    expect(await run('no-such-command-here')).toMatchObject({ status: 127, ended: 'itself' })
    rmSync(directory, { recursive: true })
    expect(await run('true')).toMatchObject({ status: 127, ended: 'itself' })
  })

  it('leaves no listener and no timer behind', async () => {
    const before = process.listenerCount('exit')
    await Promise.all([run('true'), run('false'), run('sleep 600', { timeoutSeconds: 0.1 })])
    expect(process.listenerCount('exit')).toBe(before)
  })
})
