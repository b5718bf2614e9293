import type { Git, GitSignals } from '../../ports/git.ts'
import type { Workspace } from '../../ports/workspace.ts'
import { uncommittedWork } from './uncommitted-work.ts'

/** The commit where the branch began; HEAD on the default branch. */
export interface BranchStart {
  /** Files that differ from it, committed or not. */
  changed: ReadonlySet<string>
  /** A file as it was at the merge base; undefined without one. Starts git. */
  read(path: string): string | undefined
}

/** Commits and uncommitted files of this checkout. */
export interface GitWork {
  /** `uncommitted` leaves out files that opsx wrote. */
  signals: GitSignals
  /** Files outside openspec/ that the branch touched. */
  code: string[]
  start: BranchStart
  since: Git['since']
  hash: Git['hashFiles']
}

export function readGitWork(
  signals: GitSignals,
  ports: { workspace: Pick<Workspace, 'read'>; git: Git },
): GitWork {
  const { git } = ports
  const { touched, uncommitted } = signals
  return {
    signals: { ...signals, uncommitted: uncommittedWork(uncommitted, ports) },
    code: touched.filter(path => !path.startsWith('openspec/')),
    start: {
      changed: new Set([...touched, ...uncommitted]),
      read: startReader(signals.base, git),
    },
    since: git.since,
    hash: hashOnce(git),
  }
}

function startReader(base: string | null, git: Git): BranchStart['read'] {
  let files: Workspace | undefined
  return path => {
    if (base === null) return undefined
    files ??= git.workspaceAt(base, 'openspec/changes')
    return files?.read(path)
  }
}

/** Hashes each file once, because all changes of a branch may share their files. */
function hashOnce(git: Git): Git['hashFiles'] {
  const known = new Map<string, string | null>()
  return paths => {
    const fresh = paths.filter(path => !known.has(path))
    for (const [index, id] of git.hashFiles(fresh).entries()) known.set(fresh[index] ?? '', id)
    return paths.map(path => known.get(path) ?? null)
  }
}
