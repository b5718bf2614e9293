import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import type { Shell, ShellResult } from '../ports/shell.ts'

export interface ShellOptions {
  /** Working directory. */
  directory: string
  env: Record<string, string | undefined>
  /** Milliseconds between SIGTERM and SIGKILL. */
  grace?: number
}

const GRACE = 2000
/** Milliseconds to read the rest of the output after the group ended. Only a process that left the group still writes. */
const REST_OF_OUTPUT = 500

/**
 * The system's shell. Each command has its own process group. The group is killed when the command ends, takes too long
 * or prints too much, and when this process exits. A build daemon with a session of its own is not killed.
 */
export function createShell({ directory, env, grace = GRACE }: ShellOptions): Shell {
  return {
    platform: `${process.platform}-${process.arch}`,
    run: (command, limits) =>
      new Promise(resolve => {
        const child = spawn(command, {
          cwd: directory,
          env: withoutLinear(env),
          shell: true,
          detached: process.platform !== 'win32',
          stdio: ['ignore', 'pipe', 'pipe'],
          windowsHide: true,
        })
        watch(child, { ...limits, grace }, resolve)
      }),
  }
}

interface Limits {
  timeoutSeconds: number
  limit: number
  grace: number
}

function watch(child: ChildProcess, limits: Limits, resolve: (result: ShellResult) => void): void {
  const started = performance.now()
  const timers: NodeJS.Timeout[] = []
  const after = (milliseconds: number, act: () => void) => timers.push(setTimeout(act, milliseconds))
  let ended: ShellResult['ended'] = 'itself'
  const end = (reason: ShellResult['ended'], signal: NodeJS.Signals) => {
    ended = reason
    endGroup(child, signal)
  }
  const flood = () => end('flood', 'SIGKILL')
  const stdout = collect(child, { stream: 'stdout', limit: limits.limit, flood })
  const stderr = collect(child, { stream: 'stderr', limit: limits.limit, flood })
  const atExit = () => endGroup(child, 'SIGKILL')
  process.on('exit', atExit)
  const finish = (status: number | null, reason = '') => {
    for (const timer of timers) clearTimeout(timer)
    process.removeListener('exit', atExit)
    for (const stream of [child.stdout, child.stderr]) stream?.destroy()
    const seconds = (performance.now() - started) / 1000
    resolve({ status, stdout: stdout(), stderr: reason + stderr(), ended, seconds })
  }
  const finishOwn = () => finish(ended === 'itself' ? child.exitCode : null)
  after(limits.timeoutSeconds * 1000, () => {
    end('timeout', 'SIGTERM')
    after(limits.grace, () => endGroup(child, 'SIGKILL'))
  })
  child.on('error', error => finish(127, error.message))
  child.on('exit', () => {
    endGroup(child, 'SIGKILL')
    after(REST_OF_OUTPUT, finishOwn)
  })
  child.on('close', finishOwn)
}

function withoutLinear(env: Record<string, string | undefined>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^LINEAR_/i.test(name)))
}

/** Collects the output of a stream. Calls `flood` when it is longer than `limit` bytes. */
function collect(
  child: ChildProcess,
  { stream, limit, flood }: { stream: 'stdout' | 'stderr'; limit: number; flood: () => void },
): () => string {
  const chunks: Buffer[] = []
  let size = 0
  child[stream]?.on('data', (chunk: Buffer) => {
    if (size + chunk.length > limit) {
      child[stream]?.destroy()
      flood()
      return
    }
    size += chunk.length
    chunks.push(chunk)
  })
  return () => Buffer.concat(chunks).toString('utf8')
}

/** Sends a signal to every process of the group. Nothing happens when none is left. */
function endGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore', windowsHide: true })
    return
  }
  try {
    process.kill(-child.pid, signal)
  } catch {
    // ESRCH: the group has ended.
  }
}
