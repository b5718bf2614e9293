import type { GitFacts } from '../../ports/git.ts'
import { type CiEnvironment, deepened, roleOf, unrelated } from './checkout-role.ts'
import type { GitRun } from './git-run.ts'
import { type Checkout, readCheckout } from './read-checkout.ts'
import { readTouched } from './read-touched.ts'

interface Known {
  /** With the files below `changes`. */
  checkout: Checkout
  /** The changes directory, without a slash at its end. */
  changes: string
  /** The directory of one change, when only that change is read. */
  within?: string | undefined
}

/** Which changes this checkout owns. Undefined outside a repository. Throws GIT_FAILED. */
export function readFacts(run: GitRun, ci: CiEnvironment, changesDirectory: string): GitFacts | undefined {
  const changes = changesDirectory.replace(/\/+$/, '')
  const checkout = readCheckout(run, changes)
  if (checkout === undefined) return undefined
  const known = { checkout, changes }
  const facts = factsOf(run, ci, known)
  return { ...facts, touched: readTouchedHere(run, known, facts) }
}

/** All facts without `touched`, which takes git longest. */
export function factsOf(run: GitRun, ci: CiEnvironment, known: Known): Omit<GitFacts, 'touched'> {
  const { branch, head, refs, base, files } = known.checkout
  const role = deepened(run, refs, roleOf(known.checkout, ci))
  const isUnrelated = role.role === 'branch' && head !== null && refs.defaultTip !== null && base === null
  return {
    branch,
    head,
    defaultBranch: refs.defaultBranch ?? (refs.hasRemote || refs.local.size > 0 ? null : branch),
    ...(isUnrelated ? unrelated(run, refs) : role),
    merged: readMerged(run, known),
    dirty: files.map(file => file.path),
  }
}

/** Change directories at the tip of the default branch. */
function readMerged(run: GitRun, { checkout, changes, within }: Known): string[] {
  const tip = checkout.refs.defaultTip
  if (tip === null) return []
  const paths = within === undefined ? [`${changes}/`, `${changes}/archive/`] : [within]
  return readDirectories(run, tip, paths).filter(path => path !== `${changes}/archive`)
}

function readDirectories(run: GitRun, commit: string, paths: string[]): string[] {
  return run.fields(['ls-tree', '-d', '-z', '--name-only', commit, ...paths])
}

function readTouchedHere(
  run: GitRun,
  { checkout, changes }: Known,
  { role, merged }: Pick<GitFacts, 'role' | 'merged'>,
): string[] {
  const { head, files, refs } = checkout
  const tip = refs.defaultTip
  if (role !== 'branch' || head === null || tip === null) return []
  const added = files.filter(file => file.added).map(file => file.path)
  const fresh = readFresh(run, { head, merged, changes, added })
  return [...new Set([...readTouched(run, { tip, head, changes }), ...fresh])].sort()
}

/** Added files of a new change: neither HEAD nor the default branch has its directory. */
function readFresh(
  run: GitRun,
  options: { head: string; merged: string[]; changes: string; added: string[] },
): string[] {
  const { head, merged, changes, added } = options
  const directories = [...new Set(added.map(path => changeDirectoryOf(path, changes)))].filter(
    directory => directory !== undefined && !merged.includes(directory),
  ) as string[]
  if (directories.length === 0) return []
  const committed = new Set(readDirectories(run, head, directories))
  const fresh = new Set(directories.filter(directory => !committed.has(directory)))
  return added.filter(path => fresh.has(changeDirectoryOf(path, changes) ?? ''))
}

function changeDirectoryOf(path: string, changes: string): string | undefined {
  const parts = path.slice(changes.length + 1).split('/')
  const depth = parts[0] === 'archive' ? 2 : 1
  return parts.length > depth ? `${changes}/${parts.slice(0, depth).join('/')}` : undefined
}
