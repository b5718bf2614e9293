import { type GitRun, gitFailed } from './git-run.ts'

/** Branch, HEAD and what differs from it. */
export interface Status {
  /** Null on a detached head. */
  branch: string | null
  /** Null before the first commit. */
  head: string | null
  /** Commits that the upstream does not have; null without an upstream, and when they were not counted. */
  ahead: number | null
  /** Changed and untracked files at or below the path, relative to the workspace root. */
  files: { path: string; added: boolean }[]
}

/** Counting commits costs a walk, so it is asked for. */
export function statusCommand(path: string, count: 'count' | 'skip'): string[] {
  const flags = [
    '--porcelain=v2',
    '-z',
    '--branch',
    count === 'count' ? '--ahead-behind' : '--no-ahead-behind',
    '--untracked-files=all',
    '--no-renames',
  ]
  return ['status', ...flags, '--ignore-submodules=dirty', '--', path]
}

/** One call tells it all; undefined outside a repository. */
export function readStatus(run: GitRun, path: string, count: 'count' | 'skip' = 'skip'): Status | undefined {
  const output = run.try(statusCommand(path, count))
  if (output.status !== 0) {
    if (output.stderr.includes('not a git repository')) return undefined
    throw gitFailed('status', output.stderr)
  }
  const status = parseStatus(output.stdout.toString('utf8'))
  const prefix = status.files.length === 0 ? '' : run.text(['rev-parse', '--show-prefix'])
  return { ...status, files: status.files.map(file => ({ ...file, path: file.path.slice(prefix.length) })) }
}

function parseStatus(text: string): Status {
  const status: Status = { branch: null, head: null, ahead: null, files: [] }
  for (const field of text.split('\0')) {
    const [kind, ...words] = field.split(' ')
    if (kind === '?') status.files.push({ path: field.slice(2), added: true })
    else if (kind === '1') status.files.push({ path: words.slice(7).join(' '), added: words[0]?.[0] === 'A' })
    else if (kind === 'u') status.files.push({ path: words.slice(9).join(' '), added: false })
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
