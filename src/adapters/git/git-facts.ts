import type { GitFacts } from '../../ports.ts'
import { mergeBaseOf } from './git-history.ts'
import { readRefs } from './git-refs.ts'
import type { GitRun } from './git-run.ts'
import { type CiEnvironment, deepened, standingOf, unrelated } from './git-standing.ts'
import { readStatus, type Status } from './git-status.ts'
import { readTouched } from './git-touched.ts'

/** LIFECYCLE: "Which checkout may speak for a change". Undefined outside a repository; throws GIT_FAILED. */
export function readFacts(run: GitRun, ci: CiEnvironment, changesDirectory: string): GitFacts | undefined {
  const changes = changesDirectory.replace(/\/+$/, '')
  const status = readStatus(run, changes)
  return status && factsFrom(run, ci, { status, changes })
}

/** The same from a status that is known, of the changes directory without a slash at its end. */
export function factsFrom(
  run: GitRun,
  ci: CiEnvironment,
  { status, changes }: { status: Status; changes: string },
): GitFacts {
  const refs = readRefs(run)
  const standing = deepened(run, refs, standingOf(status, refs, ci))
  const merged = readMerged(run, refs.defaultTip, changes)
  const facts: GitFacts = {
    branch: status.branch,
    head: status.head,
    defaultBranch: refs.defaultBranch ?? (refs.hasRemote || refs.local.size > 0 ? null : status.branch),
    ...standing,
    touched: [],
    merged,
    dirty: status.files.map(file => file.path),
  }
  if (standing.standing !== 'branch') return facts

  const { head } = status
  const tip = refs.defaultTip
  if (head === null || tip === null) return facts
  if (mergeBaseOf(run, tip, head) === null) return { ...facts, ...unrelated(run, refs) }
  const added = status.files.filter(file => file.added).map(file => file.path)
  const fresh = readFresh(run, { head, merged, changes, added })
  return { ...facts, touched: [...new Set([...readTouched(run, { tip, head, changes }), ...fresh])].sort() }
}

function readMerged(run: GitRun, tip: string | null, changes: string): string[] {
  if (tip === null) return []
  const directories = run.fields(directoriesCommand(tip, changes))
  return directories.filter(path => path !== `${changes}/archive`)
}

/** Change directories of a commit. */
export function directoriesCommand(commit: string, changes: string): string[] {
  return ['ls-tree', '-d', '-z', '--name-only', commit, `${changes}/`, `${changes}/archive/`]
}

/** Added files of change directories that neither HEAD nor the default branch has: a change being created here. */
function readFresh(
  run: GitRun,
  options: { head: string; merged: string[]; changes: string; added: string[] },
): string[] {
  const { head, merged, changes, added } = options
  const directories = [...new Set(added.map(path => changeDirectoryOf(path, changes)))].filter(
    directory => directory !== undefined && !merged.includes(directory),
  ) as string[]
  if (directories.length === 0) return []
  const committed = new Set(run.fields(['ls-tree', '-d', '-z', '--name-only', head, ...directories]))
  const fresh = new Set(directories.filter(directory => !committed.has(directory)))
  return added.filter(path => fresh.has(changeDirectoryOf(path, changes) ?? ''))
}

function changeDirectoryOf(path: string, changes: string): string | undefined {
  const parts = path.slice(changes.length + 1).split('/')
  const depth = parts[0] === 'archive' ? 2 : 1
  return parts.length > depth ? `${changes}/${parts.slice(0, depth).join('/')}` : undefined
}
