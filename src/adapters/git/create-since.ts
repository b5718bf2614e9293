import { posix } from 'node:path'
import type { Git } from '../../ports/git.ts'
import { isShallow } from './checkout-role.ts'
import { countSince } from './commit-history.ts'
import type { GitRun } from './git-run.ts'
import { relativeOf } from './hash-files.ts'

/**
 * See Git.since. One `git log` covers all paths of a directory, because verify asks for a thousand changes. The commits
 * are counted when `count` is read.
 */
export function createSince(run: GitRun): Git['since'] {
  const walks = new Map<string, Map<string, string>>()
  const counts = new Map<string, number>()

  function countFrom(commit: string): number {
    const count = counts.get(commit) ?? countSince(run, commit) + 1
    counts.set(commit, count)
    return count
  }

  return path => {
    const normal = relativeOf(path)
    const parent = posix.dirname(normal)
    const added = walks.get(parent) ?? readAdded(run, parent)
    walks.set(parent, added)
    const commit = added.get(normal)
    if (commit === undefined) return null
    return {
      commit,
      get count() {
        return countFrom(commit)
      },
    }
  }
}

/** The oldest commit that added a file at or below each entry of a directory; empty without history. */
function readAdded(run: GitRun, directory: string): Map<string, string> {
  const added = new Map<string, string>()
  if (run.try(['rev-parse', '--verify', '--quiet', 'HEAD']).status !== 0) return added
  // In a shallow clone, the oldest commit looks as if it added every file.
  const root = ['-c', `log.showRoot=${!isShallow(run)}`]
  const flags = [
    '--format=%x01%H',
    '--diff-filter=A',
    '--no-renames',
    '--topo-order',
    '--name-only',
    '--relative',
    '-z',
  ]
  const prefix = directory === '.' ? '' : `${directory}/`
  let commit = ''
  for (const field of run.fields([...root, 'log', ...flags, '--', directory])) {
    const text = field.replace(/^\n/, '')
    if (text.startsWith('\x01')) commit = text.slice(1)
    else if (text.startsWith(prefix)) added.set(prefix + text.slice(prefix.length).split('/', 1)[0], commit)
  }
  return added
}
