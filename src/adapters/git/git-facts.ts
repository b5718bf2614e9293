import type { GitFacts } from '../../ports/git.ts'
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
  if (status === undefined) return undefined
  const facts = factsFrom(run, ci, { status, changes })
  return { ...facts, touched: readTouchedHere(run, facts, { status, changes }) }
}

/** All but what commits touched, from a status of the changes directory, which has no slash at its end. */
export function factsFrom(
  run: GitRun,
  ci: CiEnvironment,
  { status, changes, within }: Known,
): Omit<GitFacts, 'touched'> {
  const refs = readRefs(run)
  const standing = deepened(run, refs, standingOf(status, refs, ci))
  const facts = {
    branch: status.branch,
    head: status.head,
    defaultBranch: refs.defaultBranch ?? (refs.hasRemote || refs.local.size > 0 ? null : status.branch),
    ...standing,
    merged: readMerged(run, refs.defaultTip, { changes, within }),
    dirty: status.files.map(file => file.path),
  }
  const { head } = status
  const tip = refs.defaultTip
  if (standing.standing !== 'branch' || head === null || tip === null) return facts
  return mergeBaseOf(run, tip, head) === null ? { ...facts, ...unrelated(run, refs) } : facts
}

interface Known extends Asked {
  status: Status
}

/** Whose directories are asked for: all below `changes`, or of one change. */
export interface Asked {
  changes: string
  within?: string | undefined
}

function readTouchedHere(
  run: GitRun,
  { standing, head, merged }: Omit<GitFacts, 'touched'>,
  { status, changes }: Known,
): string[] {
  const tip = readRefs(run).defaultTip
  if (standing !== 'branch' || head === null || tip === null) return []
  const added = status.files.filter(file => file.added).map(file => file.path)
  const fresh = readFresh(run, { head, merged, changes, added })
  return [...new Set([...readTouched(run, { tip, head, changes }), ...fresh])].sort()
}

function readMerged(run: GitRun, tip: string | null, asked: Asked): string[] {
  if (tip === null) return []
  const directories = run.fields(directoriesCommand(tip, asked))
  return directories.filter(path => path !== `${asked.changes}/archive`)
}

/** Change directories of a commit. */
export function directoriesCommand(commit: string, { changes, within }: Asked): string[] {
  const paths = within === undefined ? [`${changes}/`, `${changes}/archive/`] : [within]
  return ['ls-tree', '-d', '-z', '--name-only', commit, ...paths]
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
