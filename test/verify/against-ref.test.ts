import { describe, expect, it } from 'vitest'
import { againstRef, type BaseEnvironment } from '../../src/verify/against-ref.ts'

const BRANCH = { role: 'branch', defaultBranch: 'main' } as const
const DETACHED = { role: 'other', defaultBranch: 'main' } as const
const DEFAULT = { role: 'default', defaultBranch: 'main' } as const
const UNKNOWN = { role: 'other', defaultBranch: null } as const
const queue = `gh-readonly-queue/release/2/pr-12-${'a1'.repeat(20)}`

describe('the branch that verify compares with', () => {
  it.each<[string, BaseEnvironment, Parameters<typeof againstRef>[1], string | null]>([
    ['nothing on a developer machine', {}, BRANCH, null],
    ['nothing on a push', { GITHUB_EVENT_NAME: 'push', GITHUB_BASE_REF: '' }, BRANCH, null],
    [
      'the base of a pull request',
      { GITHUB_EVENT_NAME: 'pull_request', GITHUB_BASE_REF: 'next' },
      DETACHED,
      'next',
    ],
    [
      'the default branch for a review',
      { GITHUB_EVENT_NAME: 'pull_request_review', GITHUB_BASE_REF: '' },
      DETACHED,
      'main',
    ],
    [
      'nothing when the base itself is checked out',
      { GITHUB_EVENT_NAME: 'pull_request_target', GITHUB_BASE_REF: 'main' },
      DEFAULT,
      null,
    ],
    [
      'the base of a merge queue',
      { GITHUB_EVENT_NAME: 'merge_group', GITHUB_REF_NAME: queue },
      BRANCH,
      'release/2',
    ],
    [
      'the default branch of another merge queue',
      { GITHUB_EVENT_NAME: 'merge_group', GITHUB_REF_NAME: 'q' },
      BRANCH,
      'main',
    ],
    ['nothing where no default branch is known', { GITHUB_EVENT_NAME: 'merge_group' }, UNKNOWN, null],
    ['the target of a merge request', { CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main' }, DETACHED, 'main'],
    ['nothing outside a repository', { CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main' }, undefined, null],
  ])('is %s', (_, env, facts, ref) => {
    expect(againstRef(env, facts)).toBe(ref)
  })
})
