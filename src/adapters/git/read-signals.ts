import type { GitSignals } from '../../ports/git.ts'
import { type CiEnvironment, isShallow, roleOf } from './checkout-role.ts'
import { countSince } from './commit-history.ts'
import type { GitRun } from './git-run.ts'
import { type Checkout, readCheckout } from './read-checkout.ts'

type Work = Pick<GitSignals, 'base' | 'commits' | 'touched' | 'shallow'>

const NO_WORK: Work = { base: null, commits: null, touched: [], shallow: false }

/** See Git.signals. Undefined outside a repository and before the first commit. Throws GIT_FAILED. */
export function readSignals(run: GitRun, ci: CiEnvironment): GitSignals | undefined {
  const checkout = readCheckout(run, '.', 'count')
  return checkout && signalsOf(run, ci, checkout)
}

/** The same from a checkout that was read with all files of the workspace. */
export function signalsOf(run: GitRun, ci: CiEnvironment, checkout: Checkout): GitSignals | undefined {
  if (checkout.head === null) return undefined
  return {
    uncommitted: checkout.files.map(file => file.path).sort(),
    unpushed: checkout.ahead,
    head: checkout.head,
    ...readWork(run, ci, checkout),
  }
}

function readWork(run: GitRun, ci: CiEnvironment, checkout: Checkout): Work {
  const { base, head } = checkout
  const { role } = roleOf(checkout, ci)
  if (role === 'default') return NO_WORK
  if (base === null) return { ...NO_WORK, shallow: isShallow(run) }
  // A detached head on an old commit of the default branch has no work of its own.
  if (base === head && role === 'other') return NO_WORK
  return { base, commits: countSince(run, base), touched: readTouchedSince(run, base), shallow: false }
}

/** Compares the trees, not the commits, because a squash or a rebase does not change the result. */
function readTouchedSince(run: GitRun, base: string): string[] {
  const flags = ['-r', '--name-only', '--no-renames', '--relative', '-z']
  return run.fields(['diff-tree', ...flags, base, 'HEAD']).sort()
}
