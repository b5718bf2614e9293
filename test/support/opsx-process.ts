import { spawn } from 'node:child_process'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gitEnvironment } from './git-repository.ts'

const DIST = join(import.meta.dirname, '..', '..', 'dist')

export interface OpsxCall {
  directory: string
  /** `chaos` is the same program with wrapped ports; see chaos-entry.ts. */
  entry?: 'bin' | 'chaos'
  /** The whole environment besides PATH and git's identity: no key or CI variable of the machine leaks in. */
  env?: Record<string, string>
}

export interface Ended {
  /** Null after a signal. */
  code: number | null
  signal: NodeJS.Signals | null
  out: string
  err: string
}

/** One real opsx process. Asynchronous, so that the embedded Linear in the test process can answer it. */
export function spawnOpsx(args: string[], { directory, entry = 'bin', env = {} }: OpsxCall): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(DIST, `${entry}.js`), ...args], {
      cwd: directory,
      env: { ...environmentIn(directory), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let out = ''
    let err = ''
    child.stdout.setEncoding('utf8').on('data', text => {
      out += text
    })
    child.stderr.setEncoding('utf8').on('data', text => {
      err += text
    })
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ code, signal, out, err }))
  })
}

/** The home is the repository, whose every file the tests look at, so compiled code is not kept there. */
function environmentIn(directory: string): Record<string, string | undefined> {
  const own = {
    PATH: process.env.PATH,
    HOME: directory,
    XDG_STATE_HOME: join(tmpdir(), `opsx-test-state-${process.pid}`),
    NO_COLOR: '1',
    NODE_DISABLE_COMPILE_CACHE: '1',
  }
  return { ...own, ...gitEnvironment }
}

/** Puts an `opsx` for the PATH into a directory: the built one, or a line of shell in its place. */
export function installOpsx(
  directory: string,
  line = `exec "${process.execPath}" "${join(DIST, 'bin.js')}" "$@"`,
): void {
  mkdirSync(directory, { recursive: true })
  const path = join(directory, 'opsx')
  writeFileSync(path, `#!/bin/sh\n${line}\n`)
  chmodSync(path, 0o755)
}
