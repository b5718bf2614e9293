import { execFileSync } from 'node:child_process'
import { copyFileSync, cpSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gitEnvironment, temporaryDirectory } from './git-repository.ts'
import { readLinearSchema } from './linear-schema.ts'
import type { Seed } from './linear-seed.ts'
import { type LocalLinear, startLocalLinear } from './local-linear.ts'
import { type Ended, type OpsxCall, spawnOpsx } from './opsx-process.ts'

/** A repository and its Linear, which can be restored to an earlier moment. */
export interface Stage {
  /** The repository. */
  readonly directory: string
  readonly linear: LocalLinear
  /** Runs opsx in the repository (or another directory) against this Linear. */
  run(args: string[], call?: Partial<OpsxCall>): Promise<Ended>
  /** Standard output without the last line end. */
  git(...args: string[]): string
  write(path: string, text: string): void
  /** Commits everything there is. */
  commit(message: string): void
  /** Copies repository and Linear into a directory, for `restore`. */
  save(to: string): void
  restore(from: string): void
  close(): Promise<void>
}

export const SEED: Seed = {
  organization: { name: 'Acme', urlKey: 'acme', previousUrlKeys: [] },
  users: [{ name: 'Ada' }],
  teams: [{ key: 'CAM', name: 'Camera' }],
  projects: [{ name: 'Build performance' }],
  issues: [{ identifier: 'CAM-15', title: 'Build every crate from one substrate' }],
}

/** An empty git repository and a Linear with one issue. */
export async function openStage(seed: Seed = SEED): Promise<Stage> {
  const home = temporaryDirectory()
  const directory = join(home, 'repository')
  const stateFile = join(home, 'linear.json')
  const limits = { requests: 1e9, complexity: 1e12 }
  const linear = await startLocalLinear({ schema: readLinearSchema(), seed, stateFile, limits })
  const git = (...args: string[]) =>
    execFileSync('git', args, {
      cwd: directory,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, HOME: home, ...gitEnvironment },
      stdio: ['ignore', 'pipe', 'pipe'],
    }).replace(/\n$/, '')

  mkdirSync(directory)
  git('init', '--quiet', '--template=')
  linear.store.editIssue(seed.issues?.[0]?.identifier ?? '', {})

  return {
    directory,
    linear,
    git,
    run(args, call = {}) {
      const env = { LINEAR_GRAPHQL_ENDPOINT: linear.url, LINEAR_API_KEY: 'lin_api_local', ...call.env }
      return spawnOpsx(args, { directory, ...call, env })
    },
    write(path, text) {
      mkdirSync(dirname(join(directory, path)), { recursive: true })
      writeFileSync(join(directory, path), text)
    },
    commit(message) {
      git('add', '--all')
      git('commit', '--quiet', '--allow-empty', '--message', message)
    },
    save(to) {
      cpSync(directory, join(to, 'repository'), { recursive: true })
      copyFileSync(stateFile, join(to, 'linear.json'))
    },
    restore(from) {
      linear.faults.reset()
      rmSync(directory, { recursive: true, force: true })
      cpSync(join(from, 'repository'), directory, { recursive: true })
      copyFileSync(join(from, 'linear.json'), `${stateFile}.new`)
      renameSync(`${stateFile}.new`, stateFile)
    },
    async close() {
      await linear.close()
      rmSync(home, { recursive: true, force: true })
    },
  }
}
