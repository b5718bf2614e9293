import type { GitFacts } from '../ports/git.ts'

/** Variables of a CI job that name the target branch of a pull request. */
export interface BaseEnvironment {
  GITHUB_EVENT_NAME?: string | undefined
  GITHUB_BASE_REF?: string | undefined
  /** In a merge queue `gh-readonly-queue/<base>/pr-<number>-<commit>`. */
  GITHUB_REF_NAME?: string | undefined
  CI_MERGE_REQUEST_TARGET_BRANCH_NAME?: string | undefined
}

/**
 * The branch that `verify` compares with by default, at its merge base with HEAD. Null
 * outside pull-request CI, and on the default branch, which has no other branch to blame.
 */
export function againstRef(
  env: BaseEnvironment,
  facts: Pick<GitFacts, 'role' | 'defaultBranch'> | undefined,
): string | null {
  if (facts === undefined || facts.role === 'default') return null
  const event = env.GITHUB_EVENT_NAME ?? ''
  if (event === 'merge_group') {
    const queue = /^gh-readonly-queue\/(.+)\/pr-\d+-[0-9a-f]+$/.exec(env.GITHUB_REF_NAME ?? '')
    return queue?.[1] ?? facts.defaultBranch
  }
  if (event.startsWith('pull_request')) return env.GITHUB_BASE_REF || facts.defaultBranch
  return env.CI_MERGE_REQUEST_TARGET_BRANCH_NAME || null
}
