import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Ran, type RunOptions, runOpsx } from '../support/cli.ts'
import { createRepository, type Files, type Repository } from '../support/git-repository.ts'

export const LOCK = 'openspec/figures.lock.json'

/** A git repository whose figures are measured with real commands; what a person accepted is kept beside it. */
export interface Bench extends Repository {
  opsx(args: string[], options?: Omit<RunOptions, 'cwd'>): Promise<Ran>
  read(path: string): string
  /** The entries of the lock by name; empty without one. */
  // biome-ignore lint/suspicious/noExplicitAny: JSON of a file, read by tests
  lock(): Record<string, any>
}

/** `figures` is the text of openspec/figures.yaml; everything is committed. */
export function openBench(figures: string, files: Files = {}): Bench {
  const repository = createRepository()
  const home = `${repository.path}-home`
  repository.commit('figures', { 'openspec/figures.yaml': figures, ...files })
  return {
    ...repository,
    opsx: (args, { env, ...options } = {}) =>
      runOpsx(args, {
        cwd: repository.path,
        env: { PATH: process.env.PATH, HOME: home, ...env },
        ...options,
      }),
    read: path => readFileSync(join(repository.path, path), 'utf8'),
    lock: () =>
      existsSync(join(repository.path, LOCK))
        ? JSON.parse(readFileSync(join(repository.path, LOCK), 'utf8')).figures
        : {},
  }
}
