import type { GitSignals } from '../../ports/git.ts'
import { countSince, mergeBaseOf } from './git-history.ts'
import { readRefs } from './git-refs.ts'
import type { GitRun } from './git-run.ts'
import { type CiEnvironment, isShallow, standingOf } from './git-standing.ts'
import { readStatus, type Status } from './git-status.ts'

type Work = Pick<GitSignals, 'base' | 'commits' | 'touched' | 'shallow'>

const NO_WORK: Work = { base: null, commits: null, touched: [], shallow: false }

/** CLI: "Implementation signal". Undefined outside a repository and before the first commit; throws GIT_FAILED. */
export function readSignals(run: GitRun, ci: CiEnvironment): GitSignals | undefined {
  const status = readStatus(run, '.', 'count')
  return status && signalsFrom(run, ci, status)
}

/** The same from a status of the whole workspace that is known. */
export function signalsFrom(run: GitRun, ci: CiEnvironment, status: Status): GitSignals | undefined {
  if (status.head === null) return undefined
  return {
    uncommitted: status.files.map(file => file.path).sort(),
    unpushed: status.ahead,
    head: status.head,
    ...readWork(run, ci, status),
  }
}

function readWork(run: GitRun, ci: CiEnvironment, status: Status): Work {
  const refs = readRefs(run)
  const { head } = status
  const { standing } = standingOf(status, refs, ci)
  if (standing === 'default') return NO_WORK
  const base = refs.defaultTip === null || head === null ? null : mergeBaseOf(run, refs.defaultTip, head)
  if (base === null) return { ...NO_WORK, shallow: isShallow(run) }
  // A detached head on an old commit of the default branch holds no work of its own.
  if (base === status.head && standing === 'other') return NO_WORK
  return { base, commits: countSince(run, base), touched: readTouchedSince(run, base), shallow: false }
}

/** What differs in sum, not what each commit touched, because that survives a squash and a rebase. */
function readTouchedSince(run: GitRun, base: string): string[] {
  const flags = ['-r', '--name-only', '--no-renames', '--relative', '-z']
  return run.fields(['diff-tree', ...flags, base, 'HEAD']).sort()
}
