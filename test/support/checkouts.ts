import { onTestFinished } from 'vitest'
import { cloneOf, createRemote, type Repository } from './git-repository.ts'
import { createScenario, type Scenario, type ScenarioOptions } from './scenario.ts'

export interface SharedScenario extends Scenario {
  /** Bare; the repository pushes to it and tracks its main. */
  remote: Repository
  /** A clone that is removed after the test; further arguments go to `git clone`. */
  clone(...args: string[]): Repository
}

/** A scenario whose repository has a remote. */
export async function createSharedScenario(options: ScenarioOptions = {}): Promise<SharedScenario> {
  const scenario = await createScenario(options)
  const remote = kept(createRemote(scenario.repository))
  return { ...scenario, remote, clone: (...args) => kept(cloneOf(remote, ...args)) }
}

export function kept(repository: Repository): Repository {
  onTestFinished(() => repository.remove())
  return repository
}

/** Commits and pushes the current branch. */
export function push(repository: Repository, message = 'Push'): string {
  const sha = repository.commit(message)
  repository.git('push', '--quiet', '--force', '--set-upstream', 'origin', 'HEAD')
  return sha
}
