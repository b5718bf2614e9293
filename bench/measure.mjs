import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const TIME = '/usr/bin/time'
const PRELOAD = fileURLToPath(new URL('./peak-rss.cjs', import.meta.url))

/** How peak memory is measured on this machine. */
export const RSS_SOURCE = existsSync(TIME) ? `${TIME} -v` : 'process.resourceUsage() at exit'

/** The environment of every measured process: certificates would double the floor, telemetry would wait. */
function environment() {
  const env = { ...process.env, OPENSPEC_TELEMETRY: '0', NO_COLOR: '1', CI: '1' }
  for (const name of ['NODE_EXTRA_CA_CERTS', 'NODE_OPTIONS', 'FORCE_COLOR', 'NODE_COMPILE_CACHE'])
    delete env[name]
  return env
}

function run(words, cwd) {
  const [command, ...args] = words
  const result = spawnSync(command, args, {
    cwd,
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 1 << 28,
  })
  if (result.status === 0) return result
  throw new Error(`${words.join(' ')} ended with ${result.status}: ${result.stderr}`)
}

/**
 * Runs every subject once per round in turn (A B C A B C …), so that a slow moment of the machine meets them all, and
 * returns the milliseconds of each by name. A subject is `{ name, args, cwd, rounds, before, after }`; `args` are for
 * node, and one with fewer rounds than the others is left out of the later ones; `before` and `after` are called around
 * each run, outside of its time. One run of each beforehand warms the file cache.
 */
export function timeInterleaved(subjects, tell) {
  const times = Object.fromEntries(subjects.map(({ name }) => [name, []]))
  for (const { args, cwd, before, after } of subjects) {
    before?.()
    run([process.execPath, ...args], cwd)
    after?.()
  }
  const rounds = Math.max(...subjects.map(subject => subject.rounds))
  for (let round = 0; round < rounds; round++) {
    tell(`round ${round + 1} of ${rounds}`)
    for (const { name, args, cwd, before, after } of subjects.filter(({ rounds }) => round < rounds)) {
      before?.()
      const start = process.hrtime.bigint()
      run([process.execPath, ...args], cwd)
      times[name].push(Number(process.hrtime.bigint() - start) / 1e6)
      after?.()
    }
  }
  return times
}

/** Peak resident memory in MB of a run with these arguments for node: the median of three. */
export function peakMemory({ args, cwd, before }) {
  const words = existsSync(TIME) ? [TIME, '-v', process.execPath] : [process.execPath, '--require', PRELOAD]
  const once = () => {
    before?.()
    const { stderr } = run([...words, ...args], cwd)
    return Number(/Maximum resident set size \(kbytes\): (\d+)/.exec(stderr)?.[1]) / 1024
  }
  return median([once(), once(), once()])
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
