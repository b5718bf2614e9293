import type { GitFacts } from '../../ports.ts'
import { type GitRefs, readRefs } from './git-refs.ts'
import { type GitRun, gitFailed } from './git-run.ts'
import { readTouched } from './git-touched.ts'

/** What a CI job says about itself; used only to choose among branches that really point at HEAD. */
export interface CiEnvironment {
  GITHUB_REF_NAME?: string | undefined
  GITHUB_HEAD_REF?: string | undefined
  GITHUB_EVENT_NAME?: string | undefined
}

interface Status {
  branch: string | null
  head: string | null
  /** Changed and untracked files, relative to the top of the repository. */
  files: { path: string; added: boolean }[]
}

/** LIFECYCLE: "Which checkout may speak for a change". Undefined outside a repository; throws GIT_FAILED. */
export function readFacts(run: GitRun, ci: CiEnvironment, changesDirectory: string): GitFacts | undefined {
  const changes = changesDirectory.replace(/\/+$/, '')
  const status = readStatus(run, changes)
  if (status === undefined) return undefined
  const refs = readRefs(run)
  const standing = deepened(run, refs, standingOf(status, refs, ci))
  const merged = readMerged(run, refs.defaultTip, changes)
  const prefix = status.files.length === 0 ? '' : run.text(['rev-parse', '--show-prefix'])
  const changed = status.files.map(file => ({ ...file, path: file.path.slice(prefix.length) }))
  const facts: GitFacts = {
    branch: status.branch,
    head: status.head,
    defaultBranch: refs.defaultBranch ?? (refs.hasRemote || refs.local.size > 0 ? null : status.branch),
    ...standing,
    touched: [],
    merged,
    dirty: changed.map(file => file.path),
  }
  if (standing.standing !== 'branch') return facts

  const { head } = status
  const tip = refs.defaultTip
  if (head === null || tip === null) return facts
  if (run.try(['merge-base', tip, head]).status !== 0) return { ...facts, ...unrelated(run, refs) }
  const added = changed.filter(file => file.added).map(file => file.path)
  const fresh = readFresh(run, { head, merged, changes, added })
  return { ...facts, touched: [...new Set([...readTouched(run, { tip, head, changes }), ...fresh])].sort() }
}

/** Undefined outside a repository. One call tells branch, HEAD and what differs from it. */
function readStatus(run: GitRun, changes: string): Status | undefined {
  const flags = [
    '--porcelain=v2',
    '-z',
    '--branch',
    '--no-ahead-behind',
    '--untracked-files=all',
    '--no-renames',
  ]
  const output = run.try(['status', ...flags, '--ignore-submodules=dirty', '--', changes])
  if (output.status !== 0) {
    if (output.stderr.includes('not a git repository')) return undefined
    throw gitFailed('status', output.stderr)
  }
  const status: Status = { branch: null, head: null, files: [] }
  for (const field of output.stdout.toString('utf8').split('\0')) {
    const [kind, ...words] = field.split(' ')
    if (kind === '?') status.files.push({ path: field.slice(2), added: true })
    else if (kind === '1') status.files.push({ path: words.slice(7).join(' '), added: words[0]?.[0] === 'A' })
    else if (kind === 'u') status.files.push({ path: words.slice(9).join(' '), added: false })
    else if (words[0] === 'branch.oid') status.head = words[1] === '(initial)' ? null : (words[1] ?? null)
    else if (words[0] === 'branch.head') status.branch = words[1] === '(detached)' ? null : (words[1] ?? null)
  }
  return status
}

type Standing = Pick<GitFacts, 'standing' | 'reason'>

function standingOf(status: Status, refs: GitRefs, ci: CiEnvironment): Standing {
  const branch = status.branch ?? remoteBranchAt(status.head, refs, ci)
  if (isAlone(status, refs)) return { standing: 'default', reason: '' }
  if (refs.defaultBranch === null) return other(unknownDefault(refs))
  const atDefault = status.head === refs.defaultTip || status.head === refs.local.get(refs.defaultBranch)
  if (branch === refs.defaultBranch || (branch === null && atDefault))
    return { standing: 'default', reason: '' }
  if (status.head === null) return other('nothing is committed on this branch yet')
  if (branch !== null) return { standing: 'branch', reason: '' }
  if (/^pull_request/.test(ci.GITHUB_EVENT_NAME ?? '')) {
    return other("this is a pull request's merge commit; check out its head branch instead")
  }
  return other(`HEAD is detached at ${status.head.slice(0, 10)}, which is the tip of no branch`)
}

/** No remote, and no branch but the current one. */
function isAlone(status: Status, refs: GitRefs): boolean {
  const branches = [...refs.local.keys()]
  return !refs.hasRemote && status.branch !== null && branches.every(name => name === status.branch)
}

/** The remote's branch that a detached HEAD stands for: the one the CI job names, else one that is no other's tip. */
function remoteBranchAt(head: string | null, refs: GitRefs, ci: CiEnvironment): string | null {
  if (head === null) return null
  const here = [...refs.remote].filter(([, tip]) => tip === head).map(([name]) => name)
  const named = [ci.GITHUB_HEAD_REF, ci.GITHUB_REF_NAME].find(
    name => name !== undefined && here.includes(name),
  )
  if (named !== undefined) return named
  const fallback = here.find(name => name === refs.defaultBranch) ?? here[0]
  return fallback ?? null
}

function other(reason: string): Standing {
  return { standing: 'other', reason }
}

function unknownDefault(refs: GitRefs): string {
  if (!refs.hasRemote) return 'no branch is called main or master, and init.defaultBranch names none of them'
  if (refs.remoteName === null) return 'there are several remotes and none is called origin'
  if (refs.remote.size === 0) return `nothing is known of ${refs.remoteName}; run git fetch, or push first`
  return `the default branch is not known; run git fetch and git remote set-head ${refs.remoteName} --auto`
}

function unrelated(run: GitRun, refs: GitRefs): Standing {
  return deepened(run, refs, other(`this branch shares no commit with ${refs.defaultBranch}`))
}

/** A shallow clone explains most of what cannot be told. */
function deepened(run: GitRun, refs: GitRefs, standing: Standing): Standing {
  const explains = standing.standing === 'other' && refs.hasRemote
  return explains && isShallow(run) ? other(SHALLOW) : standing
}

const SHALLOW = 'the clone is shallow; fetch the history (fetch-depth: 0)'

function isShallow(run: GitRun): boolean {
  return run.text(['rev-parse', '--is-shallow-repository']) === 'true'
}

function readMerged(run: GitRun, tip: string | null, changes: string): string[] {
  if (tip === null) return []
  const directories = run.fields([
    'ls-tree',
    '-d',
    '-z',
    '--name-only',
    tip,
    `${changes}/`,
    `${changes}/archive/`,
  ])
  return directories.filter(path => path !== `${changes}/archive`)
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
