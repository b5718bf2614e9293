import type { Change } from '../change/change.ts'
import type { GitFacts } from '../ports/git.ts'

/**
 * What this checkout may write to Linear for a change.
 * `milestones`: T1 to T3 and re-queue, never Done.
 */
export interface Ownership {
  may: 'everything' | 'milestones' | 'nothing'
  /** One clause for `nothing`, else empty. */
  reason: string
}

const EVERYTHING: Ownership = { may: 'everything', reason: '' }

export function ownershipOf(change: Change, git: GitFacts | undefined): Ownership {
  if (!git || git.role === 'default') return EVERYTHING
  if (git.role === 'other') return { may: 'nothing', reason: git.reason }
  const branch = git.branch ?? 'this commit'
  if (!change.archived && git.merged.some(directory => isArchiveOf(directory, change.name))) {
    return {
      may: 'nothing',
      reason: `${change.name} is already archived on ${git.defaultBranch ?? 'the default branch'}`,
    }
  }
  const own = git.touched.some(path => belongsTo(path, change))
  if (own) return { may: 'milestones', reason: '' }
  return { may: 'nothing', reason: `no commit on ${branch} changes ${change.directory}` }
}

function belongsTo(path: string, change: Change): boolean {
  if (path.startsWith(`${change.directory}/`)) return true
  const directory = path.split('/').slice(0, -1).join('/')
  return directory
    .split('/')
    .some((_, index, parts) => isArchiveOf(parts.slice(0, index + 1).join('/'), change.name))
}

function isArchiveOf(directory: string, name: string): boolean {
  const match = /(?:^|\/)changes\/archive\/\d{4}-\d{2}-\d{2}-([^/]+)$/.exec(directory)
  return match?.[1] === name
}

/** True when the archived directory is at the tip of the default branch, which Done waits for. */
export function isMerged(change: Change, git: GitFacts | undefined): boolean {
  return !git || git.merged.includes(change.directory)
}

/** A FAIL counts a round only when its report is committed. */
export function isCommitted(path: string, git: GitFacts | undefined): boolean {
  return !git?.dirty.includes(path)
}
