import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { Context } from '../../src/adapters/context.ts'
import { createLinearTracker } from '../../src/adapters/linear/tracker.ts'
import { run } from '../../src/cli/run.ts'

/** Of directories without git, so that no test writes into the home of its user. */
export const STATE = join(tmpdir(), `opsx-test-state-${process.pid}`)

export interface Ran {
  exitCode: number
  stdout: string
  stderr: string
  /** The one JSON document of standard output. */
  // biome-ignore lint/suspicious/noExplicitAny: documents of several shapes, read by tests
  json(): any
}

export interface RunOptions {
  cwd: string
  /** The whole environment: nothing is taken from the test's own. */
  env?: Record<string, string | undefined>
  /** Wraps what touches the world, e.g. to let a person act between two requests. */
  wrap?: (context: Context) => Context
}

/** Runs opsx in this process, as bin.ts does, with a process of its own. */
export async function runOpsx(args: string[], { cwd, env = {}, wrap }: RunOptions): Promise<Ran> {
  const written = { stdout: '', stderr: '' }
  const pipe = (name: keyof typeof written) => ({
    write(text: string) {
      written[name] += text
    },
  })
  const process = {
    argv: ['node', 'opsx', ...args],
    cwd: () => cwd,
    env: env.HOME ? env : { XDG_STATE_HOME: STATE, ...env },
    stdout: pipe('stdout'),
    stderr: pipe('stderr'),
    stdin: Readable.from([]),
  }
  const exitCode = await run(process, wrap)
  return { exitCode, ...written, json: () => JSON.parse(written.stdout) }
}

/** A context that takes everything but `parts` from another one. */
export function contextWith(context: Context, parts: Partial<Context>): Context {
  return Object.create(context, Object.getOwnPropertyDescriptors(parts))
}

/** A real tracker that does not sleep between its attempts. */
export function withoutWaiting(context: Context): Context {
  const { LINEAR_GRAPHQL_ENDPOINT: apiUrl = '', LINEAR_API_KEY: apiKey = '' } = context.env
  return contextWith(context, {
    tracker: async () => createLinearTracker({ apiKey, apiUrl, sleep: async () => {}, random: () => 0 }),
  })
}
