import type { GitRun } from './git-run.ts'

/** Branches and remotes of a repository. */
export interface GitRefs {
  /** Tip by branch name. */
  local: Map<string, string>
  /** Tip by branch name, of the remote `remoteName`. */
  remote: Map<string, string>
  /** `origin`, or the only remote; null without remote, or with several and no origin. */
  remoteName: string | null
  hasRemote: boolean
  defaultBranch: string | null
  /** Tip of the default branch, the remote's when there is a remote. Null when it is unknown or has no commit. */
  defaultTip: string | null
}

const COMMON_NAMES = ['main', 'master']

/** The git commands for `refsOf`. */
export const REMOTES = ['remote']
export const BRANCHES = [
  'for-each-ref',
  '--format=%(refname)%00%(objectname)%00%(symref)',
  'refs/heads',
  'refs/remotes',
]

export function readRefs(run: GitRun): GitRefs {
  return refsOf(run, { remotes: run.text(REMOTES), branches: run.text(BRANCHES) })
}

export function refsOf(run: GitRun, output: { remotes: string; branches: string }): GitRefs {
  const remotes = output.remotes.split('\n').filter(Boolean)
  const only = remotes.length === 1 ? (remotes[0] ?? null) : null
  const remoteName = remotes.includes('origin') ? 'origin' : only
  const local = new Map<string, string>()
  const remote = new Map<string, string>()
  const remotePrefix = `refs/remotes/${remoteName}/`
  let remoteHead: string | null = null

  for (const line of output.branches.split('\n')) {
    const [name = '', tip = '', target = ''] = line.split('\0')
    if (name.startsWith('refs/heads/')) local.set(name.slice('refs/heads/'.length), tip)
    else if (remoteName === null || !name.startsWith(remotePrefix)) continue
    else if (name === `${remotePrefix}HEAD`) remoteHead = target.slice(remotePrefix.length)
    else remote.set(name.slice(remotePrefix.length), tip)
  }

  const hasRemote = remotes.length > 0
  const known = remoteHead !== null && remote.has(remoteHead) ? remoteHead : undefined
  const defaultBranch = hasRemote
    ? (known ?? COMMON_NAMES.find(name => remote.has(name)) ?? null)
    : localDefault(run, local)
  const tips = hasRemote ? remote : local
  const defaultTip = defaultBranch === null ? null : (tips.get(defaultBranch) ?? null)
  return { local, remote, remoteName, hasRemote, defaultBranch, defaultTip }
}

function localDefault(run: GitRun, local: Map<string, string>): string | null {
  if (local.size === 1) return [...local.keys()][0] ?? null
  const configured = run.try(['config', '--get', 'init.defaultBranch']).stdout.toString('utf8').trim()
  return [configured, ...COMMON_NAMES].find(name => local.has(name)) ?? null
}
