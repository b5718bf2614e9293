import { type GitRun, gitFailed } from './git-run.ts'
import { statusCommand } from './status-command.ts'

/** Branch, HEAD and what differs from it. */
export interface Status {
  /** Null on a detached head. */
  branch: string | null
  /** Null before the first commit. */
  head: string | null
  /** Commits that the upstream does not have; null without an upstream, and when they were not counted. */
  ahead: number | null
  /** Changed and untracked files at or below the path, relative to the workspace root. */
  files: StatusFile[]
}

export interface StatusFile {
  path: string
  added: boolean
  /** What the index does to HEAD, as git's letter: `.` nothing, `u` a conflict, `?` for an untracked file. */
  staged: string
}

/** From the top of the working tree to where git runs. */
export const PREFIX_COMMAND = ['rev-parse', '--show-prefix']

/** One call tells it all; undefined outside a repository. */
export function readStatus(run: GitRun, path: string, count: 'count' | 'skip' = 'skip'): Status | undefined {
  const output = run.try(statusCommand(path, count))
  if (output.status !== 0) {
    if (output.stderr.includes('not a git repository')) return undefined
    throw gitFailed('status', output.stderr)
  }
  const status = parseStatus(output.stdout)
  const prefix = status.files.length === 0 ? '' : run.text(PREFIX_COMMAND)
  return { ...status, files: status.files.map(file => ({ ...file, path: file.path.slice(prefix.length) })) }
}

/** Of what `statusCommand` prints, with paths from the top of the working tree. */
export function parseStatus(output: Buffer): Status {
  const status: Status = { branch: null, head: null, ahead: null, files: [] }
  for (const field of output.toString('utf8').split('\0')) {
    const [kind, ...words] = field.split(' ')
    const staged = words[0]?.[0] ?? ''
    if (kind === '?') status.files.push({ path: field.slice(2), added: true, staged: '?' })
    else if (kind === '1')
      status.files.push({ path: words.slice(7).join(' '), added: staged === 'A', staged })
    else if (kind === 'u') status.files.push({ path: words.slice(9).join(' '), added: false, staged: 'u' })
    else if (words[0] === 'branch.oid') status.head = words[1] === '(initial)' ? null : (words[1] ?? null)
    else if (words[0] === 'branch.head') status.branch = words[1] === '(detached)' ? null : (words[1] ?? null)
    else if (words[0] === 'branch.ab') status.ahead = aheadOf(words[1] ?? '')
  }
  return status
}

/** `+3`, or `+?` when nothing was counted. */
function aheadOf(word: string): number | null {
  return /^\+\d+$/.test(word) ? Number(word) : null
}
